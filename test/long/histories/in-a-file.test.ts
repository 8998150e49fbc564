import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { historyOf, play } from '../../histories/history.ts'
import { playKilled } from '../../histories/kill.ts'
import { makeSecrets, type Secrets } from '../../histories/our-side.ts'
import { platforms } from '../../histories/platforms.ts'
import { fileStore } from '../../histories/stores.ts'

let secrets: Secrets
beforeAll(async () => {
  secrets = await makeSecrets()
})
afterAll(() => secrets.remove())

describe('with the shop in a real file', () => {
  test.each(['open', 'woo'] as const)('histories end as well as in memory (%s)', async (name) => {
    const around = { platform: platforms[name], secrets, makeStore: fileStore }
    for (let seed = 5_001; seed <= 5_010; seed++)
      expect(await play(historyOf(seed), around), `npm run histories -- --sqlite --platform ${name} --seed ${seed} --count 1`).toEqual([]) // prettier-ignore
  })

  test.each([
    ['open', 1],
    ['open', 2],
    ['woo', 3],
  ] as const)(
    'a process killed six times while it talks with %s loses and doubles nothing (%i)',
    async (platform, seed) => {
      expect(await playKilled({ seed, kills: 6, platform, secrets })).toEqual([])
    },
  )
})
