import { canonicalJson, toJson } from '../kernel/json.ts'
import type { Product } from '../domain/catalogue.ts'
import { categoryMeasures, suspiciousMeasures, type Suspicion } from '../domain/suspicious-measures.ts'
import type { StockLevel, StockMovement } from '../domain/stock.ts'
import type {
  ColumnUse,
  ImportedProduct,
  ImportProblem,
  ReadColumn,
  Table,
  TableChoices,
  TableReading,
} from '../ports/imports.ts'
import { stockChange } from './count-stock.ts'
import { turn } from './long-file.ts'
import { productFrom } from './patch-product.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface CatalogueFile extends TableChoices {
  readonly csv: Uint8Array
  /** What each column is; undefined = as remembered for this header, else as proposed. */
  readonly columns?: readonly ColumnUse[] | undefined
}

export interface ComparedProduct {
  readonly line: number
  readonly before: Product | undefined
  readonly after: Product
  readonly movements: readonly StockMovement[]
  /** What will lie at the places that are moved. */
  readonly placesAfter: readonly { readonly location: string; readonly lot: string; readonly onHand: number }[]
  readonly outcome: 'new' | 'changed' | 'unchanged'
}

/** A line to be told about although it is taken in. */
export interface ImportWarning {
  readonly line: number
  readonly sku: string
  readonly suspicion: Suspicion
}

/** A catalogue file laid over the catalogue: nothing is saved. */
export interface CatalogueComparison {
  readonly table: Table
  readonly signature: string
  readonly columns: readonly ReadColumn[]
  readonly mappingFrom: 'chosen' | 'remembered' | 'proposed'
  readonly missingFields: readonly string[]
  readonly rows: readonly ComparedProduct[]
  /** In order of lines. */
  readonly problems: readonly ImportProblem[]
  readonly notes: readonly ImportProblem[]
  readonly warnings: readonly ImportWarning[]
  /** Rows that are no sellable unit. */
  readonly skipped: number
}

type Deps = Pick<Workshop, 'store' | 'imports' | 'system'>

/** Lines read and compared in one go: some milliseconds, then whoever else waits has a turn. */
const chunk = 1000

/**
 * Reads a file and lays it over the catalogue as it is now. Cost: the file once, and what the catalogue knows of its
 * SKUs. Throws ERR_CANCELLED between two chunks, and what `openTable` throws.
 */
export async function compareCatalogue(deps: Deps, caller: Caller, file: CatalogueFile): Promise<CatalogueComparison> {
  const settings = await deps.store.findSettings()
  const currency = settings?.shop.currency ?? 'EUR'
  const table = deps.imports.openTable(file.csv, file)
  const signature = deps.system.hasher.sha256(deps.imports.headerText(table))
  const remembered = file.columns ? undefined : await deps.store.findMapping('catalogue', signature)
  const reading = deps.imports.productReader(table, { currency, columns: file.columns ?? remembered?.columns })
  const found = await compareRows(deps, caller, { reading, currency })
  return {
    table,
    signature,
    columns: reading.columns,
    mappingFrom: file.columns ? 'chosen' : remembered ? 'remembered' : 'proposed',
    missingFields: reading.missingFields,
    ...found,
    problems: found.problems.toSorted((a, b) => a.line - b.line),
    warnings: await warningsOf(deps, found.rows),
  }
}

interface Rows {
  readonly rows: ComparedProduct[]
  readonly problems: ImportProblem[]
  readonly notes: ImportProblem[]
  readonly skipped: number
}

