import fc from 'fast-check'
import type {
  Orientation,
  PackingCarton,
  PackingItem,
  PackingProblem,
  PackingRules,
} from '../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'

/** Random problems in which every rule of the planning format turns up, small enough for thousands of runs. */
const side = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })
const size = (max: number): fc.Arbitrary<Size> => fc.tuple(side(max), side(max), side(max))
const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

const orientation: fc.Arbitrary<Orientation> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Orientation>('any') },
  { weight: 2, arbitrary: fc.constantFrom<Orientation>('upright', 'flat', 'fixed') },
  { weight: 1, arbitrary: fc.constantFrom<Orientation>(['l'], ['w', 'h'], ['h', 'l']) },
)

const mostly = (often: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(often) }, { weight: 1, arbitrary: fc.constant(!often) })

const item: fc.Arbitrary<Omit<PackingItem, 'sku'>> = fc.record({
  quantity: fc.integer({ min: 1, max: 4 }),
  sizeMm: fc.option(size(24), { freq: 12, nil: null }),
  weightG: fc.integer({ min: 0, max: 400 }),
  volumeCm3: fc.integer({ min: 1, max: 4 }),
  handling: fc.record({
    orientation,
    maxLoadG: rarely(fc.integer({ min: 0, max: 500 })),
    fragile: mostly(false),
    class: rarely(fc.constantFrom('food', 'chemicals', 'batteries', 'books')),
    temperature: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ambient' as const) },
      { weight: 1, arbitrary: fc.constantFrom('chilled' as const, 'frozen' as const) },
    ),
    alone: mostly(false),
    ownBox: mostly(false),
    keepTogether: rarely(fc.constantFrom('set-1', 'set-2')),
    foldedMm: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(size(24)) }),
    dangerousG: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
    ),
  }),
})

const carton: fc.Arbitrary<Omit<PackingCarton, 'code' | 'outerMm'>> = fc.record({
  innerMm: fc.tuple(fc.integer({ min: 12, max: 45 }), side(45), fc.integer({ min: 6, max: 45 })),
  tareG: fc.integer({ min: 0, max: 60 }),
  maxGrossG: fc.integer({ min: 100, max: 3000 }),
  maxVolumeCm3: rarely(fc.integer({ min: 2, max: 60 })),
  costMinor: fc.integer({ min: 0, max: 99 }),
  available: rarely(fc.integer({ min: 0, max: 3 })),
  insulated: fc.boolean(),
  paddingMm: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: side(4) }),
  coolantMm3: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4000 }) },
  ),
  coolantG: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: side(90) }),
})

const limit = (min: number, max: number): fc.Arbitrary<number | undefined> => rarely(fc.integer({ min, max }))

const rules: fc.Arbitrary<PackingRules> = fc.record({
  minSupport: fc.constantFrom(0, 0.5, 0.75, 0.8, 1),
  dimDivisorCm3PerKg: rarely(fc.integer({ min: 1, max: 50 })),
  keepApart: fc.constantFrom(
    [],
    [['food', 'chemicals']],
    [
      ['food', 'chemicals', 'batteries'],
      ['books', 'chemicals'],
    ],
  ),
  mode: fc.constantFrom('fewest' as const, 'cheapest' as const),
  objective: fc.constantFrom('billable' as const, 'volume' as const, 'cost' as const, 'tariff' as const),
  carrier: rarely(
    fc.record({
      maxLengthMm: limit(20, 60),
      maxGirthMm: limit(60, 200),
      maxGrossG: limit(200, 2500),
      maxParcels: limit(1, 5),
      maxDangerousG: limit(10, 90),
    }),
  ),
  tariff: fc.array(
    fc.record({
      maxGrossG: limit(100, 2500),
      maxLengthMm: limit(10, 60),
      maxGirthMm: limit(40, 200),
      priceMinor: fc.integer({ min: 1, max: 999 }),
    }),
    { maxLength: 4 },
  ),
})

export const packingProblem: fc.Arbitrary<PackingProblem> = fc
  .record({
    cartons: fc.array(carton, { minLength: 0, maxLength: 5 }),
    rules,
    orders: fc.array(fc.array(item, { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ cartons, rules: given, orders }) => ({
    cartons: cartons.map((each, at) => {
      const [x, y, z] = each.innerMm
      return { ...each, code: `C${at}`, outerMm: [x + 1, y + 1, z + 1] as const }
    }),
    rules: given,
    orders: orders.map((items, at) => ({
      id: `o-${at}`,
      items: items.map((each, line) => ({
        ...each,
        sku: `s-${line}`,
        volumeCm3: each.sizeMm === null || line % 5 === 4 ? each.volumeCm3 : undefined,
      })),
    })),
  }))
