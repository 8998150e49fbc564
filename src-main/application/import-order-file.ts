import { AppError } from '../kernel/errors.ts'
import { filePlatform } from '../domain/counter.ts'
import type { Settings } from '../domain/settings.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { ColumnUse, ImportedOrder, ImportProblem, TableChoices, TableReading } from '../ports/imports.ts'
import { auditEntry, newId } from './audit.ts'
import { importOrders } from './import-orders.ts'
import { namedProblems, refuse } from './import-catalogue.ts'
import { turn } from './long-file.ts'
import type { FileUnderstood } from './preview-import.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'geocoder' | 'imports'>

export interface OrderFile extends TableChoices {
  readonly csv: Uint8Array
  readonly columns?: readonly ColumnUse[] | undefined
}

interface OrderCounts {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** Finished on the other side: no work for us. */
  readonly skipped: number
  readonly problems: readonly ImportProblem[]
}

/** What the file holds, without anything personal: names and addresses are not part of a preview. */
export interface OrderPreview extends OrderCounts {
  readonly file: FileUnderstood
  readonly rows: number
  readonly first: readonly {
    readonly line: number
    readonly number: string
    readonly status: string
    readonly lines: number
    readonly pieces: number
    readonly hasAddress: boolean
    readonly isKnown: boolean
  }[]
}

export interface OrderImport extends OrderCounts {
  readonly importId: string
}

/** The one connection that orders of files belong to. */
const fileConnectionId = 'file'
/** Orders taken in in one transaction. */
const chunk = 200
const shownRows = 50

/** What an import of the file would do. Saves nothing; nothing personal leaves. Throws what `openTable` throws. */
export async function previewOrders(deps: Deps, caller: Caller, file: OrderFile): Promise<OrderPreview> {
  const opened = await openFile(deps, file)
  const { reading, table } = opened
  const first: OrderPreview['first'][number][] = []
  const problems: ImportProblem[] = []
  const counts = { new: 0, unchanged: 0, skipped: 0 }
  for await (const { rows, problems: wrong, skipped } of chunksOf(deps, caller, reading)) {
    problems.push(...wrong)
    counts.skipped += skipped
    const ids = rows.map(({ order }) => order.id)
    const known = new Set((await deps.store.findImported(fileConnectionId, ids)).map(({ externalId }) => externalId))
    for (const { line, order } of rows) {
      const isKnown = known.has(order.id)
      counts[isKnown ? 'unchanged' : 'new']++
      if (first.length < shownRows)
        first.push({
          line,
          number: order.number,
          status: order.status,
          lines: order.lines.length,
          pieces: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
          hasAddress: order.deliveryAddress !== undefined,
          isKnown,
        })
    }
  }
  return {
    file: {
      signature: opened.signature,
      encoding: table.encoding,
      isEncodingSure: table.isEncodingSure,
      delimiter: table.delimiter,
      columns: reading.columns,
      mappingFrom: opened.mappingFrom,
      fields: deps.imports.orderFields,
      missingFields: reading.missingFields,
    },
    rows: table.rows.length,
    ...counts,
    changed: 0,
    refused: refusedOf(problems),
    first,
    problems: problems.slice(0, namedProblems),
  }
}

/**
 * Takes orders of a file into the same line of work as those of a storefront: sealed, checked, held where something is
 * missing. The same file again doubles nothing; orders that are in work become questions where the file differs. An
 * order with a wrong line is left out as a whole. `allOrNothing`: nothing is taken in while a line is wrong. Throws
 * ERR_CSV_INVALID with `problems`; ERR_CANCELLED keeps the orders that were taken in by then: the same file goes on.
 */
