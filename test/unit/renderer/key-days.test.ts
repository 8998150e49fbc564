import { describe, expect, test } from 'vitest'
import { daysOf, instantsOf } from '../../../src-renderer/screens/couriers/key-days.ts'

describe('the days on which a key seals', () => {
  test('begin and end at midnight of the shop, the last day included', () => {
    expect(instantsOf({ from: '2026-11-22', until: '2026-11-22' }, 'Europe/Berlin')).toEqual({
      validFrom: Date.UTC(2026, 10, 21, 23),
      validUntil: Date.UTC(2026, 10, 22, 23),
    })
    expect(instantsOf({ from: '2026-12-31', until: '2026-12-31' }, 'Asia/Tokyo').validUntil).toBe(
      Date.UTC(2026, 11, 31, 15),
    )
  })

  test('have no limit where none was typed', () => {
    expect(instantsOf({ from: '', until: '' }, 'Europe/Berlin')).toEqual({})
    expect(daysOf({}, 'Europe/Berlin')).toEqual({ from: '', until: '' })
  })

  test('are shown as they were typed, across a change of the clocks too', () => {
    for (const days of [
      { from: '2026-10-24', until: '2026-10-25' },
      { from: '2026-03-29', until: '2026-03-30' },
    ])
      // prettier-ignore
      expect(daysOf(instantsOf(days, 'Europe/Berlin'), 'Europe/Berlin')).toEqual(days)
  })
})
