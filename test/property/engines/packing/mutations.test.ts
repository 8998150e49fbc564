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
import { carton, item, problem } from '../../../unit/engines/packing/problems.ts'
import { drawFrom, randomProblem, type Draw } from './random-orders.ts'
import { secondCheck } from './second-check/index.ts'

const rulesBroken = (given: PackingProblem, result: PackingResult) => ({
  verify: new Set(verifyPacking(given, result).map(({ rule }) => rule)),
  second: new Set(secondCheck(given, result).map(({ rule }) => rule)),
})

describe('a rule that is broken on purpose is found by verify and by the second check', () => {
  const at = (sku: string, atMm: Placement['atMm'], sizeMm: Placement['sizeMm']): Placement => ({ sku, atMm, sizeMm })
  const box = carton('B', [100, 100, 100], { tareG: 10, insulated: true })
  const side = [50, 50, 50] as const
  const pair = problem([box], [item('a', side), item('b', side)])
  const onFloor = [at('a', [0, 0, 0], side), at('b', [50, 0, 0], side)]
  const stacked = [at('a', [0, 0, 0], side), at('b', [0, 0, 50], side)]

  type Case = readonly [
    rule: string,
    title: string,
    given: PackingProblem,
    spoil: (order: PackedOrder) => Partial<PackedOrder>,
  ]
  /** The pieces at these places; the parcel's numbers are those of the plan. */
  const places =
    (placements: readonly Placement[]) =>
    ({ parcels }: PackedOrder): Partial<PackedOrder> => ({ parcels: parcels.map((one) => ({ ...one, placements })) })
  const parcel =
    (change: Partial<PackedParcel>) =>
    ({ parcels }: PackedOrder): Partial<PackedOrder> => ({ parcels: parcels.map((one) => ({ ...one, ...change })) })
  const asItIs = (): Partial<PackedOrder> => ({})
  /** The pair planned without a rule, then judged with it. */
  const judgedWith = (more: Parameters<typeof item>[2], rules: Partial<PackingProblem['rules']> = {}) =>
    problem([box], [item('a', side, more), item('b', side)], rules)
  const cases: readonly Case[] = [
    ['fit', 'through the wall', pair, places([at('a', [0, 0, 0], side), at('b', [51, 0, 0], side)])],
    ['fit', 'before the origin', pair, places([at('a', [-1, 0, 0], side), at('b', [50, 0, 0], side)])],
    ['fit', 'at half a millimetre', pair, places([at('a', [0, 0, 0], side), at('b', [50, 0.5, 0], side)])],
    ['fit', 'without a place', pair, places([at('a', [0, 0, 0], side), at('b', null, null)])],
    ['fit', 'into the padding', { ...pair, cartons: [{ ...box, paddingMm: 1 }] }, places(onFloor)],
    ['overlap', 'through each other', pair, places([at('a', [0, 0, 0], side), at('b', [49, 49, 0], side)])],
    ['overlap', 'at the same place', pair, places([at('a', [0, 0, 0], side), at('b', [0, 0, 0], side)])],
    ['orientation', 'of another size', pair, places([at('a', [0, 0, 0], side), at('b', [50, 0, 0], [50, 50, 49])])],
    [
      'orientation',
      'upright, but on its side',
      problem([box], [item('a', [10, 20, 30], { handling: { orientation: 'upright' } })]),
      places([at('a', [0, 0, 0], [10, 30, 20])]),
    ],
    [
      'orientation',
      'fixed, but turned',
      problem([box], [item('a', [10, 20, 30], { handling: { orientation: 'fixed' } })]),
      places([at('a', [0, 0, 0], [20, 10, 30])]),
    ],
    [
      'orientation',
      'flat, but on edge',
      problem([box], [item('a', [10, 20, 30], { handling: { orientation: 'flat' } })]),
      places([at('a', [0, 0, 0], [10, 30, 20])]),
    ],
    [
      'orientation',
      'its own box on its head',
      problem([], [item('a', [10, 20, 30], { handling: { orientation: 'upright', ownBox: true } })]),
      places([at('a', [0, 0, 0], [10, 30, 20])]),
    ],
    ['support', 'in the air', pair, places([at('a', [0, 0, 0], side), at('b', [0, 0, 51], side)].slice(0, 2))],
    ['support', 'on a quarter', pair, places([at('a', [0, 0, 0], side), at('b', [25, 25, 50], side)])],
    [
      'centre',
      'its centre in the air',
      problem([box], [item('l', [30, 50, 50]), item('r', [30, 50, 50]), item('t', [100, 50, 20])], { minSupport: 0.5 }),
      places([at('l', [0, 0, 0], [30, 50, 50]), at('r', [70, 0, 0], [30, 50, 50]), at('t', [0, 0, 50], [100, 50, 20])]),
    ],
    ['sequence', 'the upper one first', pair, places([...stacked].reverse())],
    [
      'sequence',
      'put under what hangs over',
      problem([box], [item('a', side), item('b', [60, 50, 10]), item('c', [9, 50, 20])]),
      places([at('a', [0, 0, 0], side), at('b', [0, 0, 50], [60, 50, 10]), at('c', [50, 0, 0], [9, 50, 20])]),
    ],
    ['load', 'more than it may carry', judgedWith({ handling: { maxLoadG: 99 } }), places(stacked)],
    ['load', 'something on a fragile piece', judgedWith({ handling: { fragile: true } }), places(stacked)],
    [
      'load',
      'a weightless piece on one that takes nothing',
      problem([box], [item('a', side, { handling: { maxLoadG: 0 } }), item('b', side, { weightG: 0 })]),
      places(stacked),
    ],
    [
      'load',
      'a third of a bridge',
      problem(
        [carton('B', [90, 30, 90])],
        [item('l', [30, 30, 30], { handling: { maxLoadG: 33 } }), item('m', [30, 30, 30]), item('r', [30, 30, 30]), item('t', [90, 30, 20])],
      ), // prettier-ignore
      places([
        at('l', [0, 0, 0], [30, 30, 30]),
        at('m', [30, 0, 0], [30, 30, 30]),
        at('r', [60, 0, 0], [30, 30, 30]),
        at('t', [0, 0, 30], [90, 30, 20]),
      ]),
    ],
    ['weight', 'too heavy', { ...pair, cartons: [{ ...box, maxGrossG: 209 }] }, asItIs],
    ['weight', 'too heavy for the carrier', { ...pair, rules: { ...pair.rules, carrier: { maxGrossG: 209 } } }, asItIs],
    ['weight', 'too heavy by its coolant', { ...pair, cartons: [{ ...box, maxGrossG: 215, coolantG: 6 }] }, asItIs],
    ['volume', 'too much volume', { ...pair, cartons: [{ ...box, maxVolumeCm3: 249 }] }, asItIs],
    ['volume', 'no room for the coolant', { ...pair, cartons: [{ ...box, coolantMm3: 750_001 }] }, asItIs],
    ['temperature', 'cold beside warm', judgedWith({ handling: { temperature: 'chilled' } }), asItIs],
    [
      'temperature',
      'not insulated',
      problem([{ ...box, insulated: false }], [item('a', side, { handling: { temperature: 'frozen' } })]),
      places([at('a', [0, 0, 0], side)]),
    ],
    ['alone', 'not alone', judgedWith({ handling: { alone: true } }), asItIs],
    ['own-box', 'in a carton', judgedWith({ handling: { ownBox: true } }), asItIs],
    ['own-box', 'a box it does not have', problem([box], [item('a', side)]), parcel({ carton: null })],
    [
      'dangerous',
      'too many dangerous goods',
      judgedWith({ handling: { dangerousG: 60 } }, { carrier: { maxDangerousG: 59 } }),
      asItIs,
    ],
    ['carrier', 'too long', { ...pair, rules: { ...pair.rules, carrier: { maxLengthMm: 99 } } }, asItIs],
    ['carrier', 'too far around', { ...pair, rules: { ...pair.rules, carrier: { maxGirthMm: 399 } } }, asItIs],
    ['carrier', 'a parcel too many', { ...pair, rules: { ...pair.rules, carrier: { maxParcels: 0 } } }, asItIs],
    ['available', 'a carton too many', { ...pair, cartons: [{ ...box, available: 0 }] }, asItIs],
    ['carton', 'a carton nobody knows', pair, parcel({ carton: 'X' })],
    ['pieces', 'a piece lost', pair, places(onFloor.slice(1))],
    ['pieces', 'a piece twice', pair, places([...onFloor, at('a', [0, 50, 0], side)])],
    ['pieces', 'a piece nobody ordered', pair, places([...onFloor, at('x', [0, 50, 0], side)])],
    ['pieces', 'an empty parcel', pair, ({ parcels }) => ({ parcels: [...parcels, ...parcels].map((one, turn) => (turn ? { ...one, placements: [] } : one)) })], // prettier-ignore
    ...(['netG', 'grossG', 'allowableG', 'piecesCm3', 'allowableCm3', 'outerCm3', 'billableG'] as const).map(
      (name): Case => ['totals', name, pair, parcel({ [name]: 7 })],
    ),
    ['totals', 'checkedBy', pair, parcel({ checkedBy: 'volume' })],
    ['proof', 'a bound above the plan', pair, () => ({ proof: { parcelsLowerBound: 2, fewestParcels: false, best: false } })], // prettier-ignore
    ['proof', 'fewest below the bound', pair, () => ({ proof: { parcelsLowerBound: 0, fewestParcels: true, best: false } })], // prettier-ignore
    ['proof', 'best, but perhaps not fewest', pair, () => ({ proof: { parcelsLowerBound: 1, fewestParcels: false, best: true } })], // prettier-ignore
  ]

  test.each(cases)('%s: %s', (...[rule, , given, spoil]) => {
    // Planned without the rules, so that there is a plan to spoil.
    const bare = { ...given, ...problem([box, ...given.cartons.filter(({ code }) => code !== 'B')], bareItems(given)) }
    const sound = planPacking(given.cartons.length > 0 ? bare : given)
    const result = { ...sound, orders: sound.orders.map((order) => ({ ...order, ...spoil(order) })) }
    const { verify, second } = rulesBroken(given, result)
    expect([...verify]).toContain(rule)
    expect([...second]).toContain(rule)
  })

  const bareItems = (given: PackingProblem) =>
    (given.orders[0]?.items ?? []).map(({ sku, sizeMm, weightG }) => item(sku, sizeMm, { weightG }))

  test('keep-apart, keep-together: in wrong company, split without a word, said to be split when whole', () => {
    const plain = planPacking(pair)
    const classes = problem([box], [item('a', side, { handling: { class: 'x' } }), item('b', side, { handling: { class: 'y' } })], { keepApart: [['x', 'y']] }) // prettier-ignore
    const small = carton('S', side)
    const set = { handling: { keepTogether: 'set' } }
    const split = planPacking(problem([small], [item('a', side), item('b', side)]))
    const whole = { ...plain, orders: plain.orders.map((order) => ({ ...order, ...parcel({ why: { code: 'set-split', facts: {} } })(order) })) } // prettier-ignore
    const found = (given: PackingProblem, result: PackingResult): readonly unknown[] => {
      const { verify, second } = rulesBroken(given, result)
      return [[...verify], [...second]]
    }
    expect(found(classes, plain)).toEqual([['keep-apart'], ['keep-apart']])
    expect(found(problem([small], [item('a', side, set), item('b', side, set)]), split)).toEqual([['keep-together'], ['keep-together']]) // prettier-ignore
    expect(found(pair, whole)).toEqual([['keep-together'], ['keep-together']])
  })

  test('refusal: every reason that is not true', () => {
    const untrue = ['too-long', 'too-heavy', 'too-much-volume', 'no-insulated-carton', 'no-carton-left', 'too-many-parcels', 'contradictory-rules', 'budget-spent'] as const // prettier-ignore
    for (const reason of untrue) {
      const unpacked = ['a', 'b'].map((sku) => ({ sku, quantity: 1, reason, facts: { value: 2, limit: 1 } }))
      const order = { id: 'o-1', parcels: [], unpacked, proof: { parcelsLowerBound: 0, fewestParcels: false, best: false }, ms: 0 } // prettier-ignore
      const totals = { parcels: 0, outerCm3: 0, billableG: 0, unpacked: 2, ms: 0 }
      const { verify, second } = rulesBroken(pair, { orders: [order], totals })
      expect([reason, [...verify], [...second]]).toEqual([reason, ['refusal'], ['refusal']])
    }
  })

  test('orders and sums: an answer left out, sums that are no sums', () => {
    const sound = planPacking(pair)
    for (const spoilt of [
      { ...sound, orders: [] },
      { ...sound, totals: { ...sound.totals, billableG: 0 } },
      { ...sound, orders: sound.orders.map((order) => ({ ...order, id: 'x' })) },
    ]) {
      const { verify, second } = rulesBroken(pair, spoilt)
      expect([verify.size > 0, second.size > 0]).toEqual([true, true])
    }
  })
})

