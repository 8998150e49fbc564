import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetOf } from '../../../src-main/kernel/budget.ts'
import { AppError, assertNever, exitCodeOf } from '../../../src-main/kernel/errors.ts'
import { fingerprintWords } from '../../../src-main/kernel/fingerprint.ts'
import { gs1CheckDigit, isGtin, isParcelNumber, ownParcelNumber, parcelLetter, sscc, ssccOf, uuidV7 } from '../../../src-main/kernel/ids.ts' // prettier-ignore
import { canonicalJson, type Json } from '../../../src-main/kernel/json.ts'
import { decimalsOf, formatMoney, parseMoney } from '../../../src-main/kernel/money.ts'
import { fail, succeed } from '../../../src-main/kernel/outcome.ts'
import { seededRandom } from '../../../src-main/kernel/random.ts'
import { isoDay, isoMinute, zonedTime } from '../../../src-main/kernel/time.ts'
import { cm3FromMm3, volumeMm3 } from '../../../src-main/kernel/units.ts'

const seed = 20_261_122

describe('numbers on parcels', () => {
  test('follow GS1: the published example of an SSCC, and GTINs of every length', () => {
    expect(sscc('9521234', 3, 17)).toBe('395212340000000175')
    expect(['4006381333931', '96385074', '036000291452', '10614141000415'].every(isGtin)).toBe(true)
    expect(['4006381333932', '123', '', 'abcdefgh', '40063813339311'].some(isGtin)).toBe(false)
  })

  test('are told from slips: one wrong digit, or two neighbours swapped by other than five, is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), fc.nat(10), fc.integer({ min: 1, max: 9 }), (...[serial, at, by]) => {
        const number = ownParcelNumber('B', serial)
        expect(isParcelNumber(number)).toBe(true)
        const digits = [...number]
        digits[at + 1] = String((Number(digits[at + 1]) + by) % 10)
        expect(isParcelNumber(digits.join(''))).toBe(false)
      }),
      { seed },
    ) // prettier-ignore
    expect(isParcelNumber(sscc('9521234', 3, 17))).toBe(true)
    expect(isParcelNumber('395212340000000176')).toBe(false)
    expect(gs1CheckDigit('')).toBe('0')
  })

  test('are never the same for two serials', () => {
    const numbers = Array.from({ length: 2_000 }, (_, serial) => ownParcelNumber('C', serial))
    expect(new Set(numbers).size).toBe(2_000)
  })

  test('go on under the next extension digit when the serials of a prefix are through, and never come twice', () => {
    const usedUp = { code: 'ERR_PARCEL_NUMBERS_USED_UP' }
    const refusal = (make: () => string): unknown => {
      try {
        return make()
      } catch (error) {
        return error
      }
    }
    expect(ssccOf('9521234', 17)).toBe('395212340000000175')
    // A prefix of 12 digits leaves 4 for the serial.
    expect(ssccOf('952123456789', 9_999)).toMatch(/^39521234567899999\d$/)
    expect(ssccOf('952123456789', 10_000)).toMatch(/^49521234567890000\d$/)
    expect(ssccOf('952123456789', 99_999)).toMatch(/^29521234567899999\d$/)
    expect(refusal(() => ssccOf('952123456789', 100_000))).toMatchObject(usedUp)
    const all = new Set(Array.from({ length: 100_000 }, (_, count) => ssccOf('952123456789', count)))
    expect(all.size).toBe(100_000)
    for (const length of [6, 7, 8, 9, 10, 11, 12]) {
      const prefix = '952123456789'.slice(0, length)
      const last = 10 ** (17 - length) - 1
      for (const count of [0, 17, last]) {
        expect(ssccOf(prefix, count)).toHaveLength(18)
        expect(isParcelNumber(ssccOf(prefix, count))).toBe(true)
      }
      expect(refusal(() => ssccOf(prefix, last + 1))).toMatchObject(usedUp)
    }
    expect(refusal(() => sscc('9521234', 3, 10 ** 9))).toMatchObject(usedUp)
    expect(refusal(() => ownParcelNumber('C', 10 ** 10))).toMatchObject(usedUp)
  })

  test('letters of parcels count as spreadsheets do', () => {
    expect([0, 1, 25, 26, 27, 51, 52, 701, 702].map(parcelLetter)).toEqual(['A', 'B', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA']) // prettier-ignore
  })
})

