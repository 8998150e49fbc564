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

const perTest = 100

describe('after any history with WooCommerce and two quiet polls, nothing is lost, doubled or stale', () => {
  test.each(Array.from({ length: 3 }, (_, index) => 1 + index * perTest))(
    'in the histories from %i on',
    async (first) => {
      const around = { platform: platforms.woo, secrets, makeStore: async () => memoryStore() }
      for (let seed = first; seed < first + perTest; seed++)
      expect(await play(historyOf(seed), around), `npm run histories -- --platform woo --seed ${seed} --count 1`).toEqual([]) // prettier-ignore
    },
  )
})
