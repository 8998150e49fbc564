import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import type { FormerWork } from '../domain/take-back.ts'
import { hasFloorBegun, stageAfter, type WaveStage } from '../domain/wave.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { PickTour } from '../domain/tour.ts'
import type { HoldReason, Order } from '../domain/order.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import type { OrderFile, WithdrawnPapers } from '../ports/store/order-store.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { openOf, statusesAfter } from './save-stop.ts'
import { fulfil, type Happening } from './fulfil.ts'
import { keepChange, offerOf, type UndoOffer } from './keep-for-undo.ts'
import { recheckHolds } from './recheck-holds.ts'
import { unsentWord } from './settle-message.ts'
import { isStopped } from './withheld.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** By id or short code. Throws ERR_ORDER_NOT_FOUND. */
export async function getOrder(store: Pick<Workshop['store'], 'findOrder'>, idOrCode: string): Promise<OrderFile> {
  const file = await store.findOrder(idOrCode)
  if (!file) throw new AppError('ERR_ORDER_NOT_FOUND', { order: idOrCode })
  return file
}

/**
 * Puts an order aside until it is released. One that is in work already keeps its place and its pieces, but gets no
 * label and no courier until then. Throws ERR_STATUS_NOT_ALLOWED once it has left or ended.
 */
export async function holdOrder(deps: Deps, caller: Caller, idOrCode: string): Promise<void> {
  const file = await getOrder(deps.store, idOrCode)
  if (isInWork(file)) return stopOrder(deps, caller, file)
  requireUntouched(file, 'on-hold')
  const order = {
    ...file.order,
    holds: [...file.order.holds.filter((hold) => !isOwnHold(hold)), { code: 'by-hand' as const, facts: {} }],
  }
  await save(deps, caller, {
    file: { ...file, order },
    happening: unlessAlready(file, 'on-hold'),
    movements: [],
    action: 'hold-order',
  })
}

const inWork: ReadonlySet<string> = new Set(['planned', 'picking', 'packed'])
const isInWork = ({ order }: OrderFile): boolean => inWork.has(order.status)

async function stopOrder(deps: Deps, caller: Caller, file: OrderFile): Promise<void> {
  const { order } = file
  if (isStopped(order)) return
  const holds = [...order.holds, { code: 'by-hand' as const, facts: { stopped: order.status } }]
  await save(deps, caller, {
    file: { ...file, order: { ...order, holds } },
    happening: { status: 'on-hold' },
    movements: [],
    action: 'stop-order',
  })
}

/** It goes on where it was; the storefront hears its present status again. */
async function resumeOrder(deps: Deps, caller: Caller, file: OrderFile): Promise<void> {
  const { order } = file
  if (!isStopped(order)) return
  const holds = order.holds.filter(({ code, facts }) => code !== 'by-hand' || facts['stopped'] === undefined)
  await save(deps, caller, {
    file: { ...file, order: { ...order, holds } },
    happening: { status: order.status },
    movements: [],
    action: 'resume-order',
  })
}

/** What an order is already is not told twice: two such reports would wait, and taking back a slip withdraws one. */
const unlessAlready = ({ order }: OrderFile, status: 'on-hold' | 'received'): Saved['happening'] =>
  order.status === status ? undefined : { status }

/** Put there by a person here, not by what a storefront has said. */
const isOwnHold = ({ code, facts }: HoldReason): boolean => code === 'by-hand' && Object.keys(facts).length === 0

/**
 * Lifts what people have put on hold; what the catalogue lacks still holds it, and so does a change at the storefront
 * that nobody has decided about, unless this is the decision.
 */
// eslint-disable-next-line max-params -- which order, and whether its question is answered by it
export async function releaseOrder(
  deps: Deps,
  caller: Caller,
  idOrCode: string,
  { isDecided = false }: { readonly isDecided?: boolean } = {},
): Promise<void> {
  const file = await getOrder(deps.store, idOrCode)
  if (isInWork(file)) return resumeOrder(deps, caller, file)
  requireUntouched(file, 'received')
  const holds = file.order.holds.filter(
    (hold) =>
      hold.code === 'missing-address' ||
      hold.code === 'unknown-sku' ||
      hold.code === 'missing-measures' ||
      (!isDecided && hold.facts['changed'] !== undefined),
  )
  const happening = holds.length === 0 ? unlessAlready(file, 'received') : undefined
  await save(deps, caller, {
    file: { ...file, order: { ...file.order, holds } },
    happening,
    movements: [],
    action: 'release-order',
  })
  await recheckHolds(deps, caller)
}

