import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measuredOf, moneyOf } from '../../../src-main/adapters/storefronts/woocommerce/amounts.ts'
import { apiKeyOf } from '../../../src-main/adapters/storefronts/woocommerce/api-key.ts'
import { skuOfUnit } from '../../../src-main/adapters/storefronts/woocommerce/catalogue.ts'
import { serviceOf, windowOf } from '../../../src-main/adapters/storefronts/woocommerce/delivery-wishes.ts'
import { idSetOf, idSetText } from '../../../src-main/adapters/storefronts/woocommerce/id-set.ts'
import { jsonAnswer } from '../../../src-main/adapters/storefronts/woocommerce/json-answer.ts'
import { routeUrl, shopAddress } from '../../../src-main/adapters/storefronts/woocommerce/shop-address.ts'
import { instantIn } from '../../../src-main/adapters/storefronts/woocommerce/shop-time.ts'
import { turnstile } from '../../../src-main/adapters/storefronts/woocommerce/turnstile.ts'
import { wireProduct } from '../../../src-main/adapters/storefronts/woocommerce/wire.ts'

describe('an address', () => {
  test.each([
    ['https://shop.example', 'https://shop.example/'],
    [' https://shop.example/ ', 'https://shop.example/'],
    ['https://shop.example/tea/', 'https://shop.example/tea/'],
    ['https://shop.example/tea/wp-json/wc/v3/orders?x=1', 'https://shop.example/tea/'],
    ['https://shop.example/wp-admin/admin.php?page=wc-settings', 'https://shop.example/'],
    ['https://shop.example/index.php?rest_route=/wc/v3', 'https://shop.example/'],
    ['http://127.0.0.1:8081/wp-json/', 'http://127.0.0.1:8081/'],
  ])('%s is the shop at %s', (typed, base) => expect(shopAddress(typed).href).toBe(base))

  test.each(['shop', 'ftp://shop.example', 'javascript:alert(1)', 'https://ck_1:cs_1@shop.example'])(
    '%s is refused with what is wanted',
    (typed) => expect(() => shopAddress(typed)).toThrowError('ERR_INPUT_INVALID'),
  )

  test('has two forms of route, and both name the interface in clear', () => {
    const base = shopAddress('https://shop.example/tea')
    expect(routeUrl(base, 'pretty', 'wc/v3/orders').href).toBe('https://shop.example/tea/wp-json/wc/v3/orders')
    const plain = routeUrl(base, 'plain', 'wc/v3/orders').href
    expect(plain).toBe('https://shop.example/tea/?rest_route=/wc/v3/orders&_via=wp-json/wc/')
  })
})

describe('a key', () => {
  test('is read as it is copied, and its form is named when it is something else', () => {
    const pair = { key: 'ck_12345678', secret: 'cs_12345678' }
    expect(apiKeyOf('ck_12345678:cs_12345678')).toEqual(pair)
    expect(apiKeyOf(' ck_12345678\n cs_12345678 ')).toEqual(pair)
    for (const wrong of ['', 'ck_12345678', 'cs_12345678:ck_12345678', 'bearer']) {
      expect(() => apiKeyOf(wrong)).toThrowError('ERR_INPUT_INVALID')
    }
  })
})

describe('an answer', () => {
  test('is read behind a byte order mark and behind notices of PHP', () => {
    expect(jsonAnswer('\uFEFF[1]')).toEqual({ value: [1] })
    expect(jsonAnswer('<br />\n<b>Warning</b>: [x] in /srv/a.php on line 3<br />\n{"a":null,"b":2}')).toEqual({ value: { b: 2 } }) // prettier-ignore
  })

  test('that is cut, a page, or nested without end is none', () => {
    for (const text of ['', '[1,', '<html>[1]</html>', '{"a":1}<br>', '['.repeat(200) + ']'.repeat(200)]) {
      expect(jsonAnswer(text)).toBeUndefined()
    }
  })
})

