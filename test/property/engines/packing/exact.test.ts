import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxesOf } from '../../../../src-main/engines/packing/model/box.ts'
import { kindsOf } from '../../../../src-main/engines/packing/model/kind.ts'
import { sceneOf } from '../../../../src-main/engines/packing/model/scene.ts'
import { searchExactly } from '../../../../src-main/engines/packing/one-carton/exact.ts'
import { workshopOf } from '../../../../src-main/engines/packing/one-carton/fill.ts'
import { plainHandling, plainRules } from '../../../../src-main/engines/packing/problem.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'
import { fitsByBruteForce } from './brute-force.ts'

const size: fc.Arbitrary<Size> = fc.tuple(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 3 }),
)

test('the exact search alone answers as brute force does, pieces that look alike among them', () => {
  let packed = 0
  let refused = 0
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 })),
      fc.array(size, { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
      (innerMm, sizes, quantities) => {
        const pieces = sizes.flatMap((each, at) => Array.from({ length: quantities[at] ?? 1 }, () => each))
        const volume = pieces.reduce((sum, [x, y, z]) => sum + x * y * z, 0)
        fc.pre(pieces.length <= 6 && volume <= innerMm[0] * innerMm[1] * innerMm[2])
        const items = sizes.map((sizeMm, at) => ({
          sku: `s-${at}`,
          sizeMm,
          quantity: quantities[at] ?? 1,
          weightG: 1,
          handling: plainHandling,
        }))
        const carton = { code: 'C', innerMm, outerMm: innerMm, tareG: 0, maxGrossG: 99, costMinor: 0 }
        const given = { ...carton, insulated: false, paddingMm: 0, coolantMm3: 0, coolantG: 0 }
        const rules = { ...plainRules, minSupport: 0 }
        const scene = sceneOf(kindsOf(items), boxesOf([given], rules), rules)
        const shop = workshopOf(scene, { budget: budgetOf({ iterations: 1e9 }), random: seededRandom(1) })
        const [box] = scene.boxes
        if (!box) throw new Error('one carton was given')
        const counts = items.map(({ quantity }) => quantity)
        const answer = searchExactly(shop, { box, counts }, 200_000)
        if (answer.is === 'packed') packed++
        if (answer.is === 'refused') refused++
        if (answer.is !== 'unknown') expect(answer.is === 'packed').toBe(fitsByBruteForce(innerMm, pieces))
      },
    ),
    { numRuns: 600, seed: 20261123 },
  )
  expect(packed).toBeGreaterThan(300)
  expect(refused).toBeGreaterThan(30)
})