/**
 * Cancels an order up to hand-over: promises are given back, picked pieces go back to their shelves, labels are void
 * and their numbers never used again. Until the customer is told all of it can be taken back. Throws
 * ERR_STATUS_NOT_ALLOWED once a parcel has left.
 */
export async function cancelOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly order: string; readonly reason: string },
): Promise<UndoOffer | undefined> {
  const file = await getOrder(deps.store, input.order)
  const gone = file.parcels.find(
    (parcel) =>
      fulfilmentTable[parcel.status].rank >= fulfilmentTable['handed-over'].rank && parcel.status !== 'cancelled',
  )
  if (gone || file.order.status === 'cancelled')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      order: file.order.code,
      from: gone?.status ?? 'cancelled',
      to: 'cancelled',
    })
  const waveId = file.parcels.find((parcel) => parcel.status !== 'cancelled')?.waveId
  const bundle = waveId === undefined ? undefined : await deps.store.loadWave(waveId)
  const movements = bundle ? givenBack(deps, caller, { file, bundle }) : []
  return save(deps, caller, {
    before: file.order,
    bundle,
    // Whatever was asked about it is answered.
    file: { ...file, order: { ...file.order, holds: [] } },
    happening: { status: 'cancelled', reason: input.reason },
    movements,
    withdrawn: bundle && papersOf(deps, file, bundle),
    tours: bundle && withoutStopsOf(bundle, file.order.id),
    action: 'cancel-order',
  })
}

/** Tours that halt for the order, with nothing left to take for it: nobody is sent there any more. */
const withoutStopsOf = ({ tours }: WaveBundle, orderId: string): readonly PickTour[] =>
  tours
    .filter(({ stops }) => stops.some((stop) => stop.orderId === orderId && openOf(stop) > 0))
    .map((tour) => ({
      ...tour,
      stops: tour.stops.map((stop) =>
        stop.orderId === orderId ? { ...stop, quantity: stop.picked + stop.short } : stop,
      ),
    }))

/** Labels and slips of the order are void; the sheets of its wave go on for the others. */
function papersOf(deps: Deps, file: OrderFile, bundle: WaveBundle): WithdrawnPapers {
  const subjects = new Set([file.order.id, ...file.parcels.map(({ id }) => id)])
  return {
    documentIds: bundle.documents.filter(({ subjectId }) => subjects.has(subjectId)).map(({ id }) => id),
    at: deps.system.clock.now(),
  }
}

function givenBack(
  deps: Deps,
  caller: Caller,
  planned: { readonly file: OrderFile; readonly bundle: WaveBundle },
): readonly StockMovement[] {
  const { file, bundle } = planned
  const at = deps.system.clock.now()
  const base = { at, actor: caller.actor, orderId: file.order.id, reason: 'order-cancelled' }
  const pieces = bundle.tours
    .flatMap((tour) => tour.stops)
    .filter((stop) => stop.orderId === file.order.id)
    .flatMap((stop): readonly StockMovement[] => {
      const where = {
        ...base,
        sku: stop.sku,
        of: 'product' as const,
        location: stop.location,
        ...(stop.lot !== undefined ? { lot: stop.lot } : {}),
      }
      const open = stop.quantity - stop.picked - stop.short
      return [
        ...(open > 0 ? [{ ...where, id: newId(deps.system), kind: 'reserved' as const, quantity: -open }] : []),
        ...(stop.picked > 0
          ? [{ ...where, id: newId(deps.system), kind: 'returned' as const, quantity: stop.picked }]
          : []),
      ]
    })
  const cartons = file.parcels.flatMap((parcel): readonly StockMovement[] => {
    if (parcel.carton === undefined || parcel.status === 'cancelled') return []
    const isUsed = parcel.status === 'packed'
    return [
      {
        ...base,
        id: newId(deps.system),
        sku: parcel.carton,
        of: 'carton',
        location: cartonLocation,
        kind: isUsed ? 'returned' : 'reserved',
        quantity: isUsed ? 1 : -1,
      },
    ]
  })
  return [...pieces, ...cartons]
}

