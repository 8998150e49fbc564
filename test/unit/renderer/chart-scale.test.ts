import { describe, expect, test } from 'vitest'
import { labelStep, niceTop } from '../../../src-renderer/components/chart/scale.ts'
import { shortPeriods } from '../../../src-renderer/components/short-periods.ts'
import { linkOf } from '../../../src-renderer/screens/activity/entity-link.ts'
import { barsOf } from '../../../src-renderer/screens/reports/by-month.ts'

describe('charts', () => {
  test('end at a round number, and counts in whole steps', () => {
    expect([0, 1, 3, 4, 7, 37, 95, 101, 1_234].map(niceTop)).toEqual([4, 4, 4, 4, 8, 40, 100, 200, 2_000])
  })

  test('show as many labels as there is room for', () => {
    expect(labelStep(7, 600, 58)).toBe(1)
    expect(labelStep(24, 600, 58)).toBe(3)
    expect(labelStep(31, 300, 58)).toBe(7)
  })

  test('show a long period by months', () => {
    const days = (count: number) => Array.from({ length: count }, (_, i) => ({ day: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10) })) // prettier-ignore
    expect(barsOf(days(62))).toHaveLength(62)
    expect(barsOf(days(90)).map(({ key, days: group }) => [key, group.length])).toEqual([['2026-01', 31], ['2026-02', 28], ['2026-03', 31]]) // prettier-ignore
  })
})

test('short periods end today, but for the month that is over', () => {
  const byKey = Object.fromEntries(shortPeriods('2026-03-05').map(({ key, from, to }) => [key, [from, to]]))
  expect(byKey).toMatchObject({
    week: ['2026-02-27', '2026-03-05'],
    month: ['2026-03-01', '2026-03-05'],
    lastMonth: ['2026-02-01', '2026-02-28'],
  })
})

test('an entry leads to its order, wave or parcel, and nowhere for what has no screen', () => {
  expect(linkOf({ entity: 'order', entityId: '326-07' })).toBe('/orders/326-07')
  expect(linkOf({ entity: 'parcel', entityId: '326-07AB' })).toBe('/orders/326-07')
  expect(linkOf({ entity: 'parcel', entityId: 'odd' })).toBeUndefined()
  expect(linkOf({ entity: 'wave', entityId: 'W326-1' })).toBe('/waves/W326-1')
  expect(linkOf({ entity: 'user', entityId: 'u' })).toBeUndefined()
})
