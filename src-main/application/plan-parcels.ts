import { canCarry, type Carrier } from '../domain/carrier.ts'
import { type HoldReason, type Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import type { OrderProof, UnplannedOrder } from '../domain/wave.ts'
import type { PackingProblem, PackingResult, PlanOptions } from '../ports/planners.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry, newId } from './audit.ts'
import { fulfil, type Happening } from './fulfil.ts'
import { packingProblem } from './packing-problem.ts'
import { stockShortages } from './choose-locations.ts'
import type { Caller, Workshop } from './workshop.ts'
import { fingerprintOf, isDone, requireNotStarted, stepResult } from './wave-step.ts'
import { parcelsOf } from './parcels-of-plan.ts'

type Deps = Pick<Workshop, 'store' | 'planners' | 'system'>
type PackedOrder = PackingResult['orders'][number]

/**
 * Decides which products travel in one parcel, for every order of the wave. An order that cannot be packed whole, or
 * whose pieces are not there, is set aside with the reason and goes on hold; the others are planned without it.
 * Nothing changed since the last run: no work.
 */
export async function planParcels(deps: Deps, caller: Caller, waveId: string): Promise<void> {
  const startedAt = deps.system.clock.now()
  const bundle = await deps.store.loadWave(waveId)
  const fingerprint = fingerprintOf(deps, bundle, { step: 'plan-parcels', content: whatPackingReads(bundle) })
  if (isDone(bundle, 'plan-parcels', fingerprint)) return
  requireNotStarted(bundle)

  const set = await decideParcels(deps, caller, { bundle, now: startedAt })

  const at = deps.system.clock.now()
  const happenings: Happening[] = set.orders.map((order) => ({
    orderId: order.id,
    status: order.holds.length > 0 ? 'on-hold' : 'planned',
    at,
  }))
  const done = await fulfil(deps, caller, {
    orders: set.orders,
    parcels: set.parcels,
    happenings,
    undoMs: bundle.settings.undoMs,
  })
  await deps.store.savePlannedParcels({
    waveId,
    stage: 'planned',
    step: stepResult(deps, { step: 'plan-parcels', fingerprint, startedAt }),
    unplanned: set.unplanned,
    proofs: set.proofs,
    rules: bundle.settings.packing,
    ...done,
    movements: cartonPromises(deps, caller, { before: bundle.parcels, after: set.parcels }),
    audit: auditEntry(deps.system, caller, {
      action: 'plan-parcels',
      entity: 'wave',
      entityId: bundle.wave.code,
      facts: { orders: set.proofs.length, parcels: set.parcels.length, unplanned: set.unplanned.length },
    }),
  })
}

/** As much of the planners as deciding parcels needs. */
export interface Packer {
  pack(problem: PackingProblem, options?: PlanOptions): Promise<Pick<PackingResult, 'orders'>>
}

/** What planning would decide at this moment. Nothing is written. */
export async function decideParcels(
  deps: Pick<Workshop, 'system'> & { readonly planners: Packer },
  caller: Caller,
  { bundle, now }: { readonly bundle: WaveBundle; readonly now: number },
): Promise<DecidedParcels> {
  const short = stockShortages(bundle, now)
  // An order cancelled since stays as it is: planning it again would bring it back.
  const wanted = bundle.orders.filter((order) => order.status !== 'cancelled')
  const candidates = wanted.filter((order) => !short.has(order.id) && order.holds.length === 0)
  const packed = await packByCarrier(deps, caller, { bundle, orders: candidates })
  return settle(deps, bundle, { wanted, packed, short })
}

/** Stock and status move while the wave is worked; only what decides the parcels counts as read. */
function whatPackingReads(bundle: WaveBundle): object {
  return {
    orders: bundle.orders.map((order) => ({
      id: order.id,
      lines: order.lines,
      holds: order.holds.length,
      service: order.service,
      country: order.country,
      area: order.postcodeArea,
    })),
    products: bundle.products.map((product) => ({
      sku: product.sku,
      size: product.sizeMm,
      volume: product.volumeCm3,
      weight: product.weightG,
      handling: product.handling,
    })),
    // How many are few is no reason to plan again.
    cartons: bundle.cartons.map(({ carton }) => ({ ...carton, warnBelow: undefined })),
    rules: bundle.settings.packing,
    carriers: bundle.carriers.map((carrier) => ({
      code: carrier.code,
      limits: carrier.limits,
      tariff: carrier.tariff,
      services: carrier.services,
      priority: carrier.priority,
    })),
  }
}

interface PackedWithCarrier {
  readonly order: Order
  readonly packed: PackedOrder | undefined
  readonly carrier: Carrier | undefined
}

/** Carriers have limits and tariffs of their own, so orders are packed carrier by carrier out of one stock of cartons. */
async function packByCarrier(
  deps: { readonly planners: Packer },
  caller: Caller,
  work: { bundle: WaveBundle; orders: readonly Order[] },
): Promise<readonly PackedWithCarrier[]> {
  const { bundle, orders } = work
  const promised = new Map<string, number>()
  for (const parcel of bundle.parcels)
    if (parcel.carton !== undefined && parcel.status === 'planned')
      promised.set(parcel.carton, (promised.get(parcel.carton) ?? 0) + 1)
  const cartonsLeft = new Map(
    bundle.cartons.map((row) => [row.carton.code, row.onHand - row.reserved + (promised.get(row.carton.code) ?? 0)]),
  )
  const groups = Map.groupBy(orders, (order) => carrierFor(bundle.carriers, order)?.code ?? '')
  const all: PackedWithCarrier[] = []
  for (const [code, group] of groups) {
    const carrier = bundle.carriers.find((candidate) => candidate.code === code)
    if (!carrier && group.some((order) => order.service !== 'collect')) {
      all.push(...group.map((order) => ({ order, packed: undefined, carrier: undefined })))
      continue
    }
    const result = await deps.planners.pack(packingProblem(bundle, group, { carrier, cartonsLeft }), {
      seed: bundle.wave.seed,
      isCancelled: caller.watch.isCancelled,
      onProgress: (done) =>
        caller.watch.report({ step: 'plan-parcels', done: all.length + done, total: orders.length }),
    })
    const packedById = new Map(result.orders.map((packed) => [packed.id, packed]))
    for (const order of group) {
      const packed = packedById.get(order.id)
      for (const parcel of packed?.parcels ?? [])
        if (parcel.carton !== null) cartonsLeft.set(parcel.carton, (cartonsLeft.get(parcel.carton) ?? 0) - 1)
      all.push({ order, packed, carrier })
    }
  }
  return all
}

/** The carrier an order will travel with: the first by priority that goes there; none for collection in the shop. */
export function carrierFor(carriers: readonly Carrier[], order: Order): Carrier | undefined {
  return order.service === 'collect' ? undefined : carriers.find((carrier) => canCarry(carrier, order))
}

/** Parcels, and every order with the holds it gets. */
export interface DecidedParcels {
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
  readonly unplanned: readonly UnplannedOrder[]
  readonly proofs: readonly OrderProof[]
}

function settle(
  deps: Pick<Workshop, 'system'>,
  bundle: WaveBundle,
  plan: {
    wanted: readonly Order[]
    packed: readonly PackedWithCarrier[]
    short: ReadonlyMap<string, HoldReason>
  },
): DecidedParcels {
  const parcels: Parcel[] = []
  const orders: Order[] = []
  const unplanned: UnplannedOrder[] = []
  const proofs: OrderProof[] = []
  const setAside = (order: Order, reasons: readonly HoldReason[]): void => {
    unplanned.push({ orderId: order.id, orderCode: order.code, reasons })
    orders.push({ ...order, holds: reasons })
  }
  for (const order of plan.wanted) {
    const shortage = plan.short.get(order.id)
    // A question about what the storefront changed stays open, whatever else keeps the order back.
    if (shortage) setAside(order, [shortage, ...order.holds.filter(({ facts }) => facts['changed'] !== undefined)])
    else if (order.holds.length > 0) setAside(order, order.holds)
  }
  for (const { order, packed, carrier } of plan.packed) {
    if (!packed) {
      setAside(order, [{ code: 'no-carrier', facts: { country: order.country, service: order.service } }])
    } else if (packed.unpacked.length > 0) {
      setAside(
        order,
        packed.unpacked.map((item) => ({
          code: 'unpackable',
          facts: { sku: item.sku, quantity: item.quantity, reason: item.reason, ...item.facts },
        })),
      )
    } else {
      orders.push({ ...order, holds: [] })
      parcels.push(...parcelsOf(deps, bundle, { order, packed, carrier }))
      proofs.push({
        orderId: order.id,
        parcelsLowerBound: packed.proof.parcelsLowerBound,
        isFewest: packed.proof.fewestParcels,
        isBest: packed.proof.best,
      })
    }
  }
  return { parcels, orders, unplanned, proofs }
}

function cartonPromises(
  deps: Deps,
  caller: Caller,
  parcels: { before: readonly Parcel[]; after: readonly Parcel[] },
): readonly StockMovement[] {
  const change = new Map<string, number>()
  const count = (list: readonly Parcel[], sign: number): void => {
    for (const parcel of list)
      if (parcel.carton !== undefined) change.set(parcel.carton, (change.get(parcel.carton) ?? 0) + sign)
  }
  count(
    parcels.before.filter((parcel) => parcel.status === 'planned'),
    -1,
  )
  count(parcels.after, 1)
  return [...change]
    .filter(([, quantity]) => quantity !== 0)
    .map(([code, quantity]) => ({
      id: newId(deps.system),
      at: deps.system.clock.now(),
      kind: 'reserved',
      sku: code,
      of: 'carton',
      location: cartonLocation,
      quantity,
      actor: caller.actor,
    }))
}