export async function importOrderFile(
  deps: Deps,
  caller: Caller,
  input: OrderFile & { readonly allOrNothing: boolean },
): Promise<OrderImport> {
  const { reading, settings, signature, table } = await openFile(deps, input)
  if (reading.missingFields.length > 0)
    refuse(reading.missingFields.map((column) => ({ line: 1, column, problem: 'column-missing', value: '' })))
  const problems: ImportProblem[] = []
  const pages: (readonly ImportedOrder[])[] = []
  let skipped = 0
  for await (const read of chunksOf(deps, caller, reading)) {
    problems.push(...read.problems)
    skipped += read.skipped
    pages.push(read.rows)
  }
  if (problems.length > 0 && input.allOrNothing) refuse(problems)
  const counts = await takeIn(deps, caller, { pages, settings, cursor: signature })
  const record = {
    id: newId(deps.system),
    kind: 'orders' as const,
    at: deps.system.clock.now(),
    actor: caller.actor,
    rows: table.rows.length,
    ...counts,
    refused: refusedOf(problems),
    leftRows: 0,
  }
  const columns = reading.columns.map(({ notes: _notes, units: _units, ...use }) => use)
  await deps.store.saveImport(
    record,
    { kind: 'orders', signature, columns, usedAt: record.at },
    auditEntry(deps.system, caller, {
      action: 'import-order-file',
      entity: 'import',
      entityId: record.id,
      facts: { ...counts, refused: record.refused },
    }),
  )
  return {
    importId: record.id,
    ...counts,
    refused: record.refused,
    skipped,
    problems: problems.slice(0, namedProblems),
  }
}

const refusedOf = (problems: readonly ImportProblem[]): number => new Set(problems.map(({ line }) => line)).size

async function openFile(deps: Deps, file: OrderFile) {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const table = deps.imports.openTable(file.csv, file)
  const signature = deps.system.hasher.sha256(deps.imports.headerText(table))
  const remembered = file.columns ? undefined : await deps.store.findMapping('orders', signature)
  const { currency, country, zone, locale } = settings.shop
  const reading = deps.imports.orderReader(table, {
    currency,
    country,
    zone,
    locale,
    columns: file.columns ?? remembered?.columns,
    // Keyed, so that nobody can try addresses against it; the same customer in the next file is the same again.
    userIdOf: (identity) => `file-${deps.vault.token('word', deps.system.hasher.sha256(identity))}`,
  })
  const mappingFrom = file.columns ? ('chosen' as const) : remembered ? ('remembered' as const) : ('proposed' as const)
  return { settings, table, signature, reading, mappingFrom }
}

/** Reads the file some orders at a time, and lets whoever else waits have a turn in between. */
async function* chunksOf(
  deps: Pick<Deps, 'imports'>,
  caller: Caller,
  reading: TableReading<ImportedOrder>,
): AsyncGenerator<ReturnType<typeof reading.read>> {
  if (reading.missingFields.length > 0) return
  for (let from = 0; from < reading.rowCount; from += chunk) {
    yield reading.read(from, from + chunk)
    await turn(deps, caller, { step: 'read-file', done: from + chunk, total: reading.rowCount })
  }
}

interface Taking {
  readonly pages: readonly (readonly ImportedOrder[])[]
  readonly settings: Settings
  readonly cursor: string
}

async function takeIn(deps: Deps, caller: Caller, { pages, settings, cursor }: Taking) {
  const connection = await fileConnection(deps, caller)
  const counts = { new: 0, changed: 0, unchanged: 0 }
  let done = 0
  for (const page of pages) {
    const entries = page.map(({ order }) => order)
    const taken = await importOrders(deps, caller, { connection, settings, cursor, entries, refused: [] })
    counts.new += taken.new
    counts.changed += taken.changed
    counts.unchanged += taken.unchanged
    done += 1
    await turn(deps, caller, { step: 'save-import', done: done * chunk, total: pages.length * chunk })
  }
  return counts
}

/** Made with the first file. It has no address and no token; orders belong to a connection. */
async function fileConnection(deps: Deps, caller: Caller): Promise<Connection> {
  const known = (await deps.store.loadConnections()).find(({ id }) => id === fileConnectionId)
  if (known) return known
  const connection: Connection = {
    id: fileConnectionId,
    platform: filePlatform,
    url: '',
    sealedToken: deps.vault.seal(fileConnectionId, {}),
    options: {},
  }
  await deps.store.saveConnection(
    connection,
    auditEntry(deps.system, caller, { action: 'open-files', entity: 'storefront', entityId: fileConnectionId }),
  )
  return connection
}
