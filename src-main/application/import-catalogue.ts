import { AppError } from '../kernel/errors.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import type { ChangeCounts } from '../ports/store/catalogue-store.ts'
import type { ImportedChange } from '../ports/store/import-store.ts'
import type { ImportProblem } from '../ports/imports.ts'
import { auditEntry, newId } from './audit.ts'
import {
  compareCatalogue,
  contentOf,
  type CatalogueComparison,
  type CatalogueFile,
  type ComparedProduct,
  type ImportWarning,
} from './compare-catalogue.ts'
import { countMovement } from './count-stock.ts'
import { turn } from './long-file.ts'
import { recheckHolds } from './recheck-holds.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface ImportOutcome extends ChangeCounts {
  readonly importId: string
  /** Rows left out, each with its place; only there when `skipInvalid` was said. */
  readonly problems: readonly ImportProblem[]
  readonly notes: readonly ImportProblem[]
  readonly warnings: readonly ImportWarning[]
  /** Orders that were held for want of something the import brought. */
  readonly released: number
}

/** Problems named in one answer: enough to mend a file by, short enough to read. */
export const namedProblems = 100

type Deps = Pick<Workshop, 'store' | 'imports' | 'system'>

/**
 * Takes a catalogue file in, as one step that can be undone: all of it, or nothing and a list of what is wrong
 * (`skipInvalid` takes the good rows). How its columns were read is remembered for the next file with this header.
 * Throws ERR_CSV_INVALID with `problems`, ERR_CANCELLED before anything is saved.
 */
export async function importCatalogue(
  deps: Deps,
  caller: Caller,
  input: CatalogueFile & { readonly skipInvalid: boolean },
): Promise<ImportOutcome> {
  const comparison = await compareCatalogue(deps, caller, input)
  refuseUnread(comparison)
  const { problems, notes, warnings } = comparison
  if (problems.length > 0 && !input.skipInvalid) refuse(problems)
  const record = await save(deps, caller, comparison)
  const released = await recheckHolds(deps, caller)
  const { id: importId, new: made, changed, unchanged } = record
  return { importId, new: made, changed, unchanged, problems, notes, warnings, released }
}

/** A file in which the key column is missing, or whose units somebody would have to guess, is not read on a guess. */
function refuseUnread({ missingFields, columns, mappingFrom }: CatalogueComparison): void {
  const problems = [
    ...missingFields.map((column) => ({ line: 1, column, problem: 'column-missing', value: '' })),
    ...columns
      .filter(({ notes }) => mappingFrom === 'proposed' && notes.includes('unit-assumed'))
      .map(({ header, unit }) => ({ line: 1, column: header, problem: 'unit-not-said', value: unit ?? '' })),
  ]
  if (problems.length > 0) refuse(problems)
}

export function refuse(problems: readonly ImportProblem[]): never {
  throw new AppError('ERR_CSV_INVALID', {
    count: problems.length,
    problems: problems.slice(0, namedProblems).map((problem) => ({ ...problem })),
  })
}

async function save(deps: Deps, caller: Caller, comparison: CatalogueComparison) {
  const { rows, problems, columns, signature } = comparison
  const touched = rows.filter(({ outcome }) => outcome !== 'unchanged')
  const count = (wanted: ComparedProduct['outcome']): number => rows.filter(({ outcome }) => outcome === wanted).length
  const at = deps.system.clock.now()
  const record = {
    id: newId(deps.system),
    kind: 'catalogue' as const,
    at,
    actor: caller.actor,
    rows: comparison.table.rows.length,
    new: count('new'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    refused: new Set(problems.map(({ line }) => line)).size,
    leftRows: 0,
  }
  await turn(deps, caller, { step: 'save-import', done: 0, total: touched.length })
  await deps.store.saveCatalogueImport({
    record,
    products: touched.map(({ after }) => after),
    movements: touched.flatMap(({ movements }) => movements),
    changes: touched.map((row) => changeOf(deps, row)),
    mapping: {
      kind: 'catalogue',
      signature,
      columns: columns.map(({ notes: _notes, units: _units, ...use }) => use),
      usedAt: at,
    },
    audit: auditEntry(deps.system, caller, {
      action: 'import-catalogue',
      entity: 'catalogue',
      entityId: 'products',
      facts: { rows: rows.length, refused: record.refused, import: record.id },
    }),
  })
  return record
}

const changeOf = (deps: Pick<Deps, 'system'>, row: ComparedProduct): ImportedChange => ({
  sku: row.after.sku,
  before: row.before,
  afterHash: deps.system.hasher.sha256(contentOf(row.after)),
  movements: row.movements,
  placesAfter: row.placesAfter,
})

/** The same for the cartons the shop owns; stock is a count here too. Throws ERR_CSV_INVALID with `problems`. */
export async function importCartons(deps: Deps, caller: Caller, csv: Uint8Array): Promise<ChangeCounts> {
  const read = deps.imports.readCartons(csv)
  if (read.problems.length > 0) refuse(read.problems)
  const onHand = new Map((await deps.store.loadCartons()).map((row) => [row.carton.code, row.onHand]))
  const movements = read.rows.flatMap((row): StockMovement[] => {
    const difference = (row.stock ?? onHand.get(row.carton.code) ?? 0) - (onHand.get(row.carton.code) ?? 0)
    if (difference === 0) return []
    const counted = countMovement(deps, caller, { sku: row.carton.code, location: cartonLocation, difference })
    return [{ ...counted, of: 'carton' }]
  })
  return deps.store.saveCartons(
    read.rows.map((row) => row.carton),
    movements,
    auditEntry(deps.system, caller, {
      action: 'import-cartons',
      entity: 'catalogue',
      entityId: 'cartons',
      facts: { rows: read.rows.length },
    }),
  )
}
