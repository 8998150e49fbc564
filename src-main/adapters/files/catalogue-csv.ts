import { isGtin } from '../../kernel/ids.ts'
import type { Size } from '../../kernel/units.ts'
import type { Carton } from '../../domain/carton.ts'
import type { Handling, Product } from '../../domain/catalogue.ts'
import type { Imported, ImportedCarton, ImportedProduct, ImportProblem, StockedPlace } from '../../ports/imports.ts'
import { readCsv, RowReader, type CsvRow } from './csv.ts'

/** Longer than any shelf and heavier than any pallet: a measure above is a slip of the unit. */
const longestMm = 20_000
const heaviestG = 2_000_000

export function readProducts(bytes: Uint8Array, defaults: { readonly currency: string }): Imported<ImportedProduct> {
  const csvRows = readCsv(bytes, ['sku', 'name', 'price_minor'])
  const hasStock = 'locations' in (csvRows[0]?.cells ?? {})
  const rows: ImportedProduct[] = []
  const problems: ImportProblem[] = []
  const lineBySku = new Map<string, number>()
  for (const csvRow of csvRows) {
    const read = new RowReader(csvRow)
    const product = productOf(read, defaults.currency)
    const stock = hasStock ? stockOf(read, product.sku) : undefined
    if (lineBySku.has(product.sku)) read.wrong('sku', `twice-first-on-line-${lineBySku.get(product.sku) ?? 0}`)
    lineBySku.set(product.sku, csvRow.line)
    if (read.problems.length > 0) problems.push(...read.problems)
    else rows.push({ line: csvRow.line, product, stock })
  }
  return { rows, problems }
}

function productOf(read: RowReader, currency: string): Product {
  const gtin = read.text('gtin')
  if (gtin !== undefined && !isGtin(gtin)) read.wrong('gtin', 'check-digit')
  const sizeMm = sizeOf(read)
  const weightG = read.whole('weight_g', 1)
  if (weightG !== undefined && weightG > heaviestG) read.wrong('weight_g', `at-most-${heaviestG}`)
  return {
    sku: read.required('sku'),
    ...(gtin !== undefined ? { gtin } : {}),
    name: read.required('name'),
    description: read.text('description') ?? '',
    category: read.text('category') ?? '',
    priceMinor: read.requiredWhole('price_minor'),
    currency: read.text('currency') ?? currency,
    taxRate: read.decimal('tax_rate', { min: 0, max: 100 }) ?? 0,
    ...(sizeMm ? { sizeMm } : {}),
    ...optional('volumeCm3', read.whole('volume_cm3', 1)),
    ...optional('weightG', weightG),
    measuresFrom: 'staff',
    handling: handlingOf(read),
    active: true,
  }
}

const optional = <Name extends string>(name: Name, value: number | undefined): { readonly [key in Name]?: number } =>
  // A computed key widens to string; the object has exactly this one key.
  (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: number }

function sizeOf(read: RowReader): Size | undefined {
  const columns = ['length_mm', 'width_mm', 'height_mm'] as const
  const sides = columns.map((column) => read.whole(column, 1))
  for (const [index, side] of sides.entries())
    if (side !== undefined && side > longestMm) read.wrong(columns[index] ?? '', `at-most-${longestMm}`)
  const [length, width, height] = sides
  if (length !== undefined && width !== undefined && height !== undefined) return [length, width, height]
  if (sides.some((side) => side !== undefined)) {
    const absent = columns.find((column) => read.text(column) === undefined)
    if (absent !== undefined) read.wrong(absent, 'missing-beside-other-sides')
  }
  return undefined
}

function handlingOf(read: RowReader): Handling {
  const goodsClass = read.text('class')
  return {
    orientation: read.oneOf('orientation', ['any', 'upright', 'flat', 'fixed'], 'any'),
    ...optional('maxLoadG', read.whole('max_load_g')),
    ...(goodsClass !== undefined ? { class: goodsClass } : {}),
    temperature: read.oneOf('temperature', ['ambient', 'chilled', 'frozen'], 'ambient'),
    alone: read.truth('alone'),
    ownBox: read.truth('own_box'),
    fragile: read.truth('fragile'),
    dangerousG: read.whole('dangerous_g') ?? 0,
    foldedMm: foldedOf(read),
  }
}

