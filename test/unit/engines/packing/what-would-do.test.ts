import { describe, expect, test } from 'vitest'
import {
  planPacking,
  totalsOf,
  verifyPacking,
  whatWouldDo,
  type PackingChange,
  type PackingProblem,
} from '../../../../src-main/engines/packing/index.ts'
import { fitsByBruteForce } from '../../../property/engines/packing/brute-force.ts'
import { carton, item, problem } from './problems.ts'

/** The changes for the only order, each shown by a plan that the independent check accepts. */
function changesOf(given: PackingProblem): readonly PackingChange[] {
  const [order] = given.orders
  const [packed] = planPacking(given).orders
  if (!order || !packed) throw new Error('one order')
  const changes = whatWouldDo(given, order, packed)
  for (const { setup, order: changed, plan } of changes) {
    const asked = { ...setup, orders: [changed] }
    expect(verifyPacking(asked, { orders: [plan], totals: totalsOf([plan], 0) })).toEqual([])
    expect(plan.parcels.length).toBeLessThan(packed.parcels.length)
    expect(plan.unpacked).toEqual([])
  }
  return changes
}

describe('what would have to change for one parcel less', () => {
  test('is the grams that are too many, to the gram', () => {
    const box = carton('S', [100, 100, 100], { maxGrossG: 5000, tareG: 200 })
    const items = [item('A', [50, 50, 50], { weightG: 3400, quantity: 2 })]
    const [lighter] = changesOf(problem([box], items))
    // Two pieces and the carton weigh 7,000 g, 2,000 g more than it carries.
    expect(lighter).toMatchObject({ code: 'lighter', carton: 'S', byG: 2000 })
  })

  test('counts what the courier carries where that is less', () => {
    const box = carton('S', [100, 100, 100], { maxGrossG: 9000 })
    const items = [item('A', [50, 50, 50], { weightG: 3000, quantity: 2 })]
    const [lighter] = changesOf(problem([box], items, { carrier: { maxGrossG: 4500 } }))
    expect(lighter).toMatchObject({ code: 'lighter', byG: 1500 })
  })

  test('is the millimetres that one side of the roomiest carton lacks, and no fewer, as trying everything says', () => {
    const inner = [6, 5, 4] as const
    const sizes = [
      [6, 5, 3],
      [6, 4, 2],
    ] as const
    const items = sizes.map((size, at) => item(`P${at}`, size, { weightG: 1 }))
    const changes = changesOf(problem([carton('S', inner)], items, { minSupport: 0 }))
    const larger = changes.filter((change) => change.code === 'larger-carton')
    expect(larger).toContainEqual(expect.objectContaining({ axis: 2, byMm: 1 }))
    for (const { axis, byMm } of larger) {
      const grown = (by: number) => [0, 1, 2].map((at) => (inner[at] ?? 0) + (at === axis ? by : 0))
      const fits = (by: number): boolean => {
        const [x = 0, y = 0, z = 0] = grown(by)
        return fitsByBruteForce([x, y, z], sizes)
      }
      expect([fits(byMm), fits(byMm - 1)]).toEqual([true, false])
    }
  })

  test('names the pieces without which the rest would share a parcel, and nothing for a single parcel', () => {
    const box = carton('S', [100, 100, 100])
    const paint = item('PAINT', [50, 50, 50], { handling: { class: 'chemicals' } })
    const tea = item('TEA', [50, 50, 50], { handling: { class: 'food' }, quantity: 2 })
    const apart = problem([box], [paint, tea], { keepApart: [['food', 'chemicals']] })
    expect(changesOf(apart).map((change) => [change.code, 'sku' in change ? change.sku : ''])).toEqual([
      ['without-piece', 'PAINT'],
    ])
    expect(changesOf(problem([box], [tea]))).toEqual([])
  })
})
