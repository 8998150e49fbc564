import { counterConnectionId, isTakenHere } from '../domain/counter.ts'
import { fulfilmentTable, type FulfilmentStatus } from '../domain/fulfilment.ts'
import { pieceCount, type FollowReason } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Stop } from '../domain/tour.ts'
import { hasFloorBegun } from '../domain/wave.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { getOrder } from './change-order.ts'
import { owedPieces } from './follow-up.ts'
import { addresseeOf } from './order-family.ts'
import { openOf } from './save-stop.ts'
import { isStopped } from './withheld.ts'
import type { Workshop } from './workshop.ts'

/** One thing that follows from a change: a code with facts, said as a sentence at the doors. Nothing personal. */
export interface Consequence {
  readonly code:
    | 'customer-told'
    | 'promises-back'
    | 'pieces-to-shelf'
    | 'open-package'
    | 'label-void'
    | 'label-new'
    | 'sheet-cross-out'
    | 'slip-void'
    | 'invoice-open'
    | 'plan-again'
    | 'area-fixed'
    | 'stays-behind'
    | 'new-order'
  readonly facts: { readonly [key: string]: string | number }
}

export interface NextSteps {
  /** Absent: not possible any more. */
  readonly cancel?: readonly Consequence[] | undefined
  readonly hold?: readonly Consequence[] | undefined
  readonly release?: readonly Consequence[] | undefined
  readonly address?: readonly Consequence[] | undefined
  readonly split?: readonly Consequence[] | undefined
  /** Other orders of the same customer to the same address that may still become part of this one. */
  readonly merge: readonly { readonly code: string; readonly pieces: number }[]
  readonly sendRest?: readonly Consequence[] | undefined
  /** Codes of those that would, did not a storefront's customer follow one of the two under its own number. */
  readonly apart: readonly string[]
  /** Pieces by line that will not come with this order, and with no other yet. */
  readonly owed: readonly { readonly orderLineId: string; readonly sku: string; readonly name: string; readonly quantity: number }[] // prettier-ignore
  readonly followers: readonly { readonly code: string; readonly why: FollowReason; readonly status: FulfilmentStatus }[] // prettier-ignore
  readonly follows: { readonly code: string; readonly why: FollowReason } | undefined
}

/** What can still be done about an order, and what would happen to sheet, package, label, stock and customer. Throws ERR_ORDER_NOT_FOUND. */
export async function nextSteps(deps: Pick<Workshop, 'store'>, idOrCode: string): Promise<NextSteps> {
  const file = await getOrder(deps.store, idOrCode)
  const { order, parcels } = file
  const waveId = parcels.find(isHere)?.waveId
  const bundle = waveId === undefined ? undefined : await deps.store.loadWave(waveId)
  const hasLeft = parcels.some((parcel) => parcel.status !== 'cancelled' && !isHere(parcel))
  // One that came back after it was cancelled has only parcels that are none any more.
  const living = parcels.filter(({ status }) => status !== 'cancelled')
  const isOver = order.status === 'cancelled' || (living.length > 0 && living.every((parcel) => !isHere(parcel)))
  const isOpen = !isOver && !hasLeft
  const isUntouched = order.status === 'received' || order.status === 'on-hold'
  const isHeld = isStopped(order) || order.status === 'on-hold'
  const owed = await owedPieces(deps, order)
  const owedLines = order.lines.flatMap(({ id, sku, name }) => {
    const quantity = owed.get(id) ?? 0
    return quantity > 0 ? [{ orderLineId: id, sku, name, quantity }] : []
  })
  const followed = order.follows && (await deps.store.findOrder(order.follows.orderId))?.order
  return {
    ...(isOpen && { cancel: await ofCancelling(deps, file, bundle) }),
    ...(!isOver && !hasLeft && !isHeld && { hold: [...staying(file), ...(await toldOf(deps.store, order))] }),
    ...(isHeld && !isOver && { release: [] }),
    ...(isOpen && order.service !== 'collect' && { address: ofMoving(file, bundle) }),
    ...(isUntouched && order.lines.reduce((sum, line) => sum + line.quantity - line.withdrawn, 0) > 1 && { split: [{ code: 'new-order' as const, facts: {} }] }), // prettier-ignore
    ...(isUntouched ? await beside(deps, file) : { merge: [], apart: [] }),
    ...(owedLines.length > 0 &&
      order.status !== 'cancelled' && { sendRest: [{ code: 'new-order' as const, facts: {} }] }),
    owed: order.status === 'cancelled' ? [] : owedLines,
    followers: (await deps.store.findFollowers(order.id)).map(({ order: one }) => ({
      code: one.code,
      why: one.follows?.why ?? 'rest',
      status: one.status,
    })),
    follows: followed && order.follows && { code: followed.code, why: order.follows.why },
  }
}

const isHere = ({ status }: Parcel): boolean => fulfilmentTable[status].rank < fulfilmentTable['handed-over'].rank

const lettersOf = (parcels: readonly Parcel[]): string =>
  parcels.map(({ orderCode, letter }) => `${orderCode}${letter}`).join(', ')

const told: Consequence = { code: 'customer-told', facts: {} }

/** Who ordered at the counter or in a file is told by nobody but us. */
async function toldOf(store: Workshop['store'], order: OrderFile['order']): Promise<readonly Consequence[]> {
  const addressee = await addresseeOf(store, order)
  const connection = (await store.loadConnections()).find(({ id }) => id === addressee?.connectionId)
  return connection && !isTakenHere(connection) ? [told] : []
}