/** `240x80x30;300x200x15` */
function foldedOf(read: RowReader): readonly Size[] {
  const sizes: Size[] = []
  for (const part of read.text('folded_mm')?.split(';') ?? []) {
    const match = /^(\d{1,5})x(\d{1,5})x(\d{1,5})$/.exec(part.trim())
    const [length, width, height] = (match?.slice(1) ?? []).map(Number)
    if (length && width && height) sizes.push([length, width, height])
    else read.wrong('folded_mm', 'like-240x80x30')
  }
  return sizes
}

/** `A-03-07-2-1:24;B-01-02-1-3:12@L2410=2027-03-15` */
function stockOf(read: RowReader, sku: string): readonly StockedPlace[] {
  const places: StockedPlace[] = []
  for (const part of read.text('locations')?.split(';') ?? []) {
    const match = /^([^:@=]+):(\d{1,9})(?:@([^=]+)(?:=(\d{4}-\d{2}-\d{2}))?)?$/.exec(part.trim())
    const [, location, quantity, lot, bestBefore] = match ?? []
    const isTwice = places.some((place) => place.location === location && place.lot === lot)
    if (location === undefined || quantity === undefined || !isDay(bestBefore))
      read.wrong('locations', 'like-A-03-07-2-1:24@LOT=2027-03-15')
    else if (isTwice) read.wrong('locations', `twice-${location}`)
    else
      places.push({
        sku,
        location,
        quantity: Number(quantity),
        ...(lot !== undefined ? { lot } : {}),
        ...(bestBefore !== undefined ? { bestBefore } : {}),
      })
  }
  const total = read.whole('stock')
  const sum = places.reduce((all, place) => all + place.quantity, 0)
  if (total !== undefined && total !== sum) read.wrong('stock', `sum-of-locations-is-${sum}`)
  return places
}

const isDay = (text: string | undefined): boolean =>
  text === undefined || new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true

export function readCartons(bytes: Uint8Array): Imported<ImportedCarton> {
  const rows: ImportedCarton[] = []
  const problems: ImportProblem[] = []
  const lineByCode = new Map<string, number>()
  // Without its stock a new carton would count as none left, and no order could be planned.
  for (const csvRow of readCsv(bytes, ['code', 'inner_l_mm', 'inner_w_mm', 'inner_h_mm', 'max_gross_g', 'stock'])) {
    const read = new RowReader(csvRow)
    const carton = cartonOf(read)
    const stock = read.whole('stock')
    if (lineByCode.has(carton.code)) read.wrong('code', `twice-first-on-line-${lineByCode.get(carton.code) ?? 0}`)
    lineByCode.set(carton.code, csvRow.line)
    if (read.problems.length > 0) problems.push(...read.problems)
    else rows.push({ line: csvRow.line, carton, stock })
  }
  return { rows, problems }
}

function cartonOf(read: RowReader): Carton {
  const innerMm = sides(read, 'inner') ?? [0, 0, 0]
  const outerMm = sides(read, 'outer') ?? innerMm
  for (const axis of [0, 1, 2] as const)
    if (outerMm[axis] < innerMm[axis]) read.wrong('outer_l_mm', 'not-smaller-than-inner')
  if (innerMm[0] === 0) read.wrong('inner_l_mm', 'missing')
  return {
    code: read.required('code'),
    name: read.text('name') ?? read.text('code') ?? '',
    innerMm,
    outerMm,
    tareG: read.whole('tare_g') ?? 0,
    maxGrossG: read.requiredWhole('max_gross_g', 1),
    ...optional('maxVolumeCm3', read.whole('max_volume_cm3', 1)),
    costMinor: read.whole('cost_minor') ?? 0,
    insulated: read.truth('insulated'),
    paddingMm: read.whole('padding_mm') ?? 0,
    coolantMm3: read.whole('coolant_mm3') ?? 0,
    coolantG: read.whole('coolant_g') ?? 0,
  }
}

function sides(read: RowReader, of: 'inner' | 'outer'): Size | undefined {
  const [length, width, height] = (['l', 'w', 'h'] as const).map((axis) => read.whole(`${of}_${axis}_mm`, 1))
  return length !== undefined && width !== undefined && height !== undefined ? [length, width, height] : undefined
}

export type { CsvRow }
