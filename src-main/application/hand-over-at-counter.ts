import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import { dueAtCounter } from '../domain/invoice.ts'
import type { Parcel } from '../domain/parcel.ts'
import { usualCollectDays } from '../domain/settings.ts'
import { stageAfter } from '../domain/wave.ts'
import type { WaitingCollection } from '../ports/store/counter-store.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import { auditEntry } from './audit.ts'
import { findScanned } from './find-scanned.ts'
import { fulfil } from './fulfil.ts'
import { statusesAfter } from './save-stop.ts'
import { isWithheld } from './withheld.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

const dayMs = 86_400_000

export interface HandedOver {
  readonly orderId: string
  readonly order: string
  /** Letters of the parcels handed over now, and of those of the order that are still here. */
  readonly letters: readonly string[]
  readonly left: readonly string[]
  /** To be paid at the counter, minor units; undefined where nothing is. */
  readonly dueMinor: number | undefined
  readonly currency: string
}

/**
 * Hands parcels over to a customer who collects them: one parcel by its scanned number or its code (`231-07B`), all
 * packed ones of an order by the order's code. They are handed over and delivered at once, by an event of the counter.
 * Throws ERR_ORDER_NOT_FOUND, ERR_ORDER_HELD, ERR_NOT_TO_COLLECT { order, service }, ERR_STATUS_NOT_ALLOWED for what is not packed yet
 * or gone already.
 */
export async function handOverAtCounter(deps: Deps, caller: Caller, code: string): Promise<HandedOver> {
  const { file, parcel } = await findScanned(deps.store, code)
  const { order, parcels } = file
  if (order.service !== 'collect')
    throw new AppError('ERR_NOT_TO_COLLECT', { order: order.code, service: order.service })
  if (isWithheld(order)) throw new AppError('ERR_ORDER_HELD', { order: order.code })
  const living = parcels.filter((one) => !fulfilmentTable[one.status].isEnded)
  const wanted = parcel ? [parcel] : living.filter((one) => one.status === 'packed')
  const first = wanted[0] ?? living[0]
  const other = wanted.find((one) => one.status !== 'packed')
  if (wanted.length === 0 || other || !first)
    throw new AppError('ERR_STATUS_NOT_ALLOWED', {
      parcel: first ? `${order.code}${(other ?? first).letter}` : order.code,
      from: (other ?? first)?.status ?? order.status,
      to: 'handed-over',
    })
  await save(deps, caller, { file, wanted, waveId: first.waveId })
  const given = new Set(wanted.map((one) => one.id))
  return {
    orderId: order.id,
    order: order.code,
    letters: wanted.map((one) => one.letter),
    left: living.filter((one) => !given.has(one.id) && isHere(one)).map((one) => one.letter),
    dueMinor: dueAtCounter(order),
    currency: order.currency,
  }
}

const isHere = (parcel: Parcel): boolean => fulfilmentTable[parcel.status].rank < fulfilmentTable['handed-over'].rank

async function save(
  deps: Deps,
  caller: Caller,
  work: { readonly file: OrderFile; readonly wanted: readonly Parcel[]; readonly waveId: string },
): Promise<void> {
  const { order } = work.file
  const bundle = await deps.store.loadWave(work.waveId)
  const at = deps.system.clock.now()
  const done = await fulfil(
    deps,
    { ...caller, source: 'counter' },
    {
      orders: [order],
      parcels: work.file.parcels,
      happenings: work.wanted.flatMap(({ id: parcelId }) => [
        { orderId: order.id, parcelId, status: 'handed-over' as const, at },
        { orderId: order.id, parcelId, status: 'delivered' as const, at },
      ]),
      undoMs: bundle.settings.undoMs,
    },
  )
  await deps.store.saveFloorWork({
    waveId: bundle.wave.id,
    stage: stageAfter(bundle.wave.stage, statusesAfter(bundle, done.parcels)),
    tours: [],
    ...done,
    movements: [],
    audit: auditEntry(deps.system, caller, {
      action: 'hand-over-at-counter',
      entity: 'order',
      entityId: order.code,
      facts: { parcels: work.wanted.length },
    }),
  })
}

/** An order that waits at the counter; overdue once it has waited longer than the shop keeps it. */
export interface Waiting extends WaitingCollection {
  readonly isOverdue: boolean
}

/** What waits to be collected, the longest first, and what nobody came for. */
export async function waitingAtCounter(
  deps: Deps,
): Promise<{ readonly days: number; readonly rows: readonly Waiting[] }> {
  const days = (await deps.store.findSettings())?.collectDays ?? usualCollectDays
  const before = deps.system.clock.now() - days * dayMs
  const rows = await deps.store.listToCollect()
  return { days, rows: rows.map((row) => ({ ...row, isOverdue: row.readySince < before })) }
}
