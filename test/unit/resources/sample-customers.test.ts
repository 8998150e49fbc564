import { describe, expect, test } from 'vitest'
import { couriers, customers, foldsOf, kilometres, number, postcodes, productBySku, products, shop, sidesOf, type Customer } from './sample-files.ts'

describe('the customers', () => {
  const near = customers.filter((customer) => customer.address.country === shop.country)
  const far = customers.filter((customer) => customer.address.country !== shop.country)

  test('are 40 account holders and 20 guests: 45 within 25 km, with coordinates, and 15 in many countries', () => {
    expect(customers.filter((customer) => customer.kind === 'account')).toHaveLength(40)
    expect(customers.filter((customer) => customer.kind === 'guest')).toHaveLength(20)
    expect(near).toHaveLength(45)
    expect(far).toHaveLength(15)
    expect(new Set(far.map((customer) => customer.address.country)).size).toBeGreaterThanOrEqual(10)
    const townByPostcode = new Map(postcodes.map((row) => [row.postcode, row.town]))
    for (const { address } of near) {
      expect(townByPostcode.get(address.postcode)).toBe(address.city)
      expect(kilometres(shop, { lat: address.lat ?? 0, lon: address.lon ?? 0 })).toBeLessThanOrEqual(25)
    }
  })

  test('can be reached nowhere: example domains, invented numbers, each once', () => {
    for (const column of ['email', 'phone', 'name'] as const) {
      expect(new Set(customers.map((customer) => customer[column])).size).toBe(60)
    }
    for (const { email, phone, address, name } of customers) {
      expect(email).toMatch(/^[a-z0-9.]+@example\.(com|net|org)$/)
      expect(phone).toMatch(/^\+(49 30 23125 \d{3}|33 6 39 98 \d\d \d\d|46 70 174 06 \d\d|1 \d{3} 555 01\d\d|\d{2,3} .*00.*)$/)
      expect(address.name).toBe(name)
      expect(address.country).toMatch(/^[A-Z]{2}$/)
    }
  })

  test('write their names and addresses in at least six scripts, and some with accents', () => {
    const written = customers.map(({ address }) => [address.name, ...address.lines, address.city].join(' '))
    const scripts = ['Latin', 'Greek', 'Cyrillic', 'Han', 'Hangul', 'Arabic', 'Hebrew', 'Thai', 'Devanagari']
    for (const script of scripts) {
      expect(written.some((line) => new RegExp(`\\p{Script=${script}}`, 'u').test(line)), script).toBe(true)
    }
    // Letters of Latin-1 Supplement and Latin Extended: what a font for English alone cannot print.
    expect(written.filter((line) => /[\u00c0-\u024f]/.test(line)).length).toBeGreaterThanOrEqual(10)
  })

  test('choose windows and services the shop has opened', () => {
    const windows = shop.windows.map((window) => `${window.fromSecond}-${window.toSecond}`)
    for (const customer of customers) {
      if (customer.window) expect(windows).toContain(`${customer.window.fromSecond}-${customer.window.toSecond}`)
      expect(shop.services.map((service) => service.code)).toContain(customer.service)
      expect(couriers.every((courier) => courier.service.includes(customer.service))).toBe(true)
    }
    expect(customers.filter((customer) => customer.window).length).toBeGreaterThanOrEqual(10)
  })

  test('want what the shop has: known products, one to fourteen lines, all together within stock', () => {
    const wanted = new Map<string, number>()
    for (const { basket } of customers) {
      expect(basket.length).toBeGreaterThanOrEqual(1)
      expect(basket.length).toBeLessThanOrEqual(14)
      expect(new Set(basket.map((line) => line.sku)).size).toBe(basket.length)
      for (const line of basket) wanted.set(line.sku, (wanted.get(line.sku) ?? 0) + line.quantity)
    }
    for (const [sku, quantity] of wanted) {
      expect(quantity, sku).toBeLessThanOrEqual(Number(productBySku.get(sku)?.stock ?? 0))
    }
    const several = customers.filter(({ basket }) => basket.reduce((sum, line) => sum + line.quantity, 0) >= 2)
    expect(several.length).toBeGreaterThanOrEqual(50)
  })

  test('bring every handling rule to the packing table, and send nothing abroad that must stay cold', () => {
    const contents = (customer: Customer): Record<string, string>[] =>
      customer.basket.map((line) => productBySku.get(line.sku) ?? {})
    const has = (customer: Customer, column: string, value: string): boolean =>
      contents(customer).some((row) => row[column] === value)
    const rules: Record<string, (customer: Customer) => boolean> = {
      fragile: (customer) => has(customer, 'fragile', 'true'),
      upright: (customer) => has(customer, 'orientation', 'upright'),
      flat: (customer) => has(customer, 'orientation', 'flat'),
      fixed: (customer) => has(customer, 'orientation', 'fixed'),
      alone: (customer) => has(customer, 'alone', 'true'),
      ownBox: (customer) => has(customer, 'own_box', 'true'),
      chilledWithAmbient: (customer) => has(customer, 'temperature', 'chilled') && has(customer, 'temperature', 'ambient'),
      frozen: (customer) => has(customer, 'temperature', 'frozen'),
      foodWithChemicals: (customer) => has(customer, 'class', 'food') && has(customer, 'class', 'chemicals'),
      dangerous: (customer) => contents(customer).some((row) => number(row, 'dangerous_g') > 0),
      long: (customer) => contents(customer).some((row) => number(row, 'length_mm') >= 1200),
      foldable: (customer) => contents(customer).some((row) => foldsOf(row).length > 0),
      unmeasured: (customer) => contents(customer).some((row) => !sidesOf(row)),
      several: (customer) => customer.basket.some((line) => line.quantity > 1),
    }
    for (const [rule, applies] of Object.entries(rules)) expect(customers.some(applies), rule).toBe(true)
    for (const customer of far) {
      expect(contents(customer).every((row) => row.temperature === 'ambient' && row.dangerous_g === '')).toBe(true)
    }
  })

  test('have names and streets that no product is called, so that a leak onto the selection side shows', () => {
    const words = new Set(products.flatMap((row) => `${row.name} ${row.description}`.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []))
    for (const { address } of customers) {
      const own = [address.name, ...address.lines].join(' ').toLowerCase().match(/[\p{L}\p{M}]{4,}/gu) ?? []
      expect(own.filter((word) => words.has(word)), address.country).toEqual([])
    }
  })
})
