import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { createFormats } from '../../../src-renderer/format/amounts.ts'
import { isCancelled, problemOf } from '../../../src-renderer/format/failure.ts'
import { linesOf } from '../../../src-renderer/screens/catalogue/import-lines.ts'

const formats = createFormats({ locale: 'en-GB', currency: 'EUR', zone: 'Europe/Berlin' })
const now = Date.UTC(2026, 10, 22, 13, 0)

describe('amounts as people read them', () => {
  test('money knows the minor units of its currency', () => {
    expect(formats.money(1250)).toBe('€12.50')
    expect(formats.money(1250, 'JPY')).toBe('JP¥1,250')
  })

  test('weights change from grams to kilograms at one thousand', () => {
    expect([formats.weight(999), formats.weight(1000), formats.weight(12_345)]).toEqual([
      '999\u00a0g',
      '1\u00a0kg',
      '12.35\u00a0kg',
    ])
  })

  test('walked ways are whole metres, sizes three sides in millimetres', () => {
    expect(formats.metres(184_499)).toBe('184\u00a0m')
    expect(formats.size([1260, 600, 80])).toBe('1,260\u00a0×\u00a0600\u00a0×\u00a080\u00a0mm')
  })

  test('sizes keep the order of their sides where lines are written from right to left', () => {
    const arabic = createFormats({ locale: 'ar', currency: 'EUR', zone: 'Europe/Berlin', direction: 'rtl' })
    expect(arabic.size([300, 200, 80])).toMatch(/^\u2066.+\u00a0×\u00a0.+\u00a0×\u00a0.+\u00a0mm\u2069$/)
  })

  test('a number and its unit are never parted by the end of a line, in any language or system of units', () => {
    for (const locale of ['en-GB', 'de', 'ja', 'fr'])
      for (const units of ['metric', 'imperial'] as const) {
        const { weight, metres, kilometres, volume, size } = createFormats({
          locale,
          units,
          currency: 'EUR',
          zone: 'UTC',
        })
        const amounts = [weight(900), weight(12_345), metres(184_499), kilometres(23_400), volume(12_500), size([300, 200, 80])] // prettier-ignore
        expect(amounts.join('')).not.toMatch(/ /)
      }
  })

  test("moments are told on the shop's wall clock, with the day when it is not today", () => {
    expect(formats.moment(now - 3_600_000, now)).toBe('13:00')
    expect(formats.moment(now - 86_400_000, now)).toBe('21 Nov, 14:00')
  })

  test('how long ago something was is told in the largest unit that fits', () => {
    expect([40_000, 300_000, 7_200_000, 172_800_000].map((past) => formats.ago(now - past, now))).toEqual([
      '40\u00a0sec ago',
      '5\u00a0min ago',
      '2\u00a0hr ago',
      '2\u00a0days ago',
    ])
  })
})

describe('failures as people read them', () => {
  const translate = (key: string): string =>
    key === 'errors.ERR_DISK'
      ? 'The disk refuses. It is full. Make room.'
      : '棚番がありません。経路を作れません。直してください。'

  test('the first sentence is what happened, the rest is the advice', () => {
    const problem = problemOf(new AppError('ERR_DISK', { path: '/x', free: 0, nested: { a: 1 }, empty: '' }), translate)
    expect(problem).toMatchObject({ code: 'ERR_DISK', what: 'The disk refuses.', advice: 'It is full. Make room.' })
    expect(problem.facts).toEqual(['path: /x', 'free: 0'])
  })

  test('Japanese sentences end without a space', () => {
    const problem = problemOf(new AppError('ERR_WAVE_EMPTY'), translate)
    expect(problem.what).toBe('棚番がありません。')
    expect(problem.advice).toBe('経路を作れません。直してください。')
  })

  test('anything that is no AppError is our own bug, and cancelling is no problem', () => {
    expect(problemOf(new TypeError('x'), translate).code).toBe('ERR_INTERNAL')
    expect(isCancelled(new AppError('ERR_CANCELLED'))).toBe(true)
  })

  test('the lines of a refused file come out of its details, whatever else they hold', () => {
    const problems = [{ line: 3, column: 'weight_g', problem: 'whole-number-from-1', value: '-4' }, null, 'x']
    expect(linesOf({ count: 1, problems })).toEqual([problems[0]])
    expect(linesOf({})).toEqual([])
  })
})

describe('amounts in feet and pounds', () => {
  const imperial = createFormats({ locale: 'en-US', currency: 'USD', zone: 'America/Chicago', units: 'imperial' })

  test('weights change from ounces to pounds at sixteen', () => {
    expect([imperial.weight(100), imperial.weight(454), imperial.weight(18_400)]).toEqual([
      '3.5\u00a0oz',
      '1\u00a0lb',
      '40.57\u00a0lb',
    ])
  })

  test('sizes are inches, ways feet, volumes cubic inches', () => {
    expect(imperial.size([300, 200, 150])).toBe('11.8\u00a0×\u00a07.9\u00a0×\u00a05.9\u00a0in')
    expect(imperial.metres(184_499)).toBe('605\u00a0ft')
    expect(imperial.volume(9000)).toBe('549\u00a0in³')
  })
})
