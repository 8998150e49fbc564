import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryStore } from '../../../src-main/adapters/memory/memory-store.ts'
import { seededRandom } from '../../../src-main/kernel/random.ts'
import type { DeedName } from '../../histories/deeds.ts'
import { play, type History, type Step } from '../../histories/history.ts'
import { makeSecrets, type Secrets } from '../../histories/our-side.ts'
import { platforms } from '../../histories/platforms.ts'

let secrets: Secrets
beforeAll(async () => {
  secrets = await makeSecrets()
})
afterAll(() => secrets.remove())

const calm = (deed: DeedName, seed = 4): Step => ({ deed, seed, faultShare: 0, diesAt: undefined })
const day = [calm('place', 1), calm('place', 2), calm('poll'), calm('plan'), calm('workThrough', 9), calm('wait', 11)]

/** A seed by which a step dies right before (or right after) its fatal call into the store or the network. */
const seedThatDies = (isBefore: boolean): number => {
  let seed = 1
  while (seededRandom(seed).unit() < 0.5 !== isBefore) seed += 1
  return seed
}

/** More calls than any of these deeds makes: the last ones die of nothing. */
const calls = Array.from({ length: 30 }, (_, index) => index + 1)

describe.each(['open', 'woo'] as const)('killed at any call into the store or the network (%s)', (name) => {
  test.each(['deliver', 'poll', 'sync'] as const)(
    'while it does %s, nothing is lost, doubled or stale',
    async (deed) => {
      const around = { platform: platforms[name], secrets, makeStore: async () => memoryStore() }
      for (const diesAt of calls) {
        for (const isBefore of [true, false]) {
          const fatal: Step = { deed, seed: seedThatDies(isBefore), faultShare: 0, diesAt }
          const history: History = { seed: 17, steps: [...day, calm('place', 3), fatal, calm('deliver'), fatal] }
          expect(await play(history, around), `call ${diesAt}, ${isBefore ? 'before' : 'after'} it`).toEqual([])
        }
      }
    },
  )
})
