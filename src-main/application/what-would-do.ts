import { packingPartOf } from '../domain/carton.ts'
import { AppError } from '../kernel/errors.ts'
import { getOrder } from './change-order.ts'
import { packingProblem } from './packing-problem.ts'
import { carrierFor } from './plan-parcels.ts'
import type { Caller, Workshop } from './workshop.ts'

export type Change =
  | { readonly code: 'lighter'; readonly carton: string; readonly byG: number }
  | { readonly code: 'larger-carton'; readonly carton: string; readonly axis: 0 | 1 | 2; readonly byMm: number }
  | { readonly code: 'without-piece'; readonly sku: string }

export interface WouldDo {
  /** As many as the order travels in by today's rules and cartons, stock aside. */
  readonly parcels: number
  readonly changes: readonly Change[]
}

/**
 * "What would have to change for one parcel less?" Packs the order anew by the rules of today, as if every carton were in
 * stock. Throws ERR_ORDER_NOT_FOUND, ERR_CANCELLED.
 */
export async function orderWouldDo(
  { store, planners }: Pick<Workshop, 'store' | 'planners'>,
  caller: Caller,
  idOrCode: string,
): Promise<WouldDo> {
  const { order } = await getOrder(store, idOrCode)
  const [settings, cartons, carriers, products] = await Promise.all([
    store.findSettings(),
    store.loadCartons(),
    store.loadCarriers(),
    store.loadProducts([...new Set(order.lines.map(({ sku }) => sku))]),
  ])
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const limits = { carrier: carrierFor(carriers, order), cartonsLeft: new Map<string, number>() }
  const asked = packingProblem({ settings, products, cartons: [] }, [order], limits)
  const problem = { ...asked, cartons: cartons.map(({ carton }) => packingPartOf(carton)) }
  const { orders } = await planners.pack(problem, { seed: 1, isCancelled: caller.watch.isCancelled })
  const [packed] = orders
  if (!packed) return { parcels: 0, changes: [] }
  const changes = await planners.whatWouldDo(problem, packed)
  return {
    parcels: packed.parcels.length,
    changes: changes.map(({ setup: _setup, order: _order, plan: _plan, ...change }) => change),
  }
}
