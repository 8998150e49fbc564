import { describe, expect, test } from 'vitest'
import { unbroken, unbrokenAmounts } from '../../../src-main/kernel/unbroken.ts'

describe('amounts that no line ends in', () => {
  test('have no space at which a line may end', () => {
    expect(unbroken('300 × 200 × 80 mm')).toBe('300\u00a0×\u00a0200\u00a0×\u00a080\u00a0mm')
  })

  test('in a longer text only keep the number and what it counts together', () => {
    expect(unbrokenAmounts('40 sec ago, 5 % more than 2 in A 7')).toBe(
      '40\u00a0sec ago, 5\u00a0% more than 2\u00a0in A 7',
    )
  })
})
