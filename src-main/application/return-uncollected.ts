import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import { stageAfter } from '../domain/wave.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { cancelOrder, getOrder } from './change-order.ts'
import { fulfil } from './fulfil.ts'
import { statusesAfter } from './save-stop.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

const reason = 'not-collected'

/**
 * Nobody came: what still waits at the counter goes back into stock, pieces and cartons. An order of which nothing was
 * collected is cancelled; of one that was collected in part the rest is, and its pieces are withdrawn, so that an
 * invoice leaves them out. Answers the invoice in force, which is to be cancelled with it. Throws ERR_NOT_TO_COLLECT,
 * ERR_STATUS_NOT_ALLOWED when nothing waits.
 */
export async function returnUncollected(
  deps: Deps,
  caller: Caller,
  idOrCode: string,
): Promise<{ readonly order: string; readonly invoice: string | undefined }> {
  const file = await getOrder(deps.store, idOrCode)
  const { order, parcels } = file
  if (order.service !== 'collect')
    throw new AppError('ERR_NOT_TO_COLLECT', { order: order.code, service: order.service })
  const counter: Caller = { ...caller, source: 'counter' }
  const waiting = parcels.filter((parcel) => parcel.status === 'packed')
  const [first] = waiting
  if (!first) throw new AppError('ERR_STATUS_NOT_ALLOWED', { order: order.code, from: order.status, to: 'cancelled' })
  const hasLeft = ({ status }: Parcel): boolean =>
    status !== 'cancelled' && fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank
  if (parcels.some(hasLeft)) await returnRest(deps, counter, { file, waiting, waveId: first.waveId })
  else await cancelOrder(deps, counter, { order: order.id, reason })
  const { rows } = await deps.store.listInvoices({ orderId: order.id, offset: 0, limit: 100 })
  const invoice = rows.find((row) => row.kind === 'invoice' && row.cancelledBy === undefined)
  return { order: order.code, invoice: invoice?.number }
}

async function returnRest(
  deps: Deps,
  caller: Caller,
  work: { readonly file: OrderFile; readonly waiting: readonly Parcel[]; readonly waveId: string },
): Promise<void> {
  const { file, waiting } = work
  const bundle = await deps.store.loadWave(work.waveId)
  const at = deps.system.clock.now()
  const done = await fulfil(deps, caller, {
    orders: [withdrawn(file.order, waiting)],
    parcels: file.parcels,
    happenings: waiting.map(({ id: parcelId }) => ({
      orderId: file.order.id,
      parcelId,
      status: 'cancelled',
      at,
      reason,
    })),
    undoMs: bundle.settings.undoMs,
  })
  await deps.store.saveFloorWork({
    waveId: bundle.wave.id,
    stage: stageAfter(bundle.wave.stage, statusesAfter(bundle, done.parcels)),
    tours: [],
    ...done,
    movements: waiting.flatMap((parcel) => givenBack(deps, caller, { bundle, parcel })),
    audit: auditEntry(deps.system, caller, {
      action: 'return-uncollected',
      entity: 'order',
      entityId: file.order.code,
      facts: { parcels: waiting.length },
    }),
  })
}

/** The pieces of these parcels are pieces the customer will not get after all. */
function withdrawn(order: Order, parcels: readonly Parcel[]): Order {
  const back = new Map<string, number>()
  for (const { orderLineId, quantity } of parcels.flatMap((parcel) => parcel.contents))
    back.set(orderLineId, (back.get(orderLineId) ?? 0) + quantity)
  return {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      withdrawn: Math.min(line.quantity, line.withdrawn + (back.get(line.id) ?? 0)),
    })),
  }
}

/** Pieces to the places they were picked from, and the carton to the others. */
function givenBack(
  deps: Deps,
  caller: Caller,
  of: { readonly bundle: WaveBundle; readonly parcel: Parcel },
): readonly StockMovement[] {
  const { bundle, parcel } = of
  const base = {
    at: deps.system.clock.now(),
    kind: 'returned' as const,
    actor: caller.actor,
    orderId: parcel.orderId,
    reason,
  }
  const pieces = bundle.tours
    .flatMap((tour) => tour.stops)
    .filter((stop) => stop.parcelId === parcel.id && stop.picked > 0)
    .map((stop) => ({
      ...base,
      id: newId(deps.system),
      sku: stop.sku,
      of: 'product' as const,
      location: stop.location,
      ...(stop.lot === undefined ? {} : { lot: stop.lot }),
      quantity: stop.picked,
    }))
  if (parcel.carton === undefined) return pieces
  const carton = { sku: parcel.carton, of: 'carton' as const, location: cartonLocation, quantity: 1 }
  return [...pieces, { ...base, id: newId(deps.system), ...carton }]
}
