import type { Carrier } from '../domain/carrier.ts'
import type { Product } from '../domain/catalogue.ts'
import { pieceCount, piecesOf, type Order } from '../domain/order.ts'
import { AppError } from '../kernel/errors.ts'
import { carrierFor } from './plan-parcels.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What customers ordered alike: one order of each kind, and how many there were. */
export interface Basket {
  readonly order: Order
  readonly times: number
  readonly carrier: Carrier | undefined
}

export interface PastBaskets {
  readonly baskets: readonly Basket[]
  readonly products: readonly Product[]
  /** Orders looked at; the newest where there were more of them. */
  readonly orders: number
  readonly isCut: boolean
  /** Orders left out because a product has no measures or no courier goes there. */
  readonly left: number
}

const page = 500
/** More orders than this change no advice any more, and somebody waits for it. */
export const mostPastOrders = 2_000

/** The orders placed since then, cancelled ones aside, put together by what is in them and who carries them. */
export async function pastBaskets(
  deps: Pick<Workshop, 'store' | 'imports'>,
  caller: Caller,
  since: number,
): Promise<PastBaskets> {
  const carriers = await deps.store.loadCarriers()
  const orders: Order[] = []
  for (let offset = 0; ; offset += page) {
    const { rows } = await deps.store.listOrders({ sort: 'placed', descending: true, offset, limit: page })
    const wanted = rows.filter(({ order }) => order.placedAt >= since)
    orders.push(
      ...wanted.map(({ order }) => order).filter((order) => order.status !== 'cancelled' && pieceCount(order) > 0),
    )
    await deps.imports.breathe()
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED')
    if (orders.length >= mostPastOrders || wanted.length < page) break
  }
  const taken = orders.slice(0, mostPastOrders)
  const products = await deps.store.loadProducts([
    ...new Set(taken.flatMap(({ lines }) => lines.map(({ sku }) => sku))),
  ])
  const measured = new Set(products.filter(isMeasured).map(({ sku }) => sku))
  const byContent = new Map<string, Basket>()
  let left = 0
  for (const order of taken) {
    const carrier = carrierFor(carriers, order)
    const lines = order.lines.filter((line) => piecesOf(line) > 0)
    if ((!carrier && order.service !== 'collect') || lines.some(({ sku }) => !measured.has(sku))) {
      left++
      continue
    }
    const content = lines.map((line) => `${piecesOf(line)} ${line.sku}`).toSorted()
    const key = [carrier?.code ?? '', ...content].join('\n')
    byContent.set(key, { order, carrier, times: (byContent.get(key)?.times ?? 0) + 1 })
  }
  return {
    baskets: [...byContent.values()],
    products,
    orders: taken.length,
    isCut: orders.length >= mostPastOrders,
    left,
  }
}

const isMeasured = (product: Product): boolean =>
  product.weightG !== undefined && (product.sizeMm !== undefined || product.volumeCm3 !== undefined)
