import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { readCatalogueFile } from '../../../src-storefront/catalogue-file.ts'
import { configurationSchema } from '../../../src-storefront/configuration.ts'
import { tryLimit } from '../../../src-storefront/customer/try-limit.ts'
import { Refusal } from '../../../src-storefront/refusal.ts'
import { loadKeys } from '../../../src-storefront/sealing/key-file.ts'
import { emailIndex, seal, unseal } from '../../../src-storefront/sealing/seal.ts'
import { containedTax, totalsOf } from '../../../src-storefront/shop/money.ts'
import { isCompleted, progressOf } from '../../../src-storefront/shop/progress.ts'
import { shippingPrice } from '../../../src-storefront/shop/shipping.ts'
import { openWindows } from '../../../src-storefront/shop/windows.ts'

describe('prices', () => {
  test('tax is the part contained in the gross price, rounded once per rate', () => {
    expect([
      containedTax(11_900, '19'),
      containedTax(107, '7'),
      containedTax(1075, '7.5'),
      containedTax(500, '0'),
    ]).toEqual([1900, 7, 75, 0])
  })

  test('goods and shipping add up to the total, and shipping is taxed like most of the goods', () => {
    const lines = [
      { quantity: 2, unitPriceMinor: 107, taxRate: '7' },
      { quantity: 1, unitPriceMinor: 119, taxRate: '19' },
    ]
    expect(totalsOf(lines, 107)).toEqual({ goodsMinor: 333, shippingMinor: 107, taxMinor: 21 + 19, totalMinor: 440 })
  })

  test('each parcel pays the row of its weight, express pays per parcel, collecting is free', () => {
    const configuration = configurationSchema.parse({})
    const price = (service: 'standard' | 'express' | 'collect', country: string) =>
      shippingPrice(configuration, [500, 9000, 90_000], { service, country })
    expect(price('standard', 'DE')).toBe(399 + 549 + 899)
    expect(price('express', 'DE')).toBe(399 + 549 + 899 + 3 * 400)
    expect(price('standard', 'JP')).toBe(1299 + 2 * 2499)
    expect(price('collect', 'JP')).toBe(0)
    const [home] = configuration.shipping
    expect(
      shippingPrice({ ...configuration, shipping: home ? [home] : [] }, [1], { service: 'standard', country: 'JP' }),
    ).toBeUndefined()
  })
})

describe('delivery windows', () => {
  const configuration = configurationSchema.parse({
    windows: { daysAhead: 2, leadHours: 2, slots: [{ weekdays: [6, 7], from: '09:00', to: '12:00' }] },
  })

  test('are instants on the shop’s clock, also across a clock change', () => {
    // Saturday 24 October 2026, 12:00 UTC; on Sunday at 03:00 Berlin goes back to winter time.
    const windows = openWindows(configuration, Date.UTC(2026, 9, 24, 4))
    expect(windows.map(({ from }) => new Date(from).toISOString())).toEqual([
      '2026-10-24T07:00:00.000Z',
      '2026-10-25T08:00:00.000Z',
    ])
  })

  test('are offered until the lead time before they begin', () => {
    expect(openWindows(configuration, Date.UTC(2026, 9, 24, 5, 1))).toHaveLength(1)
  })
})

describe('progress', () => {
  const word = (kind: Parameters<typeof progressOf>[1]['kind'], sequence = 0) => ({ kind, sequence })

  test('is the least advanced living parcel, and says when they differ', () => {
    expect(progressOf([word('packed'), word('picking'), word('cancelled')], word('planned'))).toEqual({
      status: 'picking',
      isPartly: true,
    })
    expect(progressOf([word('delivered'), word('delivered')], word('planned'))).toEqual({
      status: 'delivered',
      isPartly: false,
    })
  })

  test('is the last word about the order where no parcel lives', () => {
    expect(progressOf([], word('received')).status).toBe('received')
    expect(progressOf([word('cancelled', 2)], word('received', 3)).status).toBe('received')
    expect(progressOf([word('planned', 1)], word('on-hold', 2)).status).toBe('on-hold')
    expect(progressOf([word('packed', 3)], word('on-hold', 2)).status).toBe('packed')
  })

  test('an order is complete when each parcel has ended and one of them arrived', () => {
    expect(isCompleted(['delivered', 'cancelled'])).toBe(true)
    expect(isCompleted(['delivered', 'failed'])).toBe(false)
    expect(isCompleted(['cancelled'])).toBe(false)
  })
})

