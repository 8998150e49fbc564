import { describe, expect, test } from 'vitest'
import {
  planPacking,
  verifyPacking,
  type PackedOrder,
  type PackingProblem,
} from '../../../../src-main/engines/packing/index.ts'
import { carton, item, problem } from './problems.ts'

/** The plan of the only order, found sound. */
function plan(given: PackingProblem): PackedOrder {
  const result = planPacking(given)
  expect(verifyPacking(given, result)).toEqual([])
  const order = result.orders[0]
  if (!order) throw new Error('the problem has one order')
  return order
}

const cartonsOf = (order: PackedOrder): readonly (string | null)[] => order.parcels.map((parcel) => parcel.carton)
const skusOf = (order: PackedOrder): readonly string[] =>
  order.parcels.map((parcel) =>
    parcel.placements
      .map((placement) => placement.sku)
      .sort()
      .join(),
  )

const small = carton('S', [100, 100, 50])
const large = carton('L', [200, 200, 100])

describe('choosing cartons', () => {
  test('the smallest carton that holds the order is taken and proven best', () => {
    const order = plan(problem([large, small], [item('a', [100, 50, 50], { quantity: 2 })]))
    expect(cartonsOf(order)).toEqual(['S'])
    expect(order.parcels[0]?.why).toEqual({ code: 'smallest-carton', facts: {} })
    expect(order.proof).toEqual({ parcelsLowerBound: 1, fewestParcels: true, best: true })
  })

  test('a larger carton names the smaller one and what binds there', () => {
    const order = plan(problem([small, large], [item('a', [100, 50, 50], { quantity: 3 })]))
    expect(order.parcels[0]?.why).toEqual({
      code: 'larger-carton',
      facts: { carton: 'S', binding: 'volume', value: 750, limit: 500 },
    })
  })

  test('fewest parcels come before a lower price, unless the mode is cheapest', () => {
    const cartons = [carton('S', [100, 100, 100], { costMinor: 10 }), carton('L', [100, 100, 200], { costMinor: 50 })]
    const items = [item('a', [100, 100, 100], { quantity: 2 })]
    expect(cartonsOf(plan(problem(cartons, items, { objective: 'cost' })))).toEqual(['L'])
    expect(cartonsOf(plan(problem(cartons, items, { objective: 'cost', mode: 'cheapest' })))).toEqual(['S', 'S'])
  })

  test('a tariff by weight can make two light parcels cheaper than a heavy one', () => {
    const tariff = [
      { maxGrossG: 1000, priceMinor: 300 },
      { maxGrossG: 5000, priceMinor: 900 },
    ]
    const given = problem([large], [item('a', [50, 50, 50], { quantity: 2, weightG: 900 })], {
      objective: 'tariff',
      tariff,
    })
    expect(plan(given).parcels).toHaveLength(1)
    expect(plan({ ...given, rules: { ...given.rules, mode: 'cheapest' } }).parcels).toHaveLength(2)
  })

  test('billable grams are the larger of gross and volumetric weight, rounded up', () => {
    const given = problem([carton('S', [101, 100, 50], { tareG: 3 })], [item('a', [10, 10, 10])], {
      dimDivisorCm3PerKg: 5000,
    })
    expect(plan(given).parcels[0]).toMatchObject({ netG: 100, grossG: 103, billableG: 103, outerCm3: 505 })
    const light = { ...given, rules: { ...given.rules, dimDivisorCm3PerKg: 3000 } }
    expect(plan(light).parcels[0]?.billableG).toBe(169)
  })

  test('limited cartons are counted over the whole problem', () => {
    const given = problem([carton('S', [100, 100, 50], { available: 1 }), large], [item('a', [90, 90, 40])])
    const twice = { ...given, orders: [...given.orders, { ...given.orders[0]!, id: 'o-2' }] }
    const result = planPacking(twice)
    expect(verifyPacking(twice, result)).toEqual([])
    expect(result.orders.map((order) => order.parcels[0]?.carton)).toEqual(['S', 'L'])
  })
})