function requireUntouched(file: OrderFile, to: string): void {
  const { status, code } = file.order
  if (status !== 'received' && status !== 'on-hold')
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { order: code, from: status, to })
}

interface Saved {
  /** The order as it was, where the change can be taken back. */
  readonly before?: Order | undefined
  /** The wave that holds the order's parcels, which may end with them. */
  readonly bundle?: WaveBundle | undefined
  readonly file: OrderFile
  readonly happening: Pick<Happening, 'status' | 'reason'> | undefined
  readonly movements: readonly StockMovement[]
  readonly withdrawn?: WithdrawnPapers | undefined
  readonly tours?: readonly PickTour[] | undefined
  readonly action: string
}

/** Put on hold and released again before anybody was told: nobody is. */
function withoutSlip(
  deps: Deps,
  { reports: before }: OrderFile,
  reports: readonly OutboxMessage[],
): readonly OutboxMessage[] {
  const slip = unsentWord(before, { kind: 'on-hold', now: deps.system.clock.now() })
  const [only, ...others] = reports
  const isRelease = only?.payload.kind === 'report' && only.payload.report.kind === 'received' && others.length === 0
  if (!slip || !isRelease) return reports
  return [
    { ...slip, state: 'withdrawn', lastProblem: 'taken-back' },
    { ...only, state: 'withdrawn', lastProblem: 'taken-back' },
  ]
}

async function save(deps: Deps, caller: Caller, saved: Saved): Promise<UndoOffer | undefined> {
  const { file, happening } = saved
  const settings = await deps.store.findSettings()
  const at = deps.system.clock.now()
  const living = happening?.status === 'cancelled' ? file.parcels.filter((parcel) => parcel.status !== 'cancelled') : []
  const done = await fulfil(deps, caller, {
    orders: [file.order],
    parcels: file.parcels,
    happenings: happening
      ? [
          ...living.map((parcel) => ({ orderId: file.order.id, parcelId: parcel.id, at, ...happening })),
          { orderId: file.order.id, at, ...happening },
        ]
      : [],
    undoMs: settings?.undoMs ?? 0,
  })
  const { bundle, before } = saved
  const stage = bundle && stageOf(bundle, done.parcels)
  const kept =
    before &&
    keepChange(deps, {
      deed: 'cancel-order',
      before: [before],
      after: done.orders,
      words: done.reports,
      undoMs: settings?.undoMs ?? 0,
      work: bundle && stage && formerWork(saved, { bundle, living, stage }),
    })
  const change = {
    ...done,
    reports: withoutSlip(deps, file, done.reports),
    undo: { kept },
    movements: saved.movements,
    withdrawn: saved.withdrawn,
    audit: auditEntry(deps.system, caller, { action: saved.action, entity: 'order', entityId: file.order.code }),
  }
  if (bundle && stage)
    await deps.store.saveFloorWork({ ...change, waveId: bundle.wave.id, stage, tours: saved.tours ?? [] })
  else await deps.store.saveOrderChange(change)
  return offerOf(kept)
}

function stageOf(bundle: WaveBundle, parcels: readonly Parcel[]): WaveStage {
  const stage = stageAfter(bundle.wave.stage, statusesAfter(bundle, parcels))
  // A wave in which nobody has picked yet stays open for planning, unless nothing is left in it.
  return stage === 'packed' && !hasFloorBegun(bundle.wave.stage) ? bundle.wave.stage : stage
}

function formerWork(
  { movements, withdrawn, tours, file }: Saved,
  was: { readonly bundle: WaveBundle; readonly living: readonly Parcel[]; readonly stage: WaveStage },
): FormerWork {
  const { wave, tours: before } = was.bundle
  const touched = new Set(tours?.map(({ id }) => id))
  return {
    waveId: wave.id,
    stageBefore: wave.stage,
    stageAfter: was.stage,
    parcels: was.living.map(({ id, status }) => ({ id, status })),
    stops: before
      .filter(({ id }) => touched.has(id))
      .flatMap(({ id, stops }) =>
        stops.flatMap(({ orderId, seq, quantity }) =>
          orderId === file.order.id ? [{ tourId: id, seq, quantity }] : [],
        ),
      ),
    documentIds: withdrawn?.documentIds ?? [],
    movements,
  }
}
