import { formatMoney } from '../kernel/money.ts'
import type { StockLevel } from '../domain/stock.ts'
import type { WriteOptions, WrittenColumn } from '../ports/imports.ts'
import type { ProductRow } from '../ports/store/catalogue-store.ts'
import { turn } from './long-file.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface WrittenFile {
  readonly fileName: string
  /** With its byte order mark. */
  readonly csv: string
  readonly rows: number
}

const text = (header: string): WrittenColumn => ({ header, kind: 'text' })
const code = (header: string): WrittenColumn => ({ header, kind: 'code' })
const number = (header: string): WrittenColumn => ({ header, kind: 'number' })

/** The simple format of the import, with money as people write it. */
const columns: readonly WrittenColumn[] = [
  code('sku'), code('gtin'), text('name'), text('description'), text('category'), number('price'), text('currency'),
  number('tax_rate'), number('length_mm'), number('width_mm'), number('height_mm'), number('weight_g'),
  number('volume_cm3'), text('orientation'), number('max_load_g'), text('class'), text('temperature'), text('alone'),
  text('own_box'), text('fragile'), number('dangerous_g'), text('folded_mm'), text('active'), number('stock'),
  text('locations'),
] // prettier-ignore

const page = 500

/**
 * The whole catalogue with its stock as CSV that a spreadsheet opens and the import reads back unchanged, in order of
 * SKU. Throws ERR_CANCELLED.
 */
export async function exportCatalogue(
  deps: Pick<Workshop, 'store' | 'imports'>,
  caller: Caller,
  options: WriteOptions,
): Promise<WrittenFile> {
  const rows: (readonly string[])[] = []
  for (;;) {
    const { rows: found, total } = await deps.store.listProducts({ sort: 'sku', offset: rows.length, limit: page })
    rows.push(...found.map(cellsOf))
    await turn(deps, caller, { step: 'export-file', done: rows.length, total })
    if (found.length < page) break
  }
  return { fileName: 'catalogue.csv', csv: deps.imports.writeTable(columns, rows, options), rows: rows.length }
}

function cellsOf({ product, levels }: ProductRow): readonly string[] {
  const { handling, sizeMm } = product
  const stock = levels.filter(({ onHand }) => onHand > 0)
  const told = (value: number | undefined): string => (value === undefined ? '' : String(value))
  return [
    product.sku,
    product.gtin ?? '',
    product.name,
    product.description,
    product.category,
    formatMoney({ currency: product.currency, minor: product.priceMinor }),
    product.currency,
    String(product.taxRate),
    told(sizeMm?.[0]),
    told(sizeMm?.[1]),
    told(sizeMm?.[2]),
    told(product.weightG),
    told(product.volumeCm3),
    handling.orientation,
    told(handling.maxLoadG),
    handling.class ?? '',
    handling.temperature,
    String(handling.alone),
    String(handling.ownBox),
    String(handling.fragile),
    told(handling.dangerousG),
    handling.foldedMm.map((size) => size.join('x')).join(';'),
    String(product.active),
    String(stock.reduce((sum, { onHand }) => sum + onHand, 0)),
    stock.map(placeText).join(';'),
  ]
}

const placeText = ({ location, onHand, lot, bestBefore }: StockLevel): string =>
  `${location}:${onHand}${lot === '' ? '' : `@${lot}${bestBefore === undefined ? '' : `=${bestBefore}`}`}`
