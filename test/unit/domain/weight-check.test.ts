import { describe, expect, test } from 'vitest'
import { checkWeight } from '../../../src-main/domain/weight-check.ts'

const pieces = [
  { sku: 'MUG', weightG: 430, quantity: 2 },
  { sku: 'TEA', weightG: 100, quantity: 1 },
]
const weigh = (weighedG: number, plannedG = 1100) => checkWeight({ plannedG, weighedG, pieces })

describe('the weight of a packed parcel', () => {
  test('may differ by four in a hundred, and by forty grams in any case', () => {
    expect(weigh(1144)).toMatchObject({ isRight: true, allowedG: 44 })
    expect(weigh(1145)).toMatchObject({ isRight: false, differenceG: 45 })
    expect(weigh(260, 300)).toMatchObject({ isRight: true, allowedG: 40 })
    expect(weigh(259, 300)).toMatchObject({ isRight: false, differenceG: -41 })
  })

  test('hints at the pieces that would explain the difference', () => {
    expect(weigh(680).hint).toEqual({ sku: 'MUG', pieces: 1 })
    expect(weigh(235).hint).toEqual({ sku: 'MUG', pieces: 2 })
    expect(weigh(1204).hint).toEqual({ sku: 'TEA', pieces: 1 })
    expect(weigh(1395).hint).toEqual({ sku: 'TEA', pieces: 3 })
  })

  test('gives no hint when no piece explains it, nor for more missing pieces than belong in', () => {
    expect(weigh(850).hint).toBeUndefined()
    expect(weigh(900).hint).toBeUndefined()
  })
})
