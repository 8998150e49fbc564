import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isOnFloor } from '../../../src-main/domain/floor.ts'
import { isGtin } from '../../../src-main/kernel/ids.ts'
import { carries, cartons, couriers, fits, floor, folder, foldsOf, kilometres, number, placesOf, postcodes, products, shop, sidesOf, text, volumeCm3 } from './sample-files.ts'

describe('the catalogue', () => {
  test('holds at least 420 products of every kind a general shop sells, each once', () => {
    expect(products.length).toBeGreaterThanOrEqual(420)
    for (const column of ['sku', 'gtin', 'name', 'description']) {
      expect(new Set(products.map((row) => row[column])).size).toBe(products.length)
    }
    expect(new Set(products.map((row) => row.category)).size).toBeGreaterThanOrEqual(15)
    expect(products.filter((row) => row.temperature === 'chilled').length).toBeGreaterThanOrEqual(25)
    expect(products.filter((row) => row.temperature === 'frozen').length).toBeGreaterThanOrEqual(25)
    expect(products.filter((row) => row.own_box === 'true').length).toBeGreaterThanOrEqual(8)
    expect(products.filter((row) => row.alone === 'true').length).toBeGreaterThanOrEqual(3)
    expect(products.filter((row) => foldsOf(row).length > 0).length).toBeGreaterThanOrEqual(15)
    const long = products.filter((row) => number(row, 'length_mm') >= 1200 && row.own_box !== 'true')
    expect(long.length).toBeGreaterThanOrEqual(8)
  })

  test('has GTINs of the internal-use range with right check digits, and short codes as SKUs', () => {
    expect(products.filter((row) => !/^2\d{12}$/.test(row.gtin ?? '') || !isGtin(row.gtin ?? ''))).toEqual([])
    expect(products.filter((row) => !/^[A-Z]{2}-\d{4}$/.test(row.sku ?? ''))).toEqual([])
  })

  test('keeps to the words and numbers of its columns', () => {
    for (const row of products) {
      expect(['any', 'upright', 'flat', 'fixed', '']).toContain(row.orientation)
      expect(['ambient', 'chilled', 'frozen']).toContain(row.temperature)
      for (const column of ['alone', 'own_box', 'fragile']) expect(['true', 'false']).toContain(row[column])
      for (const column of ['price_minor', 'weight_g', 'stock', 'tax_rate']) expect(row[column]).toMatch(/^[1-9]\d*$/)
      for (const column of ['length_mm', 'width_mm', 'height_mm', 'volume_cm3', 'max_load_g', 'dangerous_g']) {
        expect(row[column]).toMatch(/^(0|[1-9]\d*)?$/)
      }
      expect(row.folded_mm).toMatch(/^(\d+x\d+x\d+(;\d+x\d+x\d+)*)?$/)
      expect(row.class).toMatch(/^[a-z]+$/)
      expect(row.currency).toBe('EUR')
      if (row.fragile === 'true') expect(row.max_load_g).toBe('0')
      expect(number(row, 'dangerous_g')).toBeLessThanOrEqual(number(row, 'weight_g'))
    }
  })

  test('has true-to-life sizes: nothing lighter than down or heavier than iron', () => {
    for (const row of products) {
      const density = number(row, 'weight_g') / volumeCm3(row)
      expect(density, row.sku).toBeGreaterThan(0.02)
      expect(density, row.sku).toBeLessThan(12)
      const sides = sidesOf(row)
      if (!sides) continue
      expect(Math.min(...sides), row.sku).toBeGreaterThan(0)
      const boxCm3 = (sides[0] * sides[1] * sides[2]) / 1000
      expect(volumeCm3(row), row.sku).toBeLessThanOrEqual(boxCm3)
      for (const [l, w, h] of foldsOf(row)) {
        expect((l * w * h) / 1000 / boxCm3, row.sku).toBeGreaterThan(0.6)
        expect((l * w * h) / 1000 / boxCm3, row.sku).toBeLessThan(1.4)
      }
    }
    const unmeasured = products.filter((row) => !sidesOf(row))
    expect(unmeasured.length).toBeGreaterThanOrEqual(3)
    expect(unmeasured.length).toBeLessThanOrEqual(6)
    expect(unmeasured.every((row) => Number(row.volume_cm3) > 0)).toBe(true)
  })

  test('fits: every product goes into a carton, or is its own box within a van', () => {
    const homeless = products.filter((row) => row.own_box !== 'true' && !cartons.some((carton) => fits(row, carton)))
    expect(homeless.map((row) => row.sku)).toEqual([])
    const vans = couriers.filter((courier) => courier.kind === 'van')
    for (const row of products.filter((product) => product.own_box === 'true')) {
      const sides = sidesOf(row)
      expect(sides && vans.every((van) => carries(van, sides, number(row, 'weight_g'))), row.sku).toBe(true)
    }
  })

  test('has names in at least a dozen other letters than plain ones', () => {
    // eslint-disable-next-line no-control-regex -- plain ASCII is exactly what is meant
    const special = products.filter((row) => !/^[\x00-\x7f]*$/.test(row.name ?? ''))
    expect(special.length).toBeGreaterThanOrEqual(12)
    const all = special.map((row) => row.name).join(' ')
    for (const script of ['Greek', 'Cyrillic', 'Han', 'Hiragana', 'Hangul', 'Arabic']) {
      expect(all).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'))
    }
  })
})

