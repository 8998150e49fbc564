import { describe, expect, test } from 'vitest'
import { fitsAsWell, planOrder, planPacking, verifyPacking } from '../../../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { carton, item, problem } from './problems.ts'

const box = carton('B', [100, 100, 100])
const half = item('half', [100, 100, 50])
const given = { ...problem([box], [half]), orders: ['o-1', 'o-2', 'o-3'].map((id) => ({ id, items: [half] })) }

describe('planning a problem', () => {
  test('tells progress order by order and takes times from the clock it is given', () => {
    let ms = 0
    const seen: string[] = []
    const result = planPacking(given, { now: () => ms++, onProgress: (done, total) => seen.push(`${done}/${total}`) })
    expect(seen).toEqual(['1/3', '2/3', '3/3'])
    expect(result.orders.map((order) => order.ms)).toEqual([1, 1, 1])
    expect(planPacking(given).totals.ms).toBe(0)
  })

  test('stops between orders when it is cancelled', () => {
    let asked = 0
    expect(() => planPacking(given, { isCancelled: () => ++asked > 2 })).toThrowError('ERR_CANCELLED')
    expect(asked).toBe(3)
  })

  test('asks for a budget per order, by the order’s place', () => {
    const asked: number[] = []
    planPacking(given, {
      budget: (index) => {
        asked.push(index)
        return budgetOf({ iterations: 10 })
      },
    })
    expect(asked).toEqual([0, 1, 2])
  })

  test('an order’s plan does not depend on the orders beside it', () => {
    expect(planPacking(given).orders[2]).toEqual(planOrder(given, { id: 'o-3', items: [half] }))
  })

  test('an order without pieces needs no parcel', () => {
    const nothing = { ...given, orders: [{ id: 'o-1', items: [] }] }
    const result = planPacking(nothing)
    expect(result.orders[0]).toMatchObject({ parcels: [], proof: { parcelsLowerBound: 0, fewestParcels: true } })
    expect(verifyPacking(nothing, result)).toEqual([])
  })
})

describe('one more piece for the same parcel', () => {
  const order = { id: 'o', items: [half] }
  const setup = { cartons: [carton('S', [100, 100, 50]), box], rules: given.rules }
  const before = planOrder(setup, order)
  const fits = (piece: typeof half): readonly boolean[] => {
    const { sameParcels, sameCartons } = fitsAsWell(setup, { order, before, piece })
    return [sameParcels, sameCartons]
  }

  test('says whether it needs another parcel or another carton', () => {
    expect(before.parcels.map((parcel) => parcel.carton)).toEqual(['S'])
    expect(fits(item('thin', [100, 100, 1]))).toEqual([true, false])
    expect(fits(item('thick', [100, 100, 51]))).toEqual([false, false])
    const roomy = { id: 'o', items: [item('most', [100, 100, 40])] }
    const more = { order: roomy, before: planOrder(setup, roomy), piece: item('thin', [100, 100, 10]) }
    expect(fitsAsWell(setup, more).sameCartons).toBe(true)
  })

  test('says no to a piece that cannot travel at all', () => {
    expect(fits(item('long', [500, 1, 1]))).toEqual([false, false])
  })
})