describe('ids', () => {
  const random = { bytes: (count: number) => new Uint8Array(count).fill(0xff) }
  test('are UUIDs of version 7 that sort by their time', () => {
    const at = (now: number): string => uuidV7({ now: () => now }, random)
    expect(at(1_795_338_000_000)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const times = [0, 1, 255, 256, 1_795_338_000_000, 1_795_338_000_001, 2 ** 47]
    expect(times.map(at)).toEqual(times.map(at).toSorted())
  })
})

describe('money', () => {
  test('is read and written exactly, in every currency', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'CHF')
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), currency, (minor, code) => {
        const money = { currency: code, minor }
        expect(parseMoney(formatMoney(money), code)).toEqual(money)
      }),
      { seed },
    )
  })

  test.each(['', '.', '1.', '.5', '1.234', '1,50', '1e3', ' 1', '+1', '1.2.3', 'NaN', '9999999999999', '--1'])(
    'is not read from %j',
    (text) => expect(parseMoney(text, 'EUR')).toBeUndefined(),
  )

  test('knows that yen have no sen, dinars a thousand fils, and zero no sign', () => {
    expect([decimalsOf('JPY'), decimalsOf('KWD'), decimalsOf('XYZ')]).toEqual([0, 3, 2])
    expect(parseMoney('12.5', 'JPY')).toBeUndefined()
    expect(formatMoney({ currency: 'EUR', minor: -5 })).toBe('-0.05')
    expect(Object.is(parseMoney('-0.00', 'EUR')?.minor, 0)).toBe(true)
  })
})

describe('time', () => {
  test('is read on the wall clock of the shop, through both changes of the clocks', () => {
    const day = (iso: string): string => isoDay(Date.parse(iso), 'Europe/Berlin')
    expect([day('2026-11-22T22:59:59Z'), day('2026-11-22T23:00:00Z')]).toEqual(['2026-11-22', '2026-11-23'])
    expect(isoMinute(Date.parse('2026-03-29T00:59:00Z'), 'Europe/Berlin')).toBe('2026-03-29 01:59')
    expect(isoMinute(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29 03:00')
    expect(isoMinute(Date.parse('2026-10-25T01:00:00Z'), 'Europe/Berlin')).toBe('2026-10-25 02:00')
    expect(isoMinute(Date.parse('2026-01-01T00:00:00Z'), 'Asia/Kathmandu')).toBe('2026-01-01 05:45')
  })

  test('counts days of the year from 1, and midnight as second 0', () => {
    expect(zonedTime(Date.parse('2028-12-31T12:00:00Z'), 'UTC').dayOfYear).toBe(366)
    expect(zonedTime(Date.parse('2026-01-01T00:00:00Z'), 'UTC')).toEqual({ year: 2026, month: 1, day: 1, dayOfYear: 1, secondOfDay: 0 }) // prettier-ignore
  })
})

describe('chance', () => {
  test('is the same on every machine for the same seed, and another for another', () => {
    const first = (given: number): readonly number[] => {
      const random = seededRandom(given)
      return Array.from({ length: 4 }, () => random.next())
    }
    expect(first(1)).toEqual(first(1))
    expect(first(1)).toEqual([...first(1)])
    expect(first(1)).not.toEqual(first(2))
    expect(first(1)).toMatchInlineSnapshot(`
      [
        2420951833,
        2513034076,
        3847892949,
        4064752930,
      ]
    `)
  })

  test('stays below its limit and reaches everything under it', () => {
    const random = seededRandom(7)
    const seen = new Set(Array.from({ length: 2_000 }, () => random.below(10)))
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    for (let i = 0; i < 1_000; i++) {
      const unit = random.unit()
      expect(unit >= 0 && unit < 1).toBe(true)
    }
    expect(random.below(1)).toBe(0)
  })
})

describe('a budget', () => {
  test('is spent by steps, and stays spent', () => {
    const budget = budgetOf({ iterations: 3 })
    expect([budget.spend(), budget.spend(2), budget.isSpent]).toEqual([true, true, false])
    expect([budget.spend(), budget.isSpent, budget.spend(0)]).toEqual([false, true, false])
  })

  test('ends early by its clock, or when somebody cancels', () => {
    let now = 0
    const timed = budgetOf({ iterations: 1e9, limitMs: 10, now: () => now })
    expect(timed.spend(1_000)).toBe(true)
    now = 10
    expect(timed.spend(1_000)).toBe(false)
    let isCancelled = false
    const watched = budgetOf({ iterations: 1e9, isCancelled: () => isCancelled })
    expect(watched.spend(1_000)).toBe(true)
    isCancelled = true
    expect(watched.spend(1_000)).toBe(false)
  })

  test('looks at its clock after every step while steps are long, and when it is only asked', () => {
    let now = 0
    const long = budgetOf({ iterations: 1e9, limitMs: 10, now: () => now })
    const steps = Array.from({ length: 9 }, () => {
      now += 4
      return long.spend()
    })
    expect(steps.filter(Boolean)).toHaveLength(2)
    const asked = budgetOf({ iterations: 0, limitMs: 10, now: () => now })
    expect(asked.spend(0)).toBe(true)
    now += 10
    expect([asked.spend(0), asked.isSpent]).toEqual([false, true])
  })
})

describe('canonical JSON', () => {
  test('gives equal texts for equal values, whatever the order of their keys', () => {
    const shuffled = (value: Json): Json =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, inner]) => [key, shuffled(inner ?? null)]),
          )
        : Array.isArray(value)
          ? value.map((entry: Json) => shuffled(entry))
          : value
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), (value) => {
        const json = value as Json // fast-check's JSON values are ours
        expect(canonicalJson(shuffled(json))).toBe(canonicalJson(json))
        expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(JSON.stringify(json)))
      }),
      { seed },
    )
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}')
    expect(canonicalJson([undefined as unknown as Json, 1])).toBe('[null,1]')
  })
})

