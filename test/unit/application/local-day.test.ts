import { expect, test } from 'vitest'
import { dayAfter, startOfDay } from '../../../src-main/application/local-day.ts'

test.each([
  ['2026-11-22', 'Europe/Berlin', '2026-11-21T23:00:00Z'],
  ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
  ['2026-11-22', 'Asia/Tokyo', '2026-11-21T15:00:00Z'],
  ['2026-11-22', 'Pacific/Auckland', '2026-11-21T11:00:00Z'],
  ['2026-11-22', 'America/Los_Angeles', '2026-11-22T08:00:00Z'],
])('%s begins in %s at %s, also on days on which the clocks change', (day, zone, instant) => {
  expect(startOfDay(day, zone)).toBe(Date.parse(instant))
})

test('the day after the last of a year, and of February', () => {
  expect(dayAfter('2026-12-31')).toBe('2027-01-01')
  expect(dayAfter('2028-02-28')).toBe('2028-02-29')
})