/** In the order in which people meet it: sheet, package, label, stock, customer, invoice. */
async function ofCancelling(
  { store }: Pick<Workshop, 'store'>,
  { order, parcels }: OrderFile,
  bundle: WaveBundle | undefined,
): Promise<readonly Consequence[]> {
  const { rows } = await store.listInvoices({ orderId: order.id, offset: 0, limit: 100 })
  const invoice = rows.find((row) => row.kind === 'invoice' && row.cancelledBy === undefined)
  const papers = bundle ? onPaper({ order, parcels }, bundle) : []
  return [
    ...papers,
    ...(await toldOf(store, order)),
    ...(invoice ? [{ code: 'invoice-open' as const, facts: { invoice: invoice.number } }] : []),
  ]
}

function onPaper({ order, parcels }: Pick<OrderFile, 'order' | 'parcels'>, bundle: WaveBundle): readonly Consequence[] {
  const own = bundle.tours.flatMap((tour) =>
    tour.stops.filter(({ orderId }) => orderId === order.id).map((stop) => ({ tour: tour.seq, stop })),
  )
  const sheets = bundle.documents.some(({ kind }) => kind === 'pick-sheet')
  const packed = parcels.filter(({ status }) => status === 'packed')
  const labelled = parcels.filter(({ id }) =>
    bundle.documents.some(({ kind, subjectId }) => (kind === 'label' || kind === 'counter-slip') && subjectId === id),
  )
  const sum = (of: (stop: Stop) => number): number => own.reduce((total, { stop }) => total + of(stop), 0)
  const picked = own.filter(({ stop }) => stop.picked > 0)
  const slips = bundle.documents.some(({ kind, subjectId }) => kind === 'slip' && subjectId === order.id)
  const maybe = (isSo: boolean, code: Consequence['code'], facts: Consequence['facts']): readonly Consequence[] =>
    isSo ? [{ code, facts }] : []
  return [
    ...maybe(sheets && own.length > 0, 'sheet-cross-out', { wave: bundle.wave.code, stops: own.map(({ tour, stop }) => `${tour}/${stop.seq}`).join(', ') }), // prettier-ignore
    ...maybe(slips, 'slip-void', { order: order.code }),
    ...maybe(packed.length > 0, 'open-package', { packages: lettersOf(packed) }),
    ...maybe(labelled.length > 0, 'label-void', { packages: lettersOf(labelled) }),
    ...maybe(sum(openOf) > 0, 'promises-back', { pieces: sum(openOf) }),
    ...maybe(picked.length > 0, 'pieces-to-shelf', {
      pieces: sum(({ picked: n }) => n),
      places: [...new Set(picked.map(({ stop }) => stop.location))].join(', '),
    }),
  ]
}

function staying({ order, parcels }: OrderFile): readonly Consequence[] {
  const here = parcels.filter(isHere)
  return here.length > 0 ? [{ code: 'stays-behind', facts: { packages: lettersOf(here) || order.code } }] : []
}

function ofMoving({ order, parcels }: OrderFile, bundle: WaveBundle | undefined): readonly Consequence[] {
  if (!bundle) return []
  const own = new Set(parcels.filter(isHere).map(({ id }) => id))
  const labels = bundle.documents.filter(({ kind, subjectId }) => kind === 'label' && own.has(subjectId))
  const label: Consequence = { code: 'label-new', facts: { packages: lettersOf(parcels.filter(({ id }) => labels.some(({ subjectId }) => subjectId === id))) } } // prettier-ignore
  const area = `${order.country} ${order.postcodeArea}`
  const begun = hasFloorBegun(bundle.wave.stage)
  return [...(labels.length > 0 ? [label] : []), { code: begun ? 'area-fixed' : 'plan-again', facts: { area } }]
}

async function beside(
  { store }: Pick<Workshop, 'store'>,
  { order }: OrderFile,
): Promise<Pick<NextSteps, 'merge' | 'apart'>> {
  const others = (await store.findOrdersOfUsers([order.userId])).filter((other) => other.id !== order.id)
  const [merge, rest] = [others.filter((other) => canMerge(order, other)), others.filter((other) => !canMerge(order, other))] // prettier-ignore
  return {
    merge: merge.map((other) => ({ code: other.code, pieces: pieceCount(other) })),
    apart: rest.filter((other) => goTogether(order, other)).map(({ code }) => code),
  }
}

type Both = OrderFile['order']

const areUntouched = (...orders: readonly Both[]): boolean =>
  orders.every(({ status }) => status === 'received' || status === 'on-hold')

/** A part that was split off, or a rest, that comes back before anybody has worked on either. */
export const isPartOf = (into: Both, other: Both): boolean =>
  areUntouched(into, other) && other.follows?.orderId === into.id && other.follows.why !== 'replacement'

/**
 * A part comes back to its whole. Otherwise: same customer, same address, same way, both untouched, and nobody outside
 * who knows the other one by its number.
 */
export const canMerge = (into: Both, other: Both): boolean =>
  isPartOf(into, other) ||
  (goTogether(into, other) && into.connectionId === counterConnectionId && other.connectionId === counterConnectionId)

const goTogether = (into: Both, other: Both): boolean =>
  other.id !== into.id &&
  areUntouched(into, other) &&
  into.userId === other.userId &&
  into.addressToken === other.addressToken &&
  into.service === other.service &&
  into.currency === other.currency &&
  !into.follows &&
  !other.follows
