import { describe, expect, test } from 'vitest'
import { planPacking, verifyPacking } from '../../../../src-main/engines/packing/index.ts'
import { choiceBound } from '../../../../src-main/engines/packing/bounds/choice.ts'
import { rowPrices } from '../../../../src-main/engines/packing/bounds/packing-lp.ts'
import { sharesOf } from '../../../../src-main/engines/packing/bounds/scales.ts'
import { boxesOf } from '../../../../src-main/engines/packing/model/box.ts'
import { kindsOf } from '../../../../src-main/engines/packing/model/kind.ts'
import { sceneOf } from '../../../../src-main/engines/packing/model/scene.ts'
import type { PackingProblem } from '../../../../src-main/engines/packing/index.ts'
import { carton, item, problem } from './problems.ts'

function isTooLittle(given: PackingProblem, choice: readonly number[]): boolean {
  const kinds = kindsOf(given.orders[0]?.items ?? [])
  const scene = sceneOf(kinds, boxesOf(given.cartons, given.rules), given.rules)
  const counts = kinds.map((kind) => kind.count)
  return choiceBound(scene, counts, (box) => sharesOf(scene, box)).isTooLittle(choice)
}

describe('the prices of a linear programme', () => {
  test('tell which row binds: the full one has a price, the slack one none', () => {
    const lp = {
      value: Float64Array.of(1, 1),
      itemOf: Int32Array.of(0, 1),
      supply: Float64Array.of(9, 9),
      use: [Float64Array.of(0.5, 0.25), Float64Array.of(0.01, 0.01)],
      capacity: Float64Array.of(1, 1),
    }
    expect([...(rowPrices(lp, { cells: 10_000 }) ?? [])]).toEqual([4, 0])
  })

  test('are not told when the work they may take is used up', () => {
    const lp = {
      value: Float64Array.of(1),
      itemOf: Int32Array.of(0),
      supply: Float64Array.of(1),
      use: [Float64Array.of(1)],
      capacity: Float64Array.of(1),
    }
    expect(rowPrices(lp, { cells: 0 })).toBeUndefined()
  })
})

describe('a choice of cartons', () => {
  // Eight a carton by weight in the long one, seven by size in the low one.
  const long = carton('long', [100, 200, 400], { maxGrossG: 8000 })
  const low = carton('low', [100, 200, 75], { maxGrossG: 90_000 })
  const slabs = (quantity: number): PackingProblem =>
    problem([long, low], [item('slab', [90, 190, 10], { quantity, weightG: 950 })])

  test('is too little when weight binds in one carton and size in the other', () => {
    expect(isTooLittle(slabs(17), [2, 0])).toBe(true)
    expect(isTooLittle(slabs(17), [1, 1])).toBe(true)
    expect(isTooLittle(slabs(15), [1, 1])).toBe(false)
  })

  test('is too little when a piece may enter none of its cartons', () => {
    const given = problem([long, carton('wide', [300, 300, 20])], [item('board', [290, 290, 5])])
    expect(isTooLittle(given, [5, 0])).toBe(true)
    expect(isTooLittle(given, [0, 1])).toBe(false)
  })

  test('proves the number of parcels that sums over single measures leave open', () => {
    const given = slabs(17)
    const result = planPacking(given)
    expect(verifyPacking(given, result)).toEqual([])
    expect(result.orders[0]?.proof).toMatchObject({ parcelsLowerBound: 3, fewestParcels: true })
  })
})