async function compareRows(
  deps: Deps,
  caller: Caller,
  { reading, currency }: { reading: TableReading<ImportedProduct>; currency: string },
): Promise<Rows> {
  const all: Rows & { skipped: number } = { rows: [], problems: [], notes: [], skipped: 0 }
  if (reading.missingFields.length > 0) return all
  const floor = await deps.store.findFloor()
  const places = floor && new Set(floor.locations.map((location) => location.code))
  for (let from = 0; from < reading.rowCount; from += chunk) {
    const read = reading.read(from, from + chunk)
    all.skipped += read.skipped
    all.problems.push(...read.problems)
    const skus = read.rows.map(({ sku }) => sku)
    const known = new Map((await deps.store.loadProducts(skus)).map((product) => [product.sku, product]))
    const levels = levelsBySku(await deps.store.loadStockLevels(skus))
    for (const row of read.rows) {
      const before = known.get(row.sku)
      const compared = compareRow(deps, caller, { row, before, levels: levels.get(row.sku) ?? [], currency, places })
      if ('problems' in compared) all.problems.push(...compared.problems)
      else all.rows.push(compared)
      all.notes.push(...row.notes, ...('notes' in compared ? compared.notes : []))
    }
    await turn(deps, caller, { step: 'read-file', done: from + chunk, total: reading.rowCount })
  }
  return all
}

function levelsBySku(levels: readonly StockLevel[]): ReadonlyMap<string, readonly StockLevel[]> {
  const bySku = new Map<string, StockLevel[]>()
  for (const level of levels) {
    if (level.of !== 'product') continue
    const known = bySku.get(level.sku)
    if (known) known.push(level)
    else bySku.set(level.sku, [level])
  }
  return bySku
}

interface RowToCompare {
  readonly row: ImportedProduct
  readonly before: Product | undefined
  readonly levels: readonly StockLevel[]
  readonly currency: string
  readonly places: ReadonlySet<string> | undefined
}

type Compared =
  (ComparedProduct & { readonly notes: readonly ImportProblem[] }) | { readonly problems: readonly ImportProblem[] }

function compareRow(
  deps: Pick<Workshop, 'system'>,
  caller: Caller,
  { row, before, levels, currency, places }: RowToCompare,
): Compared {
  const made = productFrom({ before, sku: row.sku, patch: row.patch, currency })
  const problem = (column: string, what: string, value = ''): ImportProblem => ({ line: row.line, column, problem: what, value }) // prettier-ignore
  const problems = [
    ...made.missing.map((column) => problem(column, 'missing')),
    ...(row.stock ?? [])
      .filter(({ location }) => places && !places.has(location))
      .map(({ location }) => problem('locations', 'location-not-on-floor', location)),
  ]
  if (problems.length > 0) return { problems }
  const stock = stockChange(deps, caller, { row, levels })
  const isSame = before !== undefined && contentOf(before) === contentOf(made.product)
  return {
    line: row.line,
    before,
    after: made.product,
    movements: stock.movements,
    placesAfter: stock.placesAfter,
    outcome: before === undefined ? 'new' : isSame && stock.movements.length === 0 ? 'unchanged' : 'changed',
    notes: stock.isPlaceUnknown ? [problem('stock', 'stock-place-unknown', String(row.stockTotal ?? ''))] : [],
  }
}

/** Equal texts, equal products. */
export const contentOf = (product: Product): string => canonicalJson(toJson(product))

/** Products of the catalogue that show what is usual in a category. */
const mostCompared = 5000

/** Doubts about measures that the file brings; what the catalogue had already is no news. */
async function warningsOf(deps: Pick<Deps, 'store'>, rows: readonly ComparedProduct[]): Promise<ImportWarning[]> {
  const changed = rows.filter(({ before, after }) => measuresOf(before) !== measuresOf(after))
  if (changed.length === 0) return []
  const page = await deps.store.listProducts({ offset: 0, limit: mostCompared })
  const inFile = new Set(rows.map(({ after }) => after.sku))
  const others = page.rows.map(({ product }) => product).filter(({ sku }) => !inFile.has(sku))
  const usual = categoryMeasures([...others, ...rows.map(({ after }) => after)])
  return changed.flatMap(({ line, after }) =>
    suspiciousMeasures(after, usual).map((suspicion) => ({ line, sku: after.sku, suspicion })),
  )
}

const measuresOf = (product: Product | undefined): string =>
  JSON.stringify([product?.sizeMm, product?.weightG, product?.volumeCm3])