describe('what may share a parcel', () => {
  const ambient = item('a', [10, 10, 10])

  test('temperatures never mix, and cold goods travel insulated', () => {
    const cold = carton('COLD', [100, 100, 100], { insulated: true, coolantG: 500, coolantMm3: 1000 })
    const order = plan(
      problem([small, cold], [ambient, item('f', [10, 10, 10], { handling: { temperature: 'frozen' } })]),
    )
    expect(cartonsOf(order)).toEqual(['S', 'COLD'])
    expect(order.parcels[1]).toMatchObject({ netG: 100, grossG: 600 })
  })

  test('classes kept apart travel apart', () => {
    const items = [
      item('f', [10, 10, 10], { handling: { class: 'food' } }),
      item('c', [10, 10, 10], { handling: { class: 'chem' } }),
    ]
    const order = plan(problem([small], items, { keepApart: [['food', 'chem']] }))
    expect(skusOf(order)).toEqual(expect.arrayContaining(['f', 'c']))
    expect(order.parcels[1]?.why).toMatchObject({ code: 'one-more-parcel', facts: { binding: 'keep-apart' } })
    expect(order.proof.fewestParcels).toBe(true)
  })

  test('a piece that travels alone shares with nobody, one in its own box has no carton', () => {
    const items = [
      ambient,
      item('b', [10, 10, 10], { handling: { alone: true } }),
      item('c', [90, 10, 10], { handling: { ownBox: true } }),
    ]
    const order = plan(problem([small], items))
    expect([...skusOf(order)].sort()).toEqual(['a', 'b', 'c'])
    expect(order.parcels.find((parcel) => parcel.carton === null)).toMatchObject({
      netG: 100,
      outerCm3: 9,
      why: { code: 'own-box' },
    })
  })

  test('a set stays together although the pieces would spread differently', () => {
    const set = { keepTogether: 'set' }
    const items = [
      item('x', [100, 100, 30]),
      item('p', [100, 100, 30], { handling: set }),
      item('q', [100, 100, 20], { handling: set }),
    ]
    expect([...skusOf(plan(problem([small], items)))].sort()).toEqual(['p,q', 'x'])
  })

  test('a set that no carton holds is split, and every part says so', () => {
    const order = plan(
      problem([small], [item('p', [100, 100, 30], { quantity: 2, handling: { keepTogether: 'set' } })]),
    )
    expect(order.parcels.map((parcel) => parcel.why.code)).toEqual(['set-split', 'set-split'])
  })

  test('dangerous goods stay below the grams per parcel', () => {
    const items = [item('d', [10, 10, 10], { quantity: 4, handling: { dangerousG: 400 } })]
    expect(plan(problem([small], items, { carrier: { maxDangerousG: 1000 } })).parcels).toHaveLength(2)
  })
})

describe('how pieces lie', () => {
  test('upright, flat, fixed and listed sides are obeyed', () => {
    const box = carton('B', [100, 60, 40])
    const asked = [10, 30, 60] as const
    const lying = (orientation: 'any' | 'upright' | 'flat' | 'fixed' | readonly ('l' | 'w' | 'h')[]): number[] =>
      plan(problem([box], [item('a', asked, { handling: { orientation } })])).parcels.map(
        (p) => p.placements[0]?.sizeMm?.[2] ?? 0,
      )
    expect(lying('upright')).toEqual([])
    expect(lying('flat')).toEqual([10])
    expect(lying(['w'])).toEqual([30])
    expect(lying('fixed')).toEqual([])
  })

  test('soft goods may be folded', () => {
    const flat = carton('F', [240, 80, 30])
    const order = plan(problem([flat], [item('a', [120, 80, 60], { handling: { foldedMm: [[240, 80, 30]] } })]))
    expect(order.parcels[0]?.placements[0]?.sizeMm).toEqual([240, 80, 30])
  })

  test('nothing lies on a fragile piece, and loads stay within what a piece bears', () => {
    const tower = carton('T', [50, 50, 200])
    const glass = item('glass', [50, 50, 50], { handling: { fragile: true } })
    const order = plan(problem([tower], [glass, item('brick', [50, 50, 50], { weightG: 900 })]))
    expect(order.parcels[0]?.placements.map((placement) => placement.sku)).toEqual(['brick', 'glass'])
    const bears = item('box', [50, 50, 50], { quantity: 4, weightG: 100, handling: { maxLoadG: 200 } })
    expect(plan(problem([tower], [bears])).parcels.map((parcel) => parcel.placements.length)).toEqual([3, 1])
  })

  test('padding comes off each side', () => {
    const padded = carton('P', [100, 100, 100], { paddingMm: 10 })
    expect(plan(problem([padded], [item('a', [90, 90, 90])])).parcels).toHaveLength(1)
    expect(plan(problem([padded], [item('a', [91, 90, 90])])).unpacked[0]?.reason).toBe('too-long')
  })

  test('a piece without sides is planned by weight and volume', () => {
    const order = plan(problem([small], [item('soft', null, { volumeCm3: 300 }), item('a', [50, 50, 50])]))
    expect(order.parcels[0]).toMatchObject({ checkedBy: 'volume', piecesCm3: 425, allowableCm3: 500 })
    expect(plan(problem([small], [item('soft', null, { volumeCm3: 501 })])).unpacked).toEqual([
      { sku: 'soft', quantity: 1, reason: 'too-much-volume', facts: { value: 501, limit: 500, carton: 'S' } },
    ])
  })
})

