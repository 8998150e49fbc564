import { AppError } from '../kernel/errors.ts'
import { cartonLocation, type StockLevel, type StockMovement } from '../domain/stock.ts'
import type { ChangeCounts } from '../ports/store/catalogue-store.ts'
import type { ImportProblem, StockedPlace } from '../ports/imports.ts'
import { auditEntry, newId } from './audit.ts'
import { recheckHolds } from './recheck-holds.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface ImportOutcome extends ChangeCounts {
  /** Rows left out, each with its place; only there when `skipInvalid` was said. */
  readonly problems: readonly ImportProblem[]
  /** Orders that were held for want of something the import brought. */
  readonly released: number
}

/** Problems named in one answer: enough to mend a file by, short enough to read. */
const namedProblems = 100

type Deps = Pick<Workshop, 'store' | 'imports' | 'system'>

/**
 * Takes a catalogue file in: all of it, or nothing and a list of what is wrong (`skipInvalid` takes the good
 * rows). Stock in the file is a count: the difference to what is booked becomes a movement.
 * Throws ERR_CSV_INVALID with `problems`.
 */
export async function importCatalogue(
  deps: Deps,
  caller: Caller,
  input: { readonly csv: Uint8Array; readonly skipInvalid: boolean },
): Promise<ImportOutcome> {
  const settings = await deps.store.findSettings()
  const read = deps.imports.readProducts(input.csv, { currency: settings?.shop.currency ?? 'EUR' })
  const known = await deps.store.findFloor()
  const codes = known && new Set(known.locations.map((location) => location.code))
  const misplaced: ImportProblem[] = read.rows.flatMap((row) =>
    (row.stock ?? [])
      .filter((place) => codes && !codes.has(place.location))
      .map((place) => ({
        line: row.line,
        column: 'locations',
        problem: 'location-not-on-floor',
        value: place.location,
      })),
  )
  const problems = [...read.problems, ...misplaced].toSorted((a, b) => a.line - b.line)
  if (problems.length > 0 && !input.skipInvalid) {
    throw new AppError('ERR_CSV_INVALID', {
      count: problems.length,
      problems: problems.slice(0, namedProblems).map((problem) => ({ ...problem })),
    })
  }
  const badLines = new Set(misplaced.map((problem) => problem.line))
  const rows = read.rows.filter((row) => !badLines.has(row.line))
  const levels = await deps.store.loadStockLevels(rows.map((row) => row.product.sku))
  const movements = rows.flatMap((row) =>
    row.stock ? countMovements(deps, caller, { sku: row.product.sku, stock: row.stock, levels }) : [],
  )
  const counts = await deps.store.saveProducts(
    rows.map((row) => row.product),
    movements,
    auditEntry(deps.system, caller, {
      action: 'import-catalogue',
      entity: 'catalogue',
      entityId: 'products',
      facts: { rows: rows.length, refused: problems.length },
    }),
  )
  const released = await recheckHolds(deps, caller)
  return { ...counts, problems, released }
}

interface Counted {
  readonly sku: string
  readonly stock: readonly StockedPlace[]
  readonly levels: readonly StockLevel[]
}

function countMovements(deps: Pick<Workshop, 'system'>, caller: Caller, counted: Counted): StockMovement[] {
  const placeOf = (place: { location: string; lot?: string | undefined }): string =>
    `${place.location}|${place.lot ?? ''}`
  const booked = new Map(
    counted.levels
      .filter((level) => level.sku === counted.sku && level.of === 'product')
      .map((level) => [placeOf(level), level]),
  )
  const told = new Map(counted.stock.map((place) => [placeOf(place), place]))
  const movements: StockMovement[] = []
  for (const [key, place] of told) {
    const difference = place.quantity - (booked.get(key)?.onHand ?? 0)
    if (difference !== 0) movements.push(movement(deps, caller, { ...place, difference }))
  }
  for (const [key, level] of booked) {
    if (!told.has(key) && level.onHand > 0)
      movements.push(movement(deps, caller, { ...level, difference: -level.onHand }))
  }
  return movements
}

function movement(
  deps: Pick<Workshop, 'system'>,
  caller: Caller,
  at: { sku: string; location: string; lot?: string | undefined; bestBefore?: string | undefined; difference: number },
): StockMovement {
  return {
    id: newId(deps.system),
    at: deps.system.clock.now(),
    kind: 'counted',
    sku: at.sku,
    of: 'product',
    location: at.location,
    ...(at.lot ? { lot: at.lot } : {}),
    ...(at.bestBefore ? { bestBefore: at.bestBefore } : {}),
    quantity: at.difference,
    actor: caller.actor,
  }
}

/** The same for the cartons the shop owns; stock is a count here too. Throws ERR_CSV_INVALID with `problems`. */
export async function importCartons(deps: Deps, caller: Caller, csv: Uint8Array): Promise<ChangeCounts> {
  const read = deps.imports.readCartons(csv)
  if (read.problems.length > 0) {
    throw new AppError('ERR_CSV_INVALID', {
      count: read.problems.length,
      problems: read.problems.slice(0, namedProblems).map((problem) => ({ ...problem })),
    })
  }
  const onHand = new Map((await deps.store.loadCartons()).map((row) => [row.carton.code, row.onHand]))
  const movements = read.rows.flatMap((row): StockMovement[] => {
    const difference = (row.stock ?? onHand.get(row.carton.code) ?? 0) - (onHand.get(row.carton.code) ?? 0)
    if (difference === 0) return []
    return [{ ...movement(deps, caller, { sku: row.carton.code, location: cartonLocation, difference }), of: 'carton' }]
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