describe('the floor', () => {
  const locationByCode = new Map(floor.locations.map((location) => [location.code, location]))

  test('has two blocks and ten to twelve aisles, and everything lies on it', () => {
    expect(floor.crossY).toHaveLength(3)
    expect(floor.aisleX.length).toBeGreaterThanOrEqual(10)
    expect(floor.aisleX.length).toBeLessThanOrEqual(12)
    for (const line of [floor.aisleX, floor.crossY]) expect(line).toEqual(line.toSorted((a, b) => a - b))
    expect(locationByCode.size).toBe(floor.locations.length)
    for (const place of [floor.depot, floor.packingTable]) expect(isOnFloor(floor, place)).toBe(true)
    for (const { code, place, side, shelf } of floor.locations) {
      expect(isOnFloor(floor, place), code).toBe(true)
      const [zone = '', aisle, bay, shelfInCode] = code.split('-')
      expect(Number(aisle) - 1, code).toBe(place[0])
      expect(side, code).toBe(Number(bay) % 2 === 1 ? 'L' : 'R')
      expect(Number(shelfInCode), code).toBe(shelf)
      expect(floor.zones[zone]?.aisles, code).toContain(place[0])
    }
  })

  test('has a place for the whole stock, one product to a place, and empty places beside', () => {
    const used = new Set<string>()
    for (const row of products) {
      const places = placesOf(row)
      expect(places.length, row.sku).toBeGreaterThanOrEqual(1)
      expect(places.length, row.sku).toBeLessThanOrEqual(3)
      expect(places.reduce((sum, place) => sum + place.quantity, 0), row.sku).toBe(number(row, 'stock'))
      for (const place of places) {
        expect(place.quantity).toBeGreaterThan(0)
        expect(locationByCode.has(place.code), place.code).toBe(true)
        expect(used.has(place.code), place.code).toBe(false)
        used.add(place.code)
        expect(floor.zones[place.code.charAt(0)]?.temperature, row.sku).toBe(row.temperature)
      }
    }
    expect(used.size).toBeLessThan(floor.locations.length)
    const lots = products.flatMap(placesOf).filter((place) => place.lot)
    expect(lots.length).toBeGreaterThanOrEqual(10)
    for (const place of lots) {
      expect(new Date(`${place.bestBefore}T00:00:00Z`).toISOString()).toBe(`${place.bestBefore}T00:00:00.000Z`)
    }
  })

  test('holds enough: 10 to 120 pieces of most products, and a few scarce ones', () => {
    const scarce = products.filter((row) => number(row, 'stock') <= 3)
    expect(scarce.length).toBeGreaterThanOrEqual(3)
    const rest = products.filter((row) => number(row, 'stock') > 3).map((row) => number(row, 'stock'))
    expect(Math.min(...rest)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...rest)).toBeLessThanOrEqual(120)
  })
})