describe('what goes wrong', () => {
  test('carries code and facts, and tells the exit code', () => {
    const cause = new Error('inner')
    const error = new AppError('ERR_DISK', { doing: 'write' }, { cause })
    expect([error.message, error.name, error.code, error.details, error.cause]).toEqual(['ERR_DISK', 'AppError', 'ERR_DISK', { doing: 'write' }, cause]) // prettier-ignore
    expect((['ERR_INTERNAL', 'ERR_INPUT_INVALID', 'ERR_DISK', 'ERR_CANCELLED'] as const).map(exitCodeOf)).toEqual([1, 2, 3, 130]) // prettier-ignore
    expect(() => assertNever('x' as never)).toThrow(AppError)
  })

  test('is returned where it was expected', () => {
    expect([succeed(1), fail('no')]).toEqual([{ ok: true, value: 1 }, { ok: false, problem: 'no' }]) // prettier-ignore
  })
})

describe('a fingerprint', () => {
  const thumbprint = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'
  test('is eight words, the same for the same key, others for another', () => {
    const words = fingerprintWords(thumbprint)
    expect(words).toHaveLength(8)
    expect(fingerprintWords(thumbprint)).toEqual(words)
    expect(fingerprintWords(`A${thumbprint.slice(1)}`)[0]).not.toBe(words[0])
    expect(fingerprintWords('')).toEqual([])
  })

  test('has a word of its own for every byte', () => {
    const all = Array.from(
      { length: 256 },
      (_, byte) => fingerprintWords(Buffer.from([byte, 0, 0]).toString('base64url'))[0],
    )
    expect(new Set(all).size).toBe(256)
    expect(all.every((word) => /^[a-z]{3,9}$/.test(word ?? ''))).toBe(true)
  })
})

test('volumes round up, so that no parcel looks emptier than it is', () => {
  expect(volumeMm3([10, 20, 30])).toBe(6_000)
  expect([cm3FromMm3(0), cm3FromMm3(1), cm3FromMm3(1_000), cm3FromMm3(1_001)]).toEqual([0, 1, 1, 2])
})
