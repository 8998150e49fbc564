import { afterAll, describe, expect, test } from 'vitest'
import { workerPlanners } from '../../../src-main/adapters/planners/worker-planners.ts'
import { packProblemSchema } from '../../../src-main/contract/formats/pack.ts'
import { type PackingResult, verifyPacking } from '../../../src-main/engines/packing/index.ts'
import { runFormatCommand } from '../../../src-main/hosts/cli/formats.ts'

/** The example of the planning format, to which the carton of its documented answer is added. */
const example = {
  format: 'backroom-pack-1',
  cartons: [
    {
      code: 'S',
      innerMm: [130, 92, 126],
      outerMm: [145, 98, 140],
      tareG: 90,
      maxGrossG: 5_000,
      maxVolumeCm3: 1_500,
    },
    {
      code: 'M',
      innerMm: [350, 250, 150],
      outerMm: [356, 256, 162],
      tareG: 265,
      maxGrossG: 15_000,
      maxVolumeCm3: 13_000,
      costMinor: 85,
      available: 40,
      insulated: false,
      paddingMm: 0,
      coolantMm3: 0,
      coolantG: 0,
    },
  ],
  rules: {
    minSupport: 0.75,
    dimDivisorCm3PerKg: 5_000,
    keepApart: [['food', 'chemicals']],
    mode: 'fewest',
    objective: 'billable',
    carrier: { maxLengthMm: 1_200, maxGirthMm: 3_000, maxGrossG: 30_000, maxParcels: 20, maxDangerousG: 1_000 },
    tariff: [{ maxGrossG: 5_000, maxLengthMm: 600, maxGirthMm: 1_200, priceMinor: 549 }],
  },
  orders: [
    {
      id: 'o-1',
      items: [
        {
          sku: 'A',
          quantity: 2,
          sizeMm: [120, 80, 60],
          weightG: 350,
          handling: {
            orientation: 'any',
            maxLoadG: 2_000,
            class: 'food',
            temperature: 'ambient',
            alone: false,
            ownBox: false,
            fragile: false,
            keepTogether: 'set-1',
            foldedMm: [[240, 80, 30]],
            dangerousG: 0,
          },
        },
      ],
    },
  ],
}

/** What the page documents, but for `ms` and for where the two pieces stand. */
const documented = {
  format: 'backroom-pack-result-1',
  orders: [
    {
      id: 'o-1',
      parcels: [
        {
          carton: 'S',
          netG: 700,
          grossG: 790,
          allowableG: 5_000,
          piecesCm3: 1_152,
          allowableCm3: 1_500,
          outerCm3: 1_990,
          billableG: 790,
          checkedBy: 'placement',
          why: { code: 'smallest-carton', facts: {} },
        },
      ],
      unpacked: [],
      proof: { parcelsLowerBound: 1, fewestParcels: true, best: true },
    },
  ],
  totals: { parcels: 1, outerCm3: 1_990, billableG: 790, unpacked: 0 },
}

describe('the pack example of the planning formats', () => {
  const planners = workerPlanners({ threads: 1 })
  afterAll(() => planners.close())
  const pack = async (problem: object) => {
    const text = await runFormatCommand('pack', JSON.stringify(problem), { planners })
    return JSON.parse(text) as PackingResult & { format: string } // the command promises this shape
  }

  test('gives the documented answer, with places that hold', async () => {
    const result = await pack(example)
    const isAside = new Set(['ms', 'placements'])
    const shown: unknown = JSON.parse(
      JSON.stringify(result, (key, value: unknown) => (isAside.has(key) ? undefined : value)),
    )
    expect(shown).toEqual(documented)
    expect(result.orders[0]?.parcels[0]?.placements).toHaveLength(2)
    expect(verifyPacking(packProblemSchema.parse(example), result)).toEqual([])
  })

  test('without that carton it travels in the one it names', async () => {
    const result = await pack({ ...example, cartons: example.cartons.slice(1) })
    expect(result.orders[0]?.parcels).toMatchObject([
      { carton: 'M', netG: 700, grossG: 965, outerCm3: 14_765, billableG: 2_953, allowableCm3: 13_000 },
    ])
  })

  test('the same text and seed give the same bytes but for the ms', async () => {
    const [first, second] = [await pack(example), await pack(example)]
    const bytes = (result: unknown): string =>
      JSON.stringify(result, (key, value: unknown) => (key === 'ms' ? undefined : value))
    expect(bytes(first)).toBe(bytes(second))
  })
})
