import { describe, expect, test } from 'vitest'
import {
  planPacking,
  verifyPacking,
  type PackedOrder,
  type PackedParcel,
  type PackingProblem,
  type PackingResult,
  type Placement,
} from '../../../../src-main/engines/packing/index.ts'
import { carton, item, problem } from './problems.ts'

const at = (sku: string, atMm: Placement['atMm'], sizeMm: Placement['sizeMm']): Placement => ({ sku, atMm, sizeMm })

/** The sound plan with its only parcel changed. */
function spoilt(given: PackingProblem, change: Partial<PackedParcel>): PackingResult {
  return spoiltOrder(given, (order) => ({ parcels: order.parcels.map((parcel) => ({ ...parcel, ...change })) }))
}

function spoiltOrder(given: PackingProblem, change: (order: PackedOrder) => Partial<PackedOrder>): PackingResult {
  const sound = planPacking(given)
  expect(verifyPacking(given, sound)).toEqual([])
  return { ...sound, orders: sound.orders.map((order) => ({ ...order, ...change(order) })) }
}

const rulesBroken = (given: PackingProblem, result: PackingResult): readonly string[] => [
  ...new Set(verifyPacking(given, result).map((violation) => violation.rule)),
]

const box = carton('B', [100, 100, 100], { tareG: 10 })
const two = problem([box], [item('a', [50, 50, 50]), item('b', [50, 50, 50])])

describe('verify finds wrong places', () => {
  const cases: readonly (readonly [string, readonly string[], readonly Placement[]])[] = [
    ['overlapping pieces', ['overlap'], [at('a', [0, 0, 0], [50, 50, 50]), at('b', [49, 0, 0], [50, 50, 50])]],
    ['a piece through the wall', ['fit'], [at('a', [0, 0, 0], [50, 50, 50]), at('b', [51, 0, 0], [50, 50, 50])]],
    [
      'a floating piece',
      ['support', 'centre'],
      [at('a', [0, 0, 0], [50, 50, 50]), at('b', [50, 50, 10], [50, 50, 50])],
    ],
    [
      'a piece on too small a base',
      ['support'],
      [at('a', [0, 0, 0], [50, 50, 50]), at('b', [20, 0, 50], [50, 50, 50])],
    ],
    ['a piece of another size', ['orientation'], [at('a', [0, 0, 0], [50, 50, 50]), at('b', [50, 0, 0], [50, 50, 49])]],
    ['the upper piece first', ['sequence'], [at('a', [0, 0, 50], [50, 50, 50]), at('b', [0, 0, 0], [50, 50, 50])]],
    ['a lost piece', ['pieces', 'totals'], [at('a', [0, 0, 0], [50, 50, 50])]],
    ['a piece without a place', ['fit'], [at('a', [0, 0, 0], [50, 50, 50]), at('b', null, null)]],
  ]
  test.each(cases)('%s', (_title, rules, placements) => {
    expect(rulesBroken(two, spoilt(two, { placements }))).toEqual(rules)
  })

  test('a half supported piece whose centre is in the air', () => {
    const given = problem([box], [item('a', [20, 50, 50]), item('b', [20, 50, 50]), item('c', [100, 50, 20])], {
      minSupport: 0.4,
    })
    const placements = [
      at('a', [0, 0, 0], [20, 50, 50]),
      at('b', [80, 0, 0], [20, 50, 50]),
      at('c', [0, 0, 50], [100, 50, 20]),
    ]
    expect(rulesBroken(given, spoilt(given, { placements }))).toEqual(['centre'])
  })

  test('a load that passes through another piece', () => {
    const weak = item('weak', [50, 50, 30], { handling: { maxLoadG: 150 } })
    const given = problem([box], [weak, item('m', [50, 50, 30]), item('t', [50, 50, 30])])
    const placements = [
      at('weak', [0, 0, 0], [50, 50, 30]),
      at('m', [0, 0, 30], [50, 50, 30]),
      at('t', [0, 0, 60], [50, 50, 30]),
    ]
    expect(rulesBroken(given, spoilt(given, { placements }))).toEqual(['load'])
  })
})

