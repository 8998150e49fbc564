import type { Size } from '../../kernel/units.ts'
import type { Handling, Orientation, Temperature } from '../../domain/catalogue.ts'
import type {
  Imported,
  ImportedProduct,
  ImportProblem,
  ProductPatch,
  ReadDefaults,
  Table,
  TableReading,
  TableRow,
} from '../../ports/imports.ts'
import { productFields } from './column-names.ts'
import { readGtin } from './gtin-cell.ts'
import { columnPlan, RowCells, type ColumnPlan } from './row-cells.ts'
import { stockOf } from './stock-cells.ts'
import { decideColumns } from './table-columns.ts'
import { withoutMarkup } from './without-markup.ts'

/** Longer than any shelf and heavier than any pallet: a measure above is a slip of the unit. */
const longestMm = 20_000
const heaviestG = 2_000_000
const largestCm3 = 50_000_000

interface Reading extends ReadDefaults {
  readonly plan: ColumnPlan
  /** A WooCommerce export: categories are paths, texts have markup, variations inherit from their parent. */
  readonly isFromWooCommerce: boolean
  readonly parents: ReadonlyMap<string, TableRow>
  readonly lineBySku: Map<string, number>
}

/** Kinds of WooCommerce products that nobody can put in a parcel: their variations or members are what is sold. */
const notSellable = /\b(variable|grouped|external)\b/
const wooTypes = /^(simple|variable|variation|grouped|external)\b/

/** Reads a table as products; what the file does not say about a product stays unsaid. */
export function productReader(table: Table, defaults: ReadDefaults): TableReading<ImportedProduct> {
  const decided = decideColumns(table, productFields, defaults)
  const typeAt = decided.findIndex(({ field }) => field === 'type')
  const isFromWooCommerce = table.rows.some(({ cells }) => wooTypes.test(cells[typeAt] ?? ''))
  // `Type` and `ID` mean something only beside each other's values; in other files they are the shop's own.
  const columns = isFromWooCommerce ? decided : decided.map((column) => (isWooOnly(column.field) ? { header: column.header, notes: [], units: [] } : column)) // prettier-ignore
  const plan = columnPlan(columns, productFields)
  const reading: Reading = {
    ...defaults,
    plan,
    isFromWooCommerce,
    parents: isFromWooCommerce ? parentRows(table, plan) : new Map(),
    lineBySku: new Map(),
  }
  return {
    columns,
    missingFields: plan.indexByField.has('sku') ? [] : ['sku'],
    rowCount: table.rows.length,
    read: (from, to) => readRows(reading, table.rows.slice(from, to)),
  }
}

const isWooOnly = (field: string | undefined): boolean => field === 'type' || field === 'parent' || field === 'id'

/** Variable products by what their variations call them: SKU, or `id:12`. */
function parentRows(table: Table, plan: ColumnPlan): ReadonlyMap<string, TableRow> {
  const parents = new Map<string, TableRow>()
  for (const row of table.rows) {
    const read = new RowCells(plan, row)
    if (read.text('type')?.includes('variable') !== true) continue
    const sku = read.text('sku')
    if (sku !== undefined) parents.set(sku, row)
    parents.set(`id:${read.text('id') ?? ''}`, row)
  }
  return parents
}

function readRows(
  reading: Reading,
  tableRows: readonly TableRow[],
): Imported<ImportedProduct> & { readonly skipped: number } {
  const rows: ImportedProduct[] = []
  const problems: ImportProblem[] = []
  let skipped = 0
  for (const tableRow of tableRows) {
    const plain = new RowCells(reading.plan, tableRow)
    if (reading.isFromWooCommerce && notSellable.test(plain.text('type') ?? '')) {
      skipped++
      continue
    }
    const parent = reading.parents.get((plain.text('parent') ?? '').replace(/^id: /, 'id:'))
    const read = parent ? new RowCells(reading.plan, tableRow, withoutOwnCodes(parent, reading.plan)) : plain
    const row = readRow(read, reading, tableRow.line)
    if (read.problems.length > 0) problems.push(...read.problems)
    else rows.push(row)
  }
  return { rows, problems, skipped }
}

/** What a variation inherits: everything but what tells one sellable unit from another. */
function withoutOwnCodes(parent: TableRow, plan: ColumnPlan): TableRow {
  const own = new Set(['sku', 'gtin', 'stock', 'locations', 'type', 'parent', 'id'].map((field) => plan.indexByField.get(field))) // prettier-ignore
  return { line: parent.line, cells: parent.cells.map((cell, index) => (own.has(index) ? '' : cell)) }
}

function readRow(read: RowCells, reading: Reading, line: number): ImportedProduct {
  const notes: ImportProblem[] = []
  const sku = read.required('sku')
  if (/^\d+[.,]\d+e\+\d+$/i.test(sku)) read.wrong('sku', 'gtin-mangled-by-excel')
  const first = reading.lineBySku.get(sku)
  if (first !== undefined && sku !== '') read.wrong('sku', `twice-first-on-line-${first}`)
  else reading.lineBySku.set(sku, line)
  const patch: ProductPatch = {
    ...textsOf(read, reading),
    ...gtinOf(read, (problem, value) => notes.push({ line, column: 'gtin', problem, value })),
    ...moneyOf(read, reading),
    ...measuresOf(read),
    ...(read.has('active') ? { active: read.truth('active') ?? true } : {}),
    handling: handlingOf(read),
  }
  const stock = read.has('locations') ? stockOf(read, sku) : undefined
  const total = stock === undefined && read.has('stock') ? read.count('stock') : undefined
  return { line, sku, patch, stock, ...(total === undefined ? {} : { stockTotal: total }), notes }
}

