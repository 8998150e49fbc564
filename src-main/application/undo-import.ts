import { AppError } from '../kernel/errors.ts'
import type { Product } from '../domain/catalogue.ts'
import type { StockLevel, StockMovement } from '../domain/stock.ts'
import type { ImportedChange } from '../ports/store/import-store.ts'
import { auditEntry, newId } from './audit.ts'
import { contentOf } from './compare-catalogue.ts'
import { turn } from './long-file.ts'
import { recheckHolds } from './recheck-holds.ts'
import type { Caller, Workshop } from './workshop.ts'

/** Why a product was left as it is. */
export type LeftReason = 'product-changed-since' | 'stock-moved-since' | 'stock-promised-since' | 'ordered-since'

export interface UndoOutcome {
  /** Products put back as they were. */
  readonly restored: number
  /** Products that the import had made and that are gone again. */
  readonly removed: number
  readonly left: readonly { readonly sku: string; readonly reason: LeftReason }[]
}

type Deps = Pick<Workshop, 'store' | 'system' | 'imports'>

const chunk = 1000

/**
 * Takes a whole catalogue import back in one step: products as they were, stock by counter-movements. A product that
 * anything has happened to since is left alone, and told. Throws ERR_IMPORT_NOT_FOUND, ERR_IMPORT_NOT_UNDOABLE for one
 * that was undone already, is too old, or brought orders (those are cancelled one by one).
 */
export async function undoImport(deps: Deps, caller: Caller, importId: string): Promise<UndoOutcome> {
  const { record, changes } = await deps.store.loadImport(importId)
  if (!record.canUndo) {
    const reason = record.kind === 'orders' ? 'orders' : record.undoneAt !== undefined ? 'undone' : 'too-old'
    throw new AppError('ERR_IMPORT_NOT_UNDOABLE', { import: importId, reason })
  }
  const judged = await judge(deps, caller, changes)
  const back = judged.filter(({ reason }) => reason === undefined).map(({ change }) => change)
  const left = judged.flatMap(({ change, reason }) => (reason === undefined ? [] : [{ sku: change.sku, reason }]))
  const removed = back.filter(({ before }) => before === undefined).map(({ sku }) => sku)
  const products = back.flatMap(({ before }) => (before ? [before] : []))
  await deps.store.saveUndoneImport({
    importId,
    undoneAt: deps.system.clock.now(),
    leftRows: left.length,
    products,
    removed,
    movements: back.flatMap(({ movements }) => movements.map((movement) => counter(deps, caller, movement))),
    audit: auditEntry(deps.system, caller, {
      action: 'undo-import',
      entity: 'import',
      entityId: importId,
      facts: { restored: products.length, removed: removed.length, left: left.length },
    }),
  })
  await recheckHolds(deps, caller)
  return { restored: products.length, removed: removed.length, left }
}

interface Judged {
  readonly change: ImportedChange
  readonly reason: LeftReason | undefined
}

async function judge(deps: Deps, caller: Caller, changes: readonly ImportedChange[]): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (let from = 0; from < changes.length; from += chunk) {
    const some = changes.slice(from, from + chunk)
    const skus = some.map(({ sku }) => sku)
    const now = new Map((await deps.store.loadProducts(skus)).map((product) => [product.sku, product]))
    const levels = Map.groupBy(await deps.store.loadStockLevels(skus), ({ sku }) => sku)
    const made = some.filter(({ before }) => before === undefined).map(({ sku }) => sku)
    const ordered = new Set(await deps.store.findOrderedSkus(made))
    for (const change of some)
      judged.push({
        change,
        reason: whyLeft(deps, change, { product: now.get(change.sku), levels: levels.get(change.sku) ?? [], ordered }),
      })
    await turn(deps, caller, { step: 'undo-import', done: judged.length, total: changes.length })
  }
  return judged
}

interface Present {
  readonly product: Product | undefined
  readonly levels: readonly StockLevel[]
  readonly ordered: ReadonlySet<string>
}

function whyLeft(deps: Pick<Deps, 'system'>, change: ImportedChange, now: Present): LeftReason | undefined {
  const { product } = now
  if (!product || deps.system.hasher.sha256(contentOf(product)) !== change.afterHash) return 'product-changed-since'
  if (now.ordered.has(change.sku)) return 'ordered-since'
  const levels = now.levels.filter((level) => level.of === 'product')
  for (const place of change.placesAfter) {
    const level = levels.find(({ location, lot }) => location === place.location && lot === place.lot)
    if ((level?.onHand ?? 0) !== place.onHand) return 'stock-moved-since'
    if ((level?.reserved ?? 0) > place.onHand - movedAt(change, place)) return 'stock-promised-since'
  }
  const isNew = change.before === undefined
  // A product that lies anywhere the import did not put it must not vanish under it.
  const lies = levels.filter(({ onHand }) => onHand > 0).length
  return isNew && lies > change.placesAfter.length ? 'stock-moved-since' : undefined
}

const movedAt = (change: ImportedChange, place: { location: string; lot: string }): number =>
  change.movements
    .filter(({ location, lot }) => location === place.location && (lot ?? '') === place.lot)
    .reduce((sum, { quantity }) => sum + quantity, 0)

const counter = (deps: Pick<Deps, 'system'>, caller: Caller, movement: StockMovement): StockMovement => ({
  ...movement,
  id: newId(deps.system),
  at: deps.system.clock.now(),
  kind: 'corrected',
  quantity: -movement.quantity,
  actor: caller.actor,
  reason: 'import-undone',
})
