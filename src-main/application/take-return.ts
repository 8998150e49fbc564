import { AppError } from '../kernel/errors.ts'
import { isSameLot, pickedFrom } from './picked-from.ts'
import { addresseeOf } from './order-family.ts'
import { canComeBack, quarantineLocation, stillOut, type ParcelReturn, type ReturnedPiece } from '../domain/parcel-return.ts' // prettier-ignore
import type { Order } from '../domain/order.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { StockMovement } from '../domain/stock.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import { auditEntry, newId } from './audit.ts'
import { getOrder } from './change-order.ts'
import { fulfil } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

export interface Returning {
  readonly parcelId: string
  readonly pieces: readonly ReturnedPiece[]
}

export interface TakenReturn {
  readonly returnId: string
  readonly order: string
  readonly parcel: string
  /** What the customer is told of the parcel; `delivered` while a part of it stays with them. */
  readonly status: 'returned' | 'delivered'
  /** It can be taken back for so long. */
  readonly undoMs: number
  /** In force, and about pieces that are here again. */
  readonly invoice: string | undefined
}

/**
 * Takes in what came back of a parcel, line by line: onto a shelf, into quarantine, or away. Whole again here =
 * `returned`; with a part still at the customer's it stays `delivered`, and they are told that a part came back. What
 * was never delivered is back whole, whatever is missing of it. Throws ERR_PARCEL_NOT_FOUND, ERR_STATUS_NOT_ALLOWED for
 * a parcel that never left, ERR_RETURN_TOO_MANY { sku, out }, ERR_FLOOR_LOCATION_UNKNOWN.
 */
export async function takeReturn(deps: Deps, caller: Caller, returning: Returning): Promise<TakenReturn> {
  const parcel = await getParcel(deps, returning.parcelId)
  const file = await getOrder(deps.store, parcel.orderId)
  requireOut(parcel, returning.pieces)
  const at = deps.system.clock.now()
  const settings = await deps.store.findSettings()
  const undoMs = settings?.undoMs ?? 0
  const movements = await intoStock(deps, caller, { parcel, pieces: returning.pieces })
  const pieces = returning.pieces.map((piece) => ({ ...piece, location: placeOf(piece) }))
  const taken: ParcelReturn = { id: newId(deps.system), at, actor: caller.actor, before: parcel.status, pieces }
  const after: Parcel = { ...parcel, returns: [...(parcel.returns ?? []), taken] }
  const status = isWhole(after, pieces) ? 'returned' : 'delivered'
  const done = await fulfil(deps, caller, {
    orders: [file.order],
    parcels: file.parcels.map((one) => (one.id === after.id ? after : one)),
    happenings: [
      { orderId: file.order.id, parcelId: parcel.id, status, at, reason: status === 'returned' ? reasonOf(pieces) : 'partly-returned' }, // prettier-ignore
    ],
    undoMs,
  })
  await deps.store.saveOrderChange({
    ...done,
    movements,
    audit: auditEntry(deps.system, caller, {
      action: 'take-return',
      entity: 'parcel',
      entityId: nameOf(parcel),
      facts: { ...fatesOf(pieces), status },
    }),
  })
  return {
    returnId: taken.id,
    order: file.order.code,
    parcel: nameOf(parcel),
    status,
    undoMs,
    invoice: await invoiceOf(deps, file.order),
  }
}

/**
 * Takes the last return of a parcel back, as long as nobody was told: the pieces leave stock again and the parcel is
 * what it was. Throws ERR_RETURN_TOLD once the storefront may know, ERR_STOCK_SHORT when somebody was promised a piece.
 */
export async function undoReturn(
  deps: Deps,
  caller: Caller,
  input: { readonly parcelId: string; readonly returnId: string },
): Promise<void> {
  const parcel = await getParcel(deps, input.parcelId)
  const last = parcel.returns?.at(-1)
  const now = deps.system.clock.now()
  const undoMs = (await deps.store.findSettings())?.undoMs ?? 0
  const file = await getOrder(deps.store, parcel.orderId)
  const slip = await wordAbout(deps, file, parcel)
  const isTold = slip !== undefined && (slip.state !== 'waiting' || slip.attempts > 0 || slip.notBefore <= now)
  if (last?.id !== input.returnId || isTold || now > last.at + undoMs)
    throw new AppError('ERR_RETURN_TOLD', { parcel: nameOf(parcel) })
  const others = parcel.returns?.slice(0, -1) ?? []
  const done = await fulfil(deps, caller, {
    orders: [file.order],
    parcels: file.parcels.map((one) =>
      one.id === parcel.id ? { ...parcel, returns: others.length > 0 ? others : undefined } : one,
    ),
    happenings: [
      { orderId: parcel.orderId, parcelId: parcel.id, status: last.before, at: now, reason: 'return-taken-back' },
    ],
    undoMs,
  })
  const unsaid = (message: OutboxMessage): OutboxMessage => ({ ...message, state: 'withdrawn', lastProblem: 'taken-back' }) // prettier-ignore
  await deps.store.saveOrderChange({
    ...done,
    reports: [...(slip ? [slip] : []), ...done.reports].map(unsaid),
    movements: (await intoStock(deps, caller, { parcel, pieces: last.pieces })).map((movement) => ({
      ...movement,
      kind: 'corrected',
      quantity: -movement.quantity,
      reason: 'return-taken-back',
    })),
    audit: auditEntry(deps.system, caller, { action: 'undo-return', entity: 'parcel', entityId: nameOf(parcel) }),
  })
}

