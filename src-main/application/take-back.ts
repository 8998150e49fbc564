import { AppError } from '../kernel/errors.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import {
  reversed,
  stageBack,
  withState,
  type FormerWork,
  type TakeBack,
  type TakeBackDeed,
} from '../domain/take-back.ts'
import type { PickTour } from '../domain/tour.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import { auditEntry, newId } from './audit.ts'
import { moveOrder, type AddressChange } from './change-address.ts'
import { getOrder } from './change-order.ts'
import { owedPieces } from './follow-up.ts'
import { fulfil, type Happening } from './fulfil.ts'
import { markOf } from './keep-for-undo.ts'
import { recheckHolds } from './recheck-holds.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface TakenBack {
  readonly deed: TakeBackDeed
  /** Codes of the orders that are as they were; the one it was done to first. */
  readonly orders: readonly string[]
  /** What the former address led to. */
  readonly address?: AddressChange | undefined
}

/**
 * Takes the last merge, change of address or cancelling of an order back, as if it had never been: lines, holds, parcels,
 * stock, papers and sealed recipient. `undo` names the one that is meant, where it may not be the last any more. Throws
 * ERR_ORDER_NOT_FOUND; ERR_UNDO_OVER once its time is past, it was taken back or the customer knows; ERR_UNDO_CHANGED
 * when something else has happened to the order since; and, for an address, what changeAddress throws.
 */
export async function takeBack(
  deps: Workshop,
  caller: Caller,
  input: { readonly order: string; readonly undo?: string | undefined },
): Promise<TakenBack> {
  const { order } = await getOrder(deps.store, input.order)
  const kept = await deps.store.findTakeBack(order.id)
  if (!kept || (input.undo ?? kept.id) !== kept.id || kept.until <= deps.system.clock.now())
    throw new AppError('ERR_UNDO_OVER', { order: order.code })
  const files: OrderFile[] = []
  for (const { orderId } of kept.orders) files.push(await getOrder(deps.store, orderId))
  const done = { deed: kept.deed, orders: files.map((file) => file.order.code) }
  switch (kept.deed) {
    case 'change-address':
      return { ...done, address: await moveBack(deps, caller, { kept, files }) }
    case 'merge-orders':
      await part(deps, caller, { kept, files })
      return done
    case 'cancel-order':
      await reopen(deps, caller, { kept, files })
      return done
  }
}

interface Taking {
  readonly kept: TakeBack
  readonly files: readonly OrderFile[]
}

async function moveBack(deps: Workshop, caller: Caller, { kept, files }: Taking): Promise<AddressChange> {
  const [former, file] = [kept.orders[0], files[0]]
  if (!former?.place || !file || file.order.addressToken !== former.mark)
    throw new AppError('ERR_UNDO_CHANGED', { order: file?.order.code ?? '' })
  const moved = { ...file.order, ...former.place, personal: former.personal }
  return moveOrder(deps, caller, { file, moved, undo: { used: kept.id }, action: 'undo-address' })
}

/** Each order as it was, when nothing else has happened to any of them. */
function formerOrders(deps: Workshop, { kept, files }: Taking): readonly OrderFile['order'][] {
  return files.map(({ order }) => {
    const former = kept.orders.find(({ orderId }) => orderId === order.id)
    if (!former?.state || former.mark !== markOf(deps, order))
      throw new AppError('ERR_UNDO_CHANGED', { order: order.code })
    return withState(order, former.state)
  })
}

async function part(deps: Workshop, caller: Caller, taking: Taking): Promise<void> {
  const orders = formerOrders(deps, taking)
  const at = deps.system.clock.now()
  const done = await fulfil(deps, caller, {
    orders,
    parcels: [],
    happenings: orders
      .filter(({ status }, index) => status !== taking.files[index]?.order.status)
      .map(({ id, status }) => ({ orderId: id, status, at, reason: 'merge-taken-back' })),
    undoMs: 0,
  })
  await deps.store.saveOrderChange({
    ...done,
    movements: [],
    undo: { used: taking.kept.id },
    audit: auditEntry(deps.system, caller, {
      action: 'undo-merge',
      entity: 'order',
      entityId: orders[0]?.code ?? '',
      facts: { other: orders[1]?.code ?? '' },
    }),
  })
}