describe('cartons, couriers, shop', () => {
  test('there are thirteen cartons, two of them insulated and one long, and every courier takes each', () => {
    expect(cartons).toHaveLength(13)
    expect(new Set(cartons.map((carton) => carton.code)).size).toBe(13)
    expect(cartons.filter((carton) => carton.row.insulated === 'true')).toHaveLength(2)
    expect(cartons.filter((carton) => carton.inner[0] >= 1450)).toHaveLength(1)
    for (const carton of cartons) {
      expect(carton.outer.every((side, axis) => side > (carton.inner[axis] ?? 0)), carton.code).toBe(true)
      const [l, w, h] = carton.inner
      expect(number(carton.row, 'max_volume_cm3') * 1000, carton.code).toBeLessThanOrEqual(l * w * h)
      expect(number(carton.row, 'stock'), carton.code).toBeGreaterThan(0)
      for (const courier of couriers) {
        expect(carries(courier, carton.outer, number(carton.row, 'max_gross_g')), carton.code).toBe(true)
      }
    }
  })

  test('two vans share the region by postcode area and one parcel carrier takes the rest of the world', () => {
    expect(couriers.map((courier) => courier.kind).toSorted()).toEqual(['parcel-carrier', 'van', 'van'])
    const vans = couriers.filter((courier) => courier.kind === 'van')
    for (const { postcode = '' } of postcodes) {
      const takers = vans.filter((van) => van.postcodePrefixes.some((prefix) => postcode.startsWith(prefix)))
      expect(takers, postcode).toHaveLength(1)
    }
    for (const courier of couriers) {
      expect(courier.collection).toMatch(/^\d\d:\d\d$/)
      expect(courier.routing.length).toBeGreaterThan(0)
      const last = courier.tariff.at(-1)
      expect(last?.maxGrossG).toBe(courier.limits.maxGrossG)
      const prices = courier.tariff.map((row) => row.priceMinor)
      expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    }
  })

  test('the region has thirty or more towns within thirty kilometres of the shop', () => {
    expect(postcodes.length).toBeGreaterThanOrEqual(30)
    expect(new Set(postcodes.map((row) => row.postcode)).size).toBe(postcodes.length)
    expect(postcodes.map((row) => row.postcode)).toContain(shop.postcode)
    for (const row of postcodes) {
      expect(kilometres(shop, { lat: Number(row.lat), lon: Number(row.lon) }), row.town).toBeLessThanOrEqual(30)
      expect(Number(row.accuracy_m)).toBeGreaterThan(0)
    }
  })

  test('the shop keeps food and chemicals apart and has staff of every role, without PINs', () => {
    expect(shop.rules.keepApart).toContainEqual(['food', 'chemicals'])
    expect(new Set(shop.staff.map((person) => person.role))).toEqual(new Set(['manager', 'packer', 'picker']))
    expect(text('shop.json')).not.toMatch(/pin|password|secret/i)
  })
})

test('all files are UTF-8 text with LF line ends and a last line end', () => {
  const names = ['catalogue.csv', 'cartons.csv', 'floor.json', 'couriers.json', 'postcodes.csv', 'shop.json', 'customers.json', 'README.md']
  for (const name of names) {
    const bytes = readFileSync(new URL(name, folder))
    expect(bytes.includes(0x0d), name).toBe(false)
    expect(bytes.at(-1), name).toBe(0x0a)
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow()
  }
})