describe('what cannot be packed comes back with its reason', () => {
  const reasons = (given: PackingProblem): readonly unknown[] =>
    plan(given).unpacked.map(({ reason, facts }) => ({ reason, ...facts }))

  test('too long, too heavy, no insulated carton, contradictory rules', () => {
    const given = problem(
      [small, large],
      [
        item('long', [620, 10, 10]),
        item('lead', [10, 10, 10], { weightG: 10_001 }),
        item('ice', [10, 10, 10], { handling: { temperature: 'frozen' } }),
        item('cake', [10, 10, 10], { handling: { temperature: 'chilled', ownBox: true } }),
      ],
    )
    expect(reasons(given)).toEqual([
      { reason: 'too-long', value: 620, limit: 200, carton: 'L' },
      { reason: 'too-heavy', value: 10_001, limit: 10_000, carton: 'S' },
      { reason: 'no-insulated-carton', temperature: 'frozen' },
      { reason: 'contradictory-rules', rules: 'ownBox, chilled' },
    ])
  })

  test('cartons that run out and parcels beyond the carrier’s number', () => {
    const items = [item('a', [100, 100, 50], { quantity: 3 })]
    expect(reasons(problem([carton('S', [100, 100, 50], { available: 1 })], items))).toEqual([
      { reason: 'no-carton-left', value: 2, limit: 1, carton: 'S' },
    ])
    expect(reasons(problem([small], items, { carrier: { maxParcels: 2 } }))).toEqual([
      { reason: 'too-many-parcels', value: 3, limit: 2 },
    ])
  })

  test('equal pieces that are refused alike are one entry', () => {
    const items = [item('a', [10, 10, 10], { quantity: 3, handling: { alone: true } })]
    expect(plan(problem([carton('S', [100, 100, 50], { available: 1 })], items)).unpacked).toMatchObject([
      { sku: 'a', quantity: 2, reason: 'no-carton-left' },
    ])
  })

  test('the last carton or parcel goes to those who fill it most, whatever kept the others apart', () => {
    const items = [item('a', [10, 10, 10]), item('b', [90, 90, 40], { handling: { alone: true } })]
    const packed = (given: PackingProblem): readonly (string | undefined)[] =>
      plan(given).parcels.map(({ placements }) => placements[0]?.sku)
    expect(packed(problem([carton('S', [100, 100, 50], { available: 1 })], items))).toEqual(['b'])
    expect(packed(problem([small], items, { carrier: { maxParcels: 1 } }))).toEqual(['b'])
    const own = item('c', [5, 5, 5], { handling: { ownBox: true } })
    expect(packed(problem([small], [own, ...items], { carrier: { maxParcels: 2 } }))).toEqual(['a', 'b'])
  })

  test('pieces left behind ask for no parcels in the lower bound', () => {
    const items = [item('a', [60, 60, 50], { quantity: 9 })]
    const packed = plan(problem([carton('S', [120, 60, 50])], items, { carrier: { maxParcels: 2 } }))
    expect(packed.proof).toMatchObject({ parcelsLowerBound: 2, fewestParcels: false, best: false })
  })

  test('a carton past the carrier’s length is never used', () => {
    const order = plan(
      problem([small, large], [item('a', [10, 10, 10])], { carrier: { maxLengthMm: 150, maxGirthMm: 300 } }),
    )
    expect(cartonsOf(order)).toEqual(['S'])
    expect(
      plan(problem([large], [item('a', [10, 10, 10])], { carrier: { maxLengthMm: 150 } })).unpacked[0]?.reason,
    ).toBe('too-long')
  })
})

describe('a piece in its own box', () => {
  test('stands as its orientation rule says', () => {
    const placed = (orientation: 'flat' | readonly ['l']): unknown =>
      plan(problem([], [item('a', [10, 20, 30], { handling: { ownBox: true, orientation } })])).parcels[0]
        ?.placements[0]?.sizeMm
    expect(placed('flat')).toEqual([20, 30, 10])
    expect(placed(['l'])).toEqual([20, 30, 10])
  })
})

describe('a tariff whose later rows are cheaper', () => {
  test('does not deceive the proof of the price', () => {
    // Light parcels cost 900, heavier ones 500: two parcels of 600 g and 600 g are cheaper than 1000 g and 200 g.
    const tariff = [{ maxGrossG: 550, priceMinor: 900 }, { priceMinor: 500 }]
    const items = [item('a', [50, 50, 50], { weightG: 200, quantity: 4 }), item('b', [50, 50, 50], { weightG: 400 })]
    const packed = plan(problem([carton('S', [100, 75, 50])], items, { tariff, objective: 'tariff' }))
    const price = packed.parcels.reduce((sum, { grossG }) => sum + (grossG <= 550 ? 900 : 500), 0)
    if (packed.proof.best) expect(price).toBe(1000)
  })
})

describe('why a parcel is what it is', () => {
  test('names the side that is in the way of a better carton, by the shape that comes nearest', () => {
    const upright = item('a', [10, 10, 40], { handling: { orientation: 'upright' } })
    const packed = plan(problem([carton('S', [40, 30, 20]), carton('L', [50, 50, 50])], [upright]))
    expect(packed.parcels[0]?.why).toEqual({
      code: 'larger-carton',
      facts: { carton: 'S', binding: 'length', value: 40, limit: 20 },
    })
  })

  test('a piece that carries nothing is put on top of its equal in size', () => {
    const items = [
      item('top', [20, 30, 10], { handling: { orientation: 'upright', maxLoadG: 0 } }),
      item('base', [20, 30, 10]),
    ]
    expect(plan(problem([carton('S', [20, 30, 20])], items)).parcels).toHaveLength(1)
  })
})
