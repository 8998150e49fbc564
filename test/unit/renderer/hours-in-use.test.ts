import { describe, expect, test } from 'vitest'
import { hoursInUse } from '../../../src-renderer/screens/reports/hours-in-use.ts'

const day = (...used: readonly number[]) =>
  Array.from({ length: 24 }, (_, hour) => ({ hour, placed: 0, packed: used.includes(hour) ? 1 : 0 }))
const endsOf = (...used: readonly number[]) => {
  const hours = hoursInUse(day(...used)).map(({ hour }) => hour)
  return [hours[0], hours.at(-1), hours.length]
}

describe('hours of a report', () => {
  test('begin and end with work, and are a working day at least', () => {
    expect(endsOf(7, 12, 20)).toEqual([7, 20, 14])
    expect(endsOf(12)).toEqual([8, 17, 10])
    expect(endsOf(9, 13)).toEqual([7, 16, 10])
  })

  test('never leave the day, and are all there when nothing happened', () => {
    expect(endsOf(0)).toEqual([0, 9, 10])
    expect(endsOf(23)).toEqual([14, 23, 10])
    expect(endsOf(0, 23)).toEqual([0, 23, 24])
    expect(endsOf()).toEqual([0, 23, 24])
  })
})