describe('verify and the second check judge alike', () => {
  /** Moves, turns, swaps, drops, doubles or relabels something of a plan, at random. */
  const spoil = (draw: Draw, result: PackingResult): PackingResult => {
    const order = result.orders[draw.int(0, result.orders.length - 1)]
    const chosen = order?.parcels[draw.int(0, order.parcels.length - 1)]
    if (!order || !chosen) return result
    const change = (parcels: readonly PackedParcel[]): PackingResult => ({
      ...result,
      orders: result.orders.map((each) => (each === order ? { ...each, parcels } : each)),
    })
    const changed = (placements: readonly Placement[]): PackingResult =>
      change(order.parcels.map((parcel) => (parcel === chosen ? { ...parcel, placements } : parcel)))
    const { placements } = chosen
    const turn = draw.int(0, Math.max(0, placements.length - 1))
    const touch = (how: (placement: Placement) => Placement): PackingResult =>
      changed(placements.map((placement, each) => (each === turn ? how(placement) : placement)))
    const by = (): number => draw.pick([-3, -1, 1, 1, 2, 9])
    switch (draw.int(0, 6)) {
      case 0: {
        const [dx, dy, dz] = [by(), draw.chance(50) ? 0 : by(), draw.chance(60) ? 0 : by()]
        return touch((one) => ({ ...one, atMm: one.atMm && [one.atMm[0] + dx, one.atMm[1] + dy, one.atMm[2] + dz] }))
      }
      case 1:
        return touch((one) => ({ ...one, sizeMm: one.sizeMm && [one.sizeMm[2], one.sizeMm[0], one.sizeMm[1]] }))
      case 2:
        return changed(
          draw.chance(50) ? [...placements].reverse() : [...placements.slice(1), ...placements.slice(0, 1)],
        )
      case 3:
        return changed(placements.filter((_placement, each) => each !== turn))
      case 4:
        return changed([...placements, ...placements.slice(turn, turn + 1)])
      case 5: {
        const others = order.parcels.filter((parcel) => parcel !== chosen)
        return change(others.length > 0 ? others : [chosen, chosen])
      }
      default: {
        const [first, second, ...rest] = order.parcels
        if (!first || !second)
          return changed(placements.map((one) => ({ ...one, atMm: one.atMm && [0, 0, one.atMm[2]] })))
        return change([{ ...first, placements: [...first.placements, ...second.placements] }, ...rest])
      }
    }
  }

  test('of 3,000 plans spoilt at random both find the same broken rules of places', () => {
    const ofPlaces = ['fit', 'overlap', 'orientation', 'support', 'centre', 'load', 'sequence', 'pieces']
    const ofRest = ['support', 'centre', 'load', 'sequence']
    let found = 0
    for (let seed = 1; seed <= 3000; seed++) {
      const given = randomProblem(seed)
      const result = spoil(
        drawFrom(-seed),
        planPacking(given, { budget: () => ({ spend: () => false, isSpent: true }) }),
      )
      const { verify, second } = rulesBroken(given, result)
      if (verify.size > 0) found++
      expect([seed, verify.size > 0]).toEqual([seed, second.size > 0])
      // What rests on what cannot be said where pieces lie in each other.
      const judged = (rules: ReadonlySet<string>): readonly string[] =>
        ofPlaces.filter((rule) => rules.has(rule) && !(rules.has('overlap') && ofRest.includes(rule)))
      expect([seed, ...judged(verify)]).toEqual([seed, ...judged(second)])
    }
    expect(found).toBeGreaterThan(1000)
  })
})