describe('amounts', () => {
  test('are rounded to what the currency has', () => {
    expect(moneyOf('3.803361', 'EUR').minor).toBe(380)
    expect(moneyOf('3.805', 'EUR').minor).toBe(381)
    expect(moneyOf('-2.5', 'EUR').minor).toBe(-250)
    expect(moneyOf('1290', 'JPY').minor).toBe(1290)
    expect(moneyOf('1290.50', 'JPY').minor).toBe(1291)
    expect(moneyOf('', 'EUR').minor).toBe(0)
    expect(moneyOf('-0.00', 'EUR').minor).toBe(0)
  })

  test('say that nobody measured by nothing and by zero; 035 is believed', () => {
    expect(['', '0', '0.00', undefined, 'n/a', '-3'].map(measuredOf)).toEqual(Array(6).fill(undefined))
    expect(['035', '0.25', '.5'].map(measuredOf)).toEqual([35, 0.25, 0.5])
  })
})

test('a set of ids survives the way into a cursor and back', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 3000 })), (ids) => {
      expect([...idSetOf(idSetText(ids))]).toEqual([...ids].sort((a, b) => a - b))
    }),
    { seed: 7 },
  )
  const row = Array.from({ length: 5000 }, (_, index) => index + 17)
  expect(idSetText(row).length).toBeLessThan(10)
})

describe('a delivery window', () => {
  const berlin = 'Europe/Berlin'
  test('is found where known plugins keep it, on the shop’s wall clock', () => {
    const meta = [
      { key: 'delivery_date', value: '2026-12-01' },
      { key: 'delivery_time', value: '02:00 PM - 4:30 PM' },
    ]
    expect(windowOf(meta, berlin)).toEqual({ from: Date.UTC(2026, 11, 1, 13), to: Date.UTC(2026, 11, 1, 15, 30) })
    expect(windowOf([{ key: 'jckwds_date_ymd', value: '20261201' }], 'Asia/Tokyo')).toEqual({
      from: Date.UTC(2026, 10, 30, 23),
      to: Date.UTC(2026, 11, 1, 11),
    })
    expect(windowOf([{ key: 'delivery_date', value: 'as soon as you can' }], berlin)).toBeUndefined()
  })

  test('is right on both sides of a change of clocks', () => {
    const day = { year: 2026, month: 10, day: 25 }
    expect(instantIn(berlin, day, 1 * 3600)).toBe(Date.UTC(2026, 9, 24, 23))
    expect(instantIn(berlin, day, 10 * 3600)).toBe(Date.UTC(2026, 9, 25, 9))
  })

  test('and the service comes from the shipping method', () => {
    const by = (method_id: string, method_title: string) => serviceOf({ shipping_lines: [{ method_id, method_title }] })
    expect(by('local_pickup', 'Abholung')).toBe('collect')
    expect(by('pickup_location', 'Our shop')).toBe('collect')
    expect(by('flat_rate', 'Express (24 h)')).toBe('express')
    expect(by('free_shipping', 'Free')).toBe('standard')
  })
})

test('a SKU belongs to the sellable unit with the lowest id; everybody else goes by an id', () => {
  const stored = [
    { id: 5, type: 'variable', sku: 'SHIRT' },
    { id: 9, type: 'simple', sku: 'CUP' },
    { id: 12, type: 'variation', sku: 'CUP' },
  ].map((product) => wireProduct.parse(product))
  expect(skuOfUnit({ id: 9, sku: 'CUP' }, stored)).toBe('CUP')
  expect(skuOfUnit({ id: 12, sku: 'CUP' }, stored)).toBe('woo-12')
  expect(skuOfUnit({ id: 6, sku: 'SHIRT' }, stored)).toBe('woo-6')
  expect(skuOfUnit({ id: 7, sku: '' }, stored)).toBe('woo-7')
  expect(skuOfUnit({ id: 8, sku: 'A,B' }, stored)).toBe('woo-8')
  expect(skuOfUnit({ id: 4, sku: 'IN-THE-BIN' }, stored)).toBe('IN-THE-BIN')
})

test('a turnstile lets two in at once, in the order in which they came', async () => {
  const enter = turnstile(2)
  const seen: number[] = []
  let [inside, most] = [0, 0]
  const action = (name: number) => async () => {
    inside += 1
    most = Math.max(most, inside)
    seen.push(name)
    await Promise.resolve()
    await Promise.resolve()
    inside -= 1
    if (name === 2) throw new Error('one that fails frees its place')
  }
  const all = await Promise.allSettled([1, 2, 3, 4, 5].map((name) => enter(action(name))))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(seen).toEqual([1, 2, 3, 4, 5])
  expect(most).toBe(2)
})