describe('sealing', () => {
  const keys = loadKeys(mkdtempSync(join(tmpdir(), 'sealing-')), true)

  test('opens for its owner’s row only, and not after a change', () => {
    const row = seal(keys, 'o-1', { name: 'Ada' })
    expect(unseal(keys, 'o-1', row)).toEqual({ name: 'Ada' })
    expect(() => unseal(keys, 'o-2', row)).toThrow()
    const changed = Buffer.from(row.sealed)
    changed[15] = (changed[15] ?? 0) ^ 1
    expect(() => unseal(keys, 'o-1', { ...row, sealed: changed })).toThrow()
    expect(() => unseal({ ...keys, wrapping: Buffer.alloc(32, 9) }, 'o-1', row)).toThrow()
  })

  test('finds an e-mail address however it is written, without holding it', () => {
    expect(emailIndex(keys, ' Ada@Example.org')).toBe(emailIndex(keys, 'ada@example.org'))
    expect(emailIndex(keys, 'ada@example.org')).not.toBe(emailIndex(keys, 'bob@example.org'))
  })
})

describe('tries', () => {
  test('are forgiven one window after the first, or at success', () => {
    let now = 0
    const limit = tryLimit({ now: () => now }, { tries: 2, windowMs: 1000 })
    limit.count('a')
    limit.count('a')
    expect(() => limit.check('a')).toThrow(Refusal)
    expect(() => limit.check('b')).not.toThrow()
    now = 1001
    expect(() => limit.check('a')).not.toThrow()
    limit.count('a')
    limit.count('a')
    limit.forgive('a')
    expect(() => limit.check('a')).not.toThrow()
  })
})

describe('the catalogue file', () => {
  const read = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'catalogue-')), 'c.csv')
    writeFileSync(file, text)
    return readCatalogueFile(file, 'EUR')
  }
  const problemsOf = (text: string) => {
    try {
      read(text)
    } catch (error) {
      if (error instanceof AppError) return { code: error.code, problems: error.details['problems'] }
    }
    return undefined
  }

  test('reads empty as absent, and folded sizes and axes as lists', () => {
    const [product] = read(
      '\uFEFFsku,name,price_minor,length_mm,width_mm,height_mm,weight_g,orientation,alone,folded_mm,stock\r\nA,"Rug, red",100,1,2,3,,l h,true,240x80x30;10x20x30,\r\n',
    )
    expect(product).toMatchObject({
      name: 'Rug, red',
      sizeMm: [1, 2, 3],
      weightG: undefined,
      stock: 0,
      handling: {
        orientation: ['l', 'h'],
        alone: true,
        foldedMm: [
          [240, 80, 30],
          [10, 20, 30],
        ],
      },
    })
    expect(product?.handling.fragile).toBeUndefined()
  })

  test('names line and column of everything that is wrong', () => {
    expect(
      problemsOf('sku,name,price_minor,weight_g,temperature\nA,Tea,100,5,hot\nB,,100,5,\nA,Tea,1.5,-5,\nA,Tea,1,,\n'),
    ).toMatchObject({
      code: 'ERR_CSV_INVALID',
      problems: [
        { line: 2, column: 'temperature' },
        { line: 3, column: 'name' },
        { line: 4, column: 'price_minor' },
        { line: 4, column: 'weight_g' },
      ],
    })
    expect(problemsOf('sku,name\n"A')).toMatchObject({ code: 'ERR_CSV_INVALID' })
    expect(problemsOf('sku,name,price_minor,currency\nA,Tea,1,USD\n')).toMatchObject({
      problems: [{ column: 'currency' }],
    })
    expect(problemsOf('sku,name,price_minor\nA,Tea,1\nA,Tea,1\n')).toMatchObject({
      problems: [{ line: 3, column: 'sku' }],
    })
  })
})

test('a catalogue with semicolons, as spreadsheets of many countries write it, reads like one with commas', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'))
  const read = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return readCatalogueFile(join(folder, name), 'EUR')
  }
  expect(read('a.csv', 'sku;name;price_minor\nMUG;"Becher; blau, groß";900\n')).toEqual(
    read('b.csv', 'sku,name,price_minor\nMUG,"Becher; blau, groß",900\n'),
  )
})
