import { describe, expect, test } from 'vitest'
import { planPacking, verifyPacking } from '../../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'
import type { PackingHandling, PackingProblem, PackingRules } from '../../../../src-main/engines/packing/index.ts'
import { carton, item, problem } from './problems.ts'

/** One container and more pieces of six kinds than it holds. */
function load(
  seed: number,
  rules: Partial<PackingRules> = {},
  handlingOf: (kind: number) => Partial<PackingHandling> = () => ({}),
): PackingProblem {
  const random = seededRandom(seed)
  const items = Array.from({ length: 6 }, (_entry, kind) =>
    item(`k-${kind}`, [40 + random.below(80), 40 + random.below(60), 40 + random.below(40)], {
      quantity: 30,
      handling: handlingOf(kind),
    }),
  )
  return problem([carton('container', [600, 230, 220], { maxGrossG: 100_000, available: 1 })], items, rules)
}

const planned = (given: PackingProblem) => planPacking(given, { budget: () => budgetOf({ iterations: 30_000 }) })

function filledShare(given: PackingProblem): number {
  const placements = planned(given).orders[0]?.parcels[0]?.placements ?? []
  const mm3 = placements.reduce((sum, { sizeMm }) => sum + (sizeMm ? sizeMm[0] * sizeMm[1] * sizeMm[2] : 0), 0)
  return mm3 / (600 * 230 * 220)
}

describe('a lone container for more pieces than it holds', () => {
  test('is filled to more than nine tenths', () => {
    for (const seed of [1, 2, 3]) expect(filledShare(load(seed, { minSupport: 0 }))).toBeGreaterThan(0.9)
  })

  test('is filled to more than four fifths where every piece must rest on others whole', () => {
    for (const seed of [1, 2, 3]) expect(filledShare(load(seed, { minSupport: 1 }))).toBeGreaterThan(0.8)
  })

  test('breaks no rule of support, load, weight or what is kept apart', () => {
    const cases = [
      load(4, { minSupport: 0.75 }),
      load(5, { minSupport: 1 }, (kind) => (kind === 0 ? { orientation: 'upright' } : {})),
      load(6, { minSupport: 0.75 }, (kind) => (kind % 2 === 0 ? { fragile: true } : { maxLoadG: 300 })),
      load(7, { minSupport: 0 }, (kind) => (kind % 2 === 0 ? { fragile: true } : { maxLoadG: 300 })),
      load(8, { minSupport: 0.75, keepApart: [['a', 'b']] }, (kind) => ({ class: 'abc'.charAt(kind % 3) })),
      load(9, { minSupport: 0.75 }, (kind) => (kind < 2 ? { keepTogether: 's' } : {})),
    ]
    for (const given of cases) expect(verifyPacking(given, planned(given))).toEqual([])
    const light = load(4)
    const heavy = { ...light, cartons: light.cartons.map((one) => ({ ...one, maxGrossG: 5_000 })) }
    expect(verifyPacking(heavy, planned(heavy))).toEqual([])
  })

  test('is filled the same way every time', () => {
    const given = load(10, { minSupport: 0.75 })
    expect(planned(given)).toEqual(planned(given))
  })

  test('is filled whole and no further where equal pieces fit exactly', () => {
    const given = problem(
      [carton('container', [600, 200, 200], { maxGrossG: 100_000, available: 1 })],
      [item('cube', [50, 50, 50], { quantity: 200 })],
    )
    expect(planned(given).orders[0]?.parcels[0]?.placements).toHaveLength(192)
  })
})