async function reopen(deps: Workshop, caller: Caller, taking: Taking): Promise<void> {
  const { kept, files } = taking
  const [order] = formerOrders(deps, taking)
  const [file] = files
  if (!order || !file) throw new AppError('ERR_INTERNAL', { what: 'undo-of-nothing' })
  await requireStillOwed(deps, order)
  const words = await unsentWords(deps, order.code, kept.messageIds)
  const at = deps.system.clock.now()
  const reason = 'cancel-taken-back'
  const parcels: readonly Happening[] = (kept.work?.parcels ?? []).map(({ id, status }) => ({ orderId: order.id, parcelId: id, status, at, reason })) // prettier-ignore
  const done = await fulfil(deps, caller, {
    orders: [order],
    parcels: file.parcels,
    happenings: [...parcels, { orderId: order.id, status: order.status, at, reason }],
    undoMs: 0,
  })
  const change = {
    ...done,
    // Nobody was told that it was cancelled, so nobody needs to hear that it is not.
    reports: [...words, ...done.reports].map(unsaid),
    undo: { used: kept.id },
    audit: auditEntry(deps.system, caller, { action: 'undo-cancel', entity: 'order', entityId: order.code }),
  }
  if (kept.work)
    await deps.store.saveFloorWork({ ...change, ...(await workBack(deps, caller, { file, work: kept.work })) })
  else await deps.store.saveOrderChange({ ...change, movements: [] })
  if (order.status === 'on-hold') await recheckHolds(deps, caller)
}

const unsaid = (message: OutboxMessage): OutboxMessage => ({
  ...message,
  state: 'withdrawn',
  lastProblem: 'taken-back',
})

/** The words of the cancelling, while all of them still wait. Throws ERR_UNDO_OVER. */
async function unsentWords(deps: Workshop, code: string, ids: readonly string[]): Promise<readonly OutboxMessage[]> {
  const now = deps.system.clock.now()
  const words: OutboxMessage[] = []
  for (const id of ids) {
    const word = await deps.store.findMessage(id)
    if (word?.state !== 'waiting' || word.attempts > 0 || word.notBefore <= now)
      throw new AppError('ERR_UNDO_OVER', { order: code })
    words.push(word)
  }
  return words
}

/** What was parted from another order was owed again once this one was cancelled; it may be on its way by now. */
async function requireStillOwed(deps: Workshop, order: OrderFile['order']): Promise<void> {
  if (!order.follows || order.follows.why === 'replacement') return
  const { order: whole } = await getOrder(deps.store, order.follows.orderId)
  const owed = await owedPieces(deps, whole)
  for (const { id, externalId, sku } of whole.lines) {
    const wanted = order.lines.filter((line) => line.externalId === externalId && line.sku === sku)
    if (wanted.reduce((sum, line) => sum + line.quantity, 0) > (owed.get(id) ?? 0))
      throw new AppError('ERR_UNDO_CHANGED', { order: order.code })
  }
}

/** Stops, stock, papers and stage as they were. Throws ERR_UNDO_CHANGED when the wave has been planned anew since. */
async function workBack(deps: Workshop, caller: Caller, { file, work }: { file: OrderFile; work: FormerWork }) {
  const { wave, tours } = await deps.store.loadWave(work.waveId)
  const known = new Set(file.parcels.map(({ id }) => id))
  const stops = tours.flatMap((tour) => tour.stops.map((stop) => ({ tourId: tour.id, stop })))
  const isThere = (one: FormerWork['stops'][number]): boolean =>
    stops.some(({ tourId, stop }) => tourId === one.tourId && stop.seq === one.seq && stop.orderId === file.order.id)
  if (!work.parcels.every(({ id }) => known.has(id)) || !work.stops.every(isThere))
    throw new AppError('ERR_UNDO_CHANGED', { order: file.order.code })
  return {
    waveId: wave.id,
    stage: stageBack(work, wave.stage),
    tours: toursBack(tours, work.stops),
    movements: work.movements.map((movement) => ({
      ...movement,
      ...reversed(movement),
      id: newId(deps.system),
      at: deps.system.clock.now(),
      actor: caller.actor,
      reason: 'cancel-taken-back',
    })),
    restored: { orderIds: [file.order.id], documentIds: work.documentIds },
  }
}

function toursBack(tours: readonly PickTour[], stops: FormerWork['stops']): readonly PickTour[] {
  return tours
    .filter(({ id }) => stops.some(({ tourId }) => tourId === id))
    .map((tour) => ({
      ...tour,
      stops: tour.stops.map((stop) => {
        const former = stops.find(({ tourId, seq }) => tourId === tour.id && seq === stop.seq)
        return former ? { ...stop, quantity: former.quantity } : stop
      }),
    }))
}
