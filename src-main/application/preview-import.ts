import { formatMoney } from '../kernel/money.ts'
import type { Product } from '../domain/catalogue.ts'
import type { ChangeCounts } from '../ports/store/catalogue-store.ts'
import type { FileDelimiter, FileEncoding, ImportProblem, ReadColumn } from '../ports/imports.ts'
import { compareCatalogue, type CatalogueFile, type ComparedProduct, type ImportWarning } from './compare-catalogue.ts'
import { namedProblems } from './import-catalogue.ts'
import type { Caller, Workshop } from './workshop.ts'

/** One value that would change, as text: measures with their unit, money with a point. */
export interface FieldChange {
  readonly field: string
  readonly from: string | undefined
  readonly to: string | undefined
}

/** How a file was understood. */
export interface FileUnderstood {
  /** Names the header; a mapping is remembered under it. */
  readonly signature: string
  readonly encoding: FileEncoding
  readonly isEncodingSure: boolean
  readonly delimiter: FileDelimiter
  readonly columns: readonly ReadColumn[]
  readonly mappingFrom: 'chosen' | 'remembered' | 'proposed'
  /** Fields a column may be read as. */
  readonly fields: readonly string[]
  /** Fields without which nothing can be read. */
  readonly missingFields: readonly string[]
}

export interface CataloguePreview extends ChangeCounts {
  readonly file: FileUnderstood
  readonly rows: number
  readonly skipped: number
  readonly refused: number
  /** The first rows that are new or change something. */
  readonly first: readonly {
    readonly line: number
    readonly sku: string
    readonly outcome: ComparedProduct['outcome']
    readonly changes: readonly FieldChange[]
  }[]
  readonly problems: readonly ImportProblem[]
  readonly notes: readonly ImportProblem[]
  readonly warnings: readonly ImportWarning[]
}

const shownRows = 50

/** What an import of the file would do. Saves nothing, remembers nothing. Throws what `openTable` throws. */
export async function previewCatalogue(
  deps: Pick<Workshop, 'store' | 'imports' | 'system'>,
  caller: Caller,
  file: CatalogueFile,
): Promise<CataloguePreview> {
  const found = await compareCatalogue(deps, caller, file)
  const { table, rows, problems } = found
  const count = (wanted: ComparedProduct['outcome']): number => rows.filter(({ outcome }) => outcome === wanted).length
  return {
    file: {
      signature: found.signature,
      encoding: table.encoding,
      isEncodingSure: table.isEncodingSure,
      delimiter: table.delimiter,
      columns: found.columns,
      mappingFrom: found.mappingFrom,
      fields: deps.imports.productFields,
      missingFields: found.missingFields,
    },
    rows: table.rows.length,
    new: count('new'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    skipped: found.skipped,
    refused: new Set(problems.map(({ line }) => line)).size,
    first: rows
      .filter(({ outcome }) => outcome !== 'unchanged')
      .slice(0, shownRows)
      .map((row) => ({ line: row.line, sku: row.after.sku, outcome: row.outcome, changes: changesOf(row) })),
    problems: problems.slice(0, namedProblems),
    notes: found.notes.slice(0, namedProblems),
    warnings: found.warnings.slice(0, namedProblems),
  }
}

function changesOf({ before, after, movements }: ComparedProduct): readonly FieldChange[] {
  const was = before ? shown(before) : new Map<string, string>()
  const becomes = shown(after)
  const fields = [...new Set([...was.keys(), ...becomes.keys()])]
  const changes = fields
    .map((field) => ({ field, from: was.get(field), to: becomes.get(field) }))
    .filter(({ from, to }) => from !== to)
  const stock = movements.map(({ location, quantity }) => ({
    field: 'stock',
    from: undefined,
    to: `${location} ${quantity > 0 ? '+' : ''}${quantity}`,
  }))
  return [...changes, ...stock]
}

/** A product's fields as texts to compare; what it does not say is not there. */
function shown(product: Product): ReadonlyMap<string, string> {
  const { handling } = product
  const yes = (is: boolean): string | undefined => (is ? 'yes' : undefined)
  const all: readonly (readonly [string, string | undefined])[] = [
    ['name', product.name],
    ['gtin', product.gtin],
    ['description', product.description],
    ['category', product.category],
    ['price', `${formatMoney({ currency: product.currency, minor: product.priceMinor })} ${product.currency}`],
    ['taxRate', `${product.taxRate} %`],
    ['size', product.sizeMm && `${product.sizeMm.join(' × ')} mm`],
    ['volume', product.volumeCm3 === undefined ? undefined : `${product.volumeCm3} cm³`],
    ['weight', product.weightG === undefined ? undefined : `${product.weightG} g`],
    ['orientation', handling.orientation === 'any' ? undefined : handling.orientation],
    ['maxLoad', handling.maxLoadG === undefined ? undefined : `${handling.maxLoadG} g`],
    ['class', handling.class],
    ['temperature', handling.temperature === 'ambient' ? undefined : handling.temperature],
    ['alone', yes(handling.alone)],
    ['ownBox', yes(handling.ownBox)],
    ['fragile', yes(handling.fragile)],
    ['dangerous', handling.dangerousG === 0 ? undefined : `${handling.dangerousG} g`],
    ['folded', handling.foldedMm.map((size) => size.join('x')).join(';') || undefined],
    ['active', product.active ? undefined : 'no'],
  ]
  return new Map(
    all.flatMap(([field, value]) => (value === undefined || value === '' ? [] : [[field, value] as const])),
  )
}