/** The last word about the parcel that went, or waits to go, to the storefront. */
async function wordAbout(deps: Deps, { order }: OrderFile, parcel: Parcel): Promise<OutboxMessage | undefined> {
  const addressee = await addresseeOf(deps.store, order)
  const reports = addressee ? (await getOrder(deps.store, addressee.id)).reports : []
  return reports.findLast(({ payload }) => payload.kind === 'report' && payload.report.parcelId === parcel.id)
}

export const nameOf = ({ orderCode, letter }: Pick<Parcel, 'orderCode' | 'letter'>): string => `${orderCode}${letter}`

async function getParcel({ store }: Deps, parcelId: string): Promise<Parcel> {
  const parcel = await store.findParcel(parcelId)
  if (!parcel) throw new AppError('ERR_PARCEL_NOT_FOUND', { parcel: parcelId })
  return parcel
}

function requireOut(parcel: Parcel, pieces: readonly ReturnedPiece[]): void {
  if (!canComeBack(parcel.status))
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { parcel: nameOf(parcel), from: parcel.status, to: 'returned' })
  const key = ({ orderLineId, sku }: Pick<ReturnedPiece, 'orderLineId' | 'sku'>): string =>
    JSON.stringify([orderLineId, sku])
  const out = Map.groupBy(stillOut(parcel), key)
  for (const [name, same] of Map.groupBy(pieces, key)) {
    const quantity = same.reduce((sum, piece) => sum + piece.quantity, 0)
    const left = (out.get(name) ?? []).reduce((sum, content) => sum + content.quantity, 0)
    if (quantity > left)
      throw new AppError('ERR_RETURN_TOO_MANY', { parcel: nameOf(parcel), sku: same[0]?.sku, quantity, out: left })
  }
}

/** Nothing of it is left at the customer's, or the customer never had it. */
function isWhole(after: Parcel, pieces: readonly ReturnedPiece[]): boolean {
  const never = pieces.some(({ reason }) => reason === 'refused' || reason === 'not-delivered')
  return never || stillOut(after).every(({ quantity }) => quantity === 0)
}

/** Told to the customer where it is about the way; their own reasons they know. */
const reasonOf = (pieces: readonly ReturnedPiece[]): string | undefined =>
  pieces.find(({ reason }) => reason === 'refused' || reason === 'not-delivered')?.reason

const placeOf = ({ fate, location }: ReturnedPiece): string | undefined =>
  fate === 'discard' ? undefined : fate === 'quarantine' ? quarantineLocation : location

function fatesOf(pieces: readonly ReturnedPiece[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const { fate, quantity } of pieces) sum[fate] = (sum[fate] ?? 0) + quantity
  return sum
}

/** What goes back among the stock: with the lot it was picked from, where that is known. Discarded pieces never come. */
async function intoStock(
  deps: Deps,
  caller: Caller,
  { parcel, pieces }: { readonly parcel: Parcel; readonly pieces: readonly ReturnedPiece[] },
): Promise<readonly StockMovement[]> {
  const kept = pieces.filter(({ fate }) => fate !== 'discard')
  if (kept.length === 0) return []
  const known = new Set((await deps.store.findFloor())?.locations.map(({ code }) => code))
  const picked = await pickedFrom(deps, parcel)
  const levels = await deps.store.loadStockLevels([...new Set(kept.map(({ sku }) => sku))])
  return kept.map((piece) => {
    const location = placeOf(piece) ?? ''
    if (piece.fate === 'restock' && !known.has(location))
      throw new AppError('ERR_FLOOR_LOCATION_UNKNOWN', { location, sku: piece.sku })
    const lot = picked.find((place) => place.sku === piece.sku)?.lot
    const bestBefore = lot === undefined ? undefined : levels.find((level) => isSameLot(level, piece.sku, lot))?.bestBefore // prettier-ignore
    return {
      id: newId(deps.system),
      at: deps.system.clock.now(),
      kind: 'returned',
      sku: piece.sku,
      of: 'product',
      location,
      ...(lot === undefined ? {} : { lot }),
      ...(bestBefore === undefined ? {} : { bestBefore }),
      quantity: piece.quantity,
      actor: caller.actor,
      reason: piece.reason,
      orderId: parcel.orderId,
    }
  })
}

async function invoiceOf({ store }: Deps, order: Order): Promise<string | undefined> {
  const { rows } = await store.listInvoices({ orderId: order.id, offset: 0, limit: 100 })
  return rows.find((row) => row.kind === 'invoice' && row.cancelledBy === undefined)?.number
}
