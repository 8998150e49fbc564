import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryStore } from '../../../src-main/adapters/memory/memory-store.ts'
import { historyOf, play } from '../../histories/history.ts'
import { makeSecrets, type Secrets } from '../../histories/our-side.ts'
import { platforms } from '../../histories/platforms.ts'

let secrets: Secrets
beforeAll(async () => {
  secrets = await makeSecrets()
})
afterAll(() => secrets.remove())

const fewest = 30

// `npm run test:long` plays a thousand, kills processes, and dies at every single call.
describe('after a few histories and two quiet polls, nothing is lost, doubled or stale', () => {
  test.each(['open', 'woo'] as const)('with the connector of %s', async (name) => {
    const around = { platform: platforms[name], secrets, makeStore: async () => memoryStore() }
    for (let seed = 1; seed <= fewest; seed++)
      expect(await play(historyOf(seed), around), `npm run histories -- --platform ${name} --seed ${seed} --count 1`).toEqual([]) // prettier-ignore
  })
})
