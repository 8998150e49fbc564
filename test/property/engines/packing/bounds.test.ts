import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planPacking } from '../../../../src-main/engines/packing/index.ts'
import { choiceBound } from '../../../../src-main/engines/packing/bounds/choice.ts'
import { sharesOf } from '../../../../src-main/engines/packing/bounds/scales.ts'
import { boxesOf } from '../../../../src-main/engines/packing/model/box.ts'
import { kindsOf } from '../../../../src-main/engines/packing/model/kind.ts'
import { sceneOf } from '../../../../src-main/engines/packing/model/scene.ts'
import { packingProblem } from './problems.ts'

test('no choice of cartons that a plan packs its pieces into is ever called too little', () => {
  fc.assert(
    fc.property(packingProblem, (problem) => {
      const boxes = boxesOf(problem.cartons, problem.rules)
      for (const [at, { parcels }] of planPacking(problem).orders.entries()) {
        const packed = parcels.filter(({ carton }) => carton !== null)
        const pieces = packed.flatMap(({ placements }) => placements.map(({ sku }) => sku))
        const kinds = kindsOf(problem.orders[at]?.items ?? [])
        const counts = kinds.map(({ item }) => pieces.filter((sku) => sku === item.sku).length)
        const scene = sceneOf(kinds, boxes, problem.rules)
        const choice = boxes.map((box) => packed.filter(({ carton }) => carton === box.carton.code).length)
        expect(choiceBound(scene, counts, (box) => sharesOf(scene, box)).isTooLittle(choice)).toBe(false)
      }
    }),
    { numRuns: 150, seed: 20261123 },
  )
})