describe('verify finds pieces in the wrong company', () => {
  const pair = (a: Parameters<typeof item>[2], b: Parameters<typeof item>[2], rules = {}): readonly string[] => {
    const cold = carton('B', [100, 100, 100], { insulated: true })
    const given = problem([cold], [item('a', [50, 50, 50], a), item('b', [50, 50, 50], b)], rules)
    const together = planPacking(problem([cold], [item('a', [50, 50, 50]), item('b', [50, 50, 50])]))
    return rulesBroken(given, together)
  }
  test('temperatures, classes, alone, own box, dangerous goods', () => {
    expect(pair({ handling: { temperature: 'chilled' } }, {})).toEqual(['temperature'])
    expect(pair({ handling: { class: 'x' } }, { handling: { class: 'y' } }, { keepApart: [['x', 'y']] })).toEqual([
      'keep-apart',
    ])
    expect(pair({ handling: { alone: true } }, {})).toEqual(['alone'])
    expect(pair({ handling: { ownBox: true } }, {})).toEqual(['own-box'])
    const risky = { handling: { dangerousG: 60 } }
    expect(pair(risky, risky, { carrier: { maxDangerousG: 100 } })).toEqual(['dangerous'])
  })

  test('too heavy, too voluminous, past the carrier, not insulated', () => {
    const result = planPacking(two)
    const tight = (more: Parameters<typeof carton>[2]): PackingProblem => ({ ...two, cartons: [{ ...box, ...more }] })
    expect(rulesBroken(tight({ maxGrossG: 209 }), result)).toContain('weight')
    expect(rulesBroken(tight({ maxVolumeCm3: 249 }), result)).toContain('volume')
    const carrier = { maxLengthMm: 99, maxGirthMm: 399, maxParcels: 0 }
    const violations = verifyPacking({ ...two, rules: { ...two.rules, carrier } }, result)
    expect(violations.filter((violation) => violation.rule === 'carrier')).toHaveLength(3)
  })

  test('a set that is split without a word', () => {
    const apart = planPacking(problem([carton('S', [50, 50, 50])], [item('a', [50, 50, 50]), item('b', [50, 50, 50])]))
    const set = { handling: { keepTogether: 'set' } }
    const given = problem([carton('S', [50, 50, 50])], [item('a', [50, 50, 50], set), item('b', [50, 50, 50], set)])
    expect(rulesBroken(given, apart)).toEqual(['keep-together'])
  })
})

describe('verify finds wrong words', () => {
  test('totals, of a parcel and of all', () => {
    expect(rulesBroken(two, spoilt(two, { grossG: 200 }))).toEqual(['totals'])
    const sound = planPacking(two)
    expect(rulesBroken(two, { ...sound, totals: { ...sound.totals, parcels: 2 } })).toEqual(['totals'])
  })

  test('an unknown carton, a carton used too often, an order left out', () => {
    expect(rulesBroken(two, spoilt(two, { carton: 'X' }))).toEqual(['carton'])
    expect(rulesBroken({ ...two, cartons: [{ ...box, available: 0 }] }, planPacking(two))).toEqual(['available'])
    expect(
      rulesBroken(two, { orders: [], totals: { parcels: 0, outerCm3: 0, billableG: 0, unpacked: 0, ms: 0 } }),
    ).toEqual(['orders'])
  })

  test('a refusal that is not true', () => {
    const refused = (
      reason: 'too-long' | 'no-carton-left' | 'contradictory-rules' | 'too-many-parcels',
    ): PackingResult => ({
      orders: [
        {
          id: 'o-1',
          parcels: [],
          unpacked: ['a', 'b'].map((sku) => ({ sku, quantity: 1, reason, facts: {} })),
          proof: { parcelsLowerBound: 0, fewestParcels: false, best: false },
          ms: 0,
        },
      ],
      totals: { parcels: 0, outerCm3: 0, billableG: 0, unpacked: 2, ms: 0 },
    })
    for (const reason of ['too-long', 'no-carton-left', 'contradictory-rules', 'too-many-parcels'] as const)
      expect(rulesBroken(two, refused(reason))).toEqual(['refusal'])
  })

  test('claims of proof that contradict each other', () => {
    const claim = (parcelsLowerBound: number, fewestParcels: boolean, best: boolean): readonly string[] =>
      rulesBroken(
        two,
        spoiltOrder(two, () => ({ proof: { parcelsLowerBound, fewestParcels, best } })),
      )
    expect(claim(1, true, true)).toEqual([])
    expect(claim(2, false, false)).toEqual(['proof'])
    expect(claim(0, true, false)).toEqual(['proof'])
    expect(claim(1, false, true)).toEqual(['proof'])
  })
})
