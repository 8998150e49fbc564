import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  planPacking,
  verifyPacking,
  type PackingProblem,
  type PackingResult,
} from '../../../../src-main/engines/packing/index.ts'
import { boxesOf } from '../../../../src-main/engines/packing/model/box.ts'
import { kindsOf } from '../../../../src-main/engines/packing/model/kind.ts'
import { sceneOf } from '../../../../src-main/engines/packing/model/scene.ts'
import { packAll, workshopOf } from '../../../../src-main/engines/packing/one-carton/fill.ts'
import { plainHandling, plainRules } from '../../../../src-main/engines/packing/problem.ts'
import { budgetOf } from '../../../../src-main/kernel/budget.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'
import type { Size } from '../../../../src-main/kernel/units.ts'
import { fitsByBruteForce } from './brute-force.ts'
import { packingProblem } from './problems.ts'
import { secondCheck } from './second-check/index.ts'

const seed = 20261122

function expectSound(problem: PackingProblem, result: PackingResult): void {
  expect(verifyPacking(problem, result)).toEqual([])
  expect(secondCheck(problem, result)).toEqual([])
}

describe('planning random orders with every rule of the format', () => {
  test('breaks no rule, loses no piece and claims nothing false', () => {
    fc.assert(
      fc.property(packingProblem, (problem) => {
        expectSound(problem, planPacking(problem))
      }),
      { numRuns: 400, seed },
    )
  })

  test('gives the same plan for the same seed', () => {
    fc.assert(
      fc.property(packingProblem, (problem) => {
        expect(planPacking(problem, { seed: 7 })).toEqual(planPacking(problem, { seed: 7 }))
      }),
      { numRuns: 100, seed },
    )
  })

  test('stays sound when the budget is spent at once', () => {
    fc.assert(
      fc.property(packingProblem, (problem) => {
        const result = planPacking(problem, { budget: () => budgetOf({ iterations: 0 }) })
        expectSound(problem, result)
      }),
      { numRuns: 300, seed },
    )
  })
})

describe('one small carton against brute force', () => {
  const side = fc.integer({ min: 1, max: 4 })
  const size: fc.Arbitrary<Size> = fc.tuple(side, side, side)

  test('what brute force packs is never said to be refused, and what it cannot pack is never packed', () => {
    let decided = 0
    fc.assert(
      fc.property(size, fc.array(size, { minLength: 1, maxLength: 4 }), (innerMm, sizes) => {
        const item = { quantity: 1, weightG: 1, handling: plainHandling }
        const items = sizes.map((sizeMm, at) => ({ ...item, sku: `s-${at}`, sizeMm }))
        const carton = { code: 'C', innerMm, outerMm: innerMm, tareG: 0, maxGrossG: 99, costMinor: 0 }
        const given = { ...carton, insulated: false, paddingMm: 0, coolantMm3: 0, coolantG: 0 }
        const rules = { ...plainRules, minSupport: 0 }
        const scene = sceneOf(kindsOf(items), boxesOf([given], rules), rules)
        const shop = workshopOf(scene, { budget: budgetOf({ iterations: 1e6 }), random: seededRandom(1) })
        const box = scene.boxes[0]
        if (!box) throw new Error('one carton was given')
        const counts = sizes.map(() => 1)
        const answer = packAll(shop, box, counts)
        if (answer.is === 'unknown') return
        decided++
        expect(answer.is === 'packed').toBe(fitsByBruteForce(innerMm, sizes))
      }),
      { numRuns: 800, seed },
    )
    expect(decided).toBeGreaterThan(795)
  })
})