function textsOf(read: RowCells, { isFromWooCommerce }: Reading): ProductPatch {
  const plain = (text: string): string => (isFromWooCommerce ? withoutMarkup(text) : text)
  const category = read.text('category')
  return {
    ...(read.has('name') ? { name: plain(read.required('name')) } : {}),
    ...(read.has('description') ? { description: plain(read.text('description') ?? '') } : {}),
    ...(read.has('category') ? { category: (isFromWooCommerce ? lastOfPath(category) : category) ?? '' } : {}),
  }
}

/** `Clothing > Hoodies, Sale` is sold as a hoodie: the end of the first path. */
const lastOfPath = (paths: string | undefined): string | undefined => paths?.split(',')[0]?.split('>').at(-1)?.trim()

function gtinOf(read: RowCells, note: (problem: string, value: string) => void): ProductPatch {
  if (!read.has('gtin')) return {}
  const cell = read.text('gtin')
  if (cell === undefined) return { gtin: undefined }
  const found = readGtin(cell)
  if (found.kind === 'wrong') {
    read.wrong('gtin', found.problem)
    return {}
  }
  if (found.hasZerosRestored) note('gtin-zeros-restored', found.gtin)
  return { gtin: found.gtin }
}

function moneyOf(read: RowCells, { currency: usual }: Reading): ProductPatch {
  const told = read.text('currency')
  if (told !== undefined && !/^[A-Za-z]{3}$/.test(told)) read.wrong('currency', 'like-EUR')
  const currency = told?.toUpperCase() ?? usual
  if (read.has('price') && read.text('price') === undefined) read.wrong('price', 'missing')
  const priceMinor = read.money('price', currency)
  return {
    ...(priceMinor === undefined ? {} : { priceMinor, currency }),
    ...(read.has('taxRate') ? { taxRate: read.percent('taxRate') ?? 0 } : {}),
  }
}

function measuresOf(read: RowCells): ProductPatch {
  const weightG = read.measure('weight', { min: 1, max: heaviestG })
  const volumeCm3 = read.measure('volume', { min: 1, max: largestCm3 })
  const sizeMm = sizeOf(read)
  const hasSides = read.has('sides') || read.has('length') || read.has('width') || read.has('height')
  return {
    ...(read.has('weight') ? { weightG } : {}),
    ...(read.has('volume') ? { volumeCm3 } : {}),
    ...(hasSides ? { sizeMm } : {}),
  }
}

function sizeOf(read: RowCells): Size | undefined {
  const fields = ['length', 'width', 'height'] as const
  const [length, width, height] = fields.map((field) => read.measure(field, { min: 1, max: longestMm }))
  if (length !== undefined && width !== undefined && height !== undefined) return [length, width, height]
  if (fields.some((field) => read.text(field) !== undefined)) {
    const absent = fields.find((field) => read.text(field) === undefined)
    if (absent !== undefined) read.wrong(absent, 'missing-beside-other-sides')
    return undefined
  }
  return read.sides('sides', longestMm)
}

const orientations: ReadonlyMap<string, Orientation> = new Map([
  ['any', 'any'], ['upright', 'upright'], ['flat', 'flat'], ['fixed', 'fixed'],
  ['beliebig', 'any'], ['aufrecht', 'upright'], ['stehend', 'upright'], ['liegend', 'flat'], ['flach', 'flat'],
  ['fest', 'fixed'], ['自由', 'any'], ['立て', 'upright'], ['平積み', 'flat'], ['固定', 'fixed'],
]) // prettier-ignore
const temperatures: ReadonlyMap<string, Temperature> = new Map([
  ['ambient', 'ambient'], ['chilled', 'chilled'], ['frozen', 'frozen'], ['ungekühlt', 'ambient'],
  ['gekühlt', 'chilled'], ['tiefgekühlt', 'frozen'], ['常温', 'ambient'], ['冷蔵', 'chilled'], ['冷凍', 'frozen'],
]) // prettier-ignore

function handlingOf(read: RowCells): Partial<Handling> {
  return {
    ...(read.has('orientation') ? { orientation: read.oneOf('orientation', orientations) ?? 'any' } : {}),
    ...(read.has('maxLoad') ? { maxLoadG: read.measure('maxLoad', { min: 0, max: heaviestG }) } : {}),
    ...(read.has('class') ? { class: read.text('class') } : {}),
    ...(read.has('temperature') ? { temperature: read.oneOf('temperature', temperatures) ?? 'ambient' } : {}),
    ...(read.has('alone') ? { alone: read.truth('alone') ?? false } : {}),
    ...(read.has('ownBox') ? { ownBox: read.truth('ownBox') ?? false } : {}),
    ...(read.has('fragile') ? { fragile: read.truth('fragile') ?? false } : {}),
    ...(read.has('dangerous') ? { dangerousG: read.measure('dangerous', { min: 0, max: heaviestG }) ?? 0 } : {}),
    ...(read.has('folded') ? { foldedMm: foldedOf(read) } : {}),
  }
}

/** `240x80x30;300x200x15`, in whole millimetres. */
function foldedOf(read: RowCells): readonly Size[] {
  const sizes: Size[] = []
  for (const part of read.text('folded')?.split(';') ?? []) {
    const match = /^(\d{1,5})x(\d{1,5})x(\d{1,5})$/.exec(part.trim())
    const [length, width, height] = (match?.slice(1) ?? []).map(Number)
    if (length && width && height) sizes.push([length, width, height])
    else read.wrong('folded', 'like-240x80x30')
  }
  return sizes
}
