import { postageOf } from '../domain/postage.ts'
import { AppError } from '../kernel/errors.ts'
import type { Size } from '../kernel/units.ts'
import { getOrder } from './change-order.ts'
import { packingProblem } from './packing-problem.ts'
import { carrierFor } from './plan-parcels.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What one carton would be for these pieces. */
export interface CartonVerdict {
  readonly code: string
  readonly name: string
  readonly innerMm: Size
  readonly free: number
  readonly fits: boolean
  /** Of the one parcel, where it fits. */
  readonly grossG: number | undefined
  readonly billableG: number | undefined
  readonly outerCm3: number | undefined
  readonly cartonMinor: number
  readonly postageMinor: number | undefined
  /** Share of the allowable volume that is filled, 0 to 1. */
  readonly fill: number | undefined
  /** Why it does not: a reason of the planner with its facts. */
  readonly reason: { readonly code: string; readonly facts: { readonly [name: string]: string | number } } | undefined
}

/**
 * "Why this carton?": the pieces of one parcel tried in every carton the shop owns, each alone, stock aside; by the
 * order's courier and rules. In order of inner volume. Throws ERR_ORDER_NOT_FOUND, ERR_CANCELLED.
 */
export async function compareCartons(
  deps: Pick<Workshop, 'store' | 'planners'>,
  caller: Caller,
  wanted: { readonly order: string; readonly contents: readonly { readonly sku: string; readonly quantity: number }[] },
): Promise<readonly CartonVerdict[]> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const { order } = await getOrder(deps.store, wanted.order)
  const products = await deps.store.loadProducts(wanted.contents.map(({ sku }) => sku))
  const carrier = carrierFor(await deps.store.loadCarriers(), order)
  const cartons = await deps.store.loadCartons()
  const [line] = order.lines
  const lines = wanted.contents.flatMap(({ sku, quantity }) => (line ? [{ ...line, sku, quantity, withdrawn: 0 }] : []))
  const verdicts: CartonVerdict[] = []
  for (const row of cartons) {
    const { carton } = row
    const problem = packingProblem({ settings, products, cartons: [row] }, [{ ...order, lines }], {
      carrier,
      cartonsLeft: new Map([[carton.code, 1]]),
    })
    const { orders } = await deps.planners.pack(problem, { seed: 1, isCancelled: caller.watch.isCancelled })
    const [packed] = orders
    const [parcel] = packed?.parcels ?? []
    const fits = packed?.unpacked.length === 0 && packed.parcels.length === 1 && parcel?.carton === carton.code
    const left = packed?.unpacked[0]
    verdicts.push({
      code: carton.code,
      name: carton.name,
      innerMm: carton.innerMm,
      free: Math.max(0, row.onHand - row.reserved),
      fits,
      grossG: fits ? parcel.grossG : undefined,
      billableG: fits ? parcel.billableG : undefined,
      outerCm3: fits ? parcel.outerCm3 : undefined,
      cartonMinor: carton.costMinor,
      postageMinor: fits && carrier ? postageOf(carrier, { ...carton, grossG: parcel.grossG }) : undefined,
      fill: fits ? parcel.piecesCm3 / Math.max(1, parcel.allowableCm3) : undefined,
      reason: left ? { code: left.reason, facts: { sku: left.sku, ...left.facts } } : undefined,
    })
  }
  return verdicts
}
