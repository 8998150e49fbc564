import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import { dueAtCounter } from '../domain/invoice.ts'
import type { Parcel } from '../domain/parcel.ts'
import { usualCollectDays } from '../domain/settings.ts'
import { stageAfter } from '../domain/wave.ts'
import type { WaitingCollection } from '../ports/store/counter-store.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import { auditEntry } from './audit.ts'
import { getOrder } from './change-order.ts'
import { fulfil } from './fulfil.ts'
import { statusesAfter } from './save-stop.ts'
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
 * Throws ERR_ORDER_NOT_FOUND, ERR_NOT_TO_COLLECT { order, service }, ERR_STATUS_NOT_ALLOWED for what is not packed yet
 * or gone already.
 */
export async function handOverAtCounter(deps: Deps, caller: Caller, code: string): Promise<HandedOver> {
  const { file, parcel } = await findForCounter(deps, code)
  const { order, parcels } = file
  if (order.service !== 'collect')
    throw new AppError('ERR_NOT_TO_COLLECT', { order: order.code, service: order.service })
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

/** A scanned number first, then the code of an order, then that of a parcel: an order's code with a letter behind. */
async function findForCounter(
  { store }: Pick<Deps, 'store'>,
  typed: string,
): Promise<{ file: OrderFile; parcel: Parcel | undefined }> {
  const code = typed.trim().toUpperCase()
  // A scanner may say the GS1 application identifier before an SSCC.
  const number = /^(?:\(00\)|00)(\d{18})$/.exec(code)?.[1] ?? code
  const found = await store.findParcel(number)
  if (found) return { file: await getOrder(store, found.orderId), parcel: found }
  const whole = (await store.findOrder(typed.trim())) ?? (await store.findOrder(code))
  if (whole) return { file: whole, parcel: undefined }
  const [, orderCode, letter] = /^(.*\d)([A-Z]{1,2})$/.exec(code) ?? []
  const file = orderCode === undefined ? undefined : await store.findOrder(orderCode)
  const parcel = file?.parcels.find((one) => one.letter === letter)
  if (!file || !parcel) throw new AppError('ERR_ORDER_NOT_FOUND', { order: typed.trim().slice(0, 40) })
  return { file, parcel }
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
