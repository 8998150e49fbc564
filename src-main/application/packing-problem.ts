import { packingPartOf } from '../domain/carton.ts'
import type { Carrier } from '../domain/carrier.ts'
import type { Product } from '../domain/catalogue.ts'
import { piecesOf, type Order } from '../domain/order.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import type { PackingProblem } from '../ports/planners.ts'

type PackingItem = PackingProblem['orders'][number]['items'][number]

/** The planning problem of the orders that travel with one carrier (or with none: collected in the shop). */
export function packingProblem(
  bundle: Pick<WaveBundle, 'settings' | 'products' | 'cartons'>,
  orders: readonly Order[],
  limits: { readonly carrier: Carrier | undefined; readonly cartonsLeft: ReadonlyMap<string, number> },
): PackingProblem {
  const productBySku = new Map(bundle.products.map((product) => [product.sku, product]))
  return {
    cartons: bundle.cartons
      .map(({ carton }) => {
        return { ...packingPartOf(carton), available: Math.max(0, limits.cartonsLeft.get(carton.code) ?? 0) }
      })
      .filter((carton) => carton.available > 0),
    rules: {
      ...bundle.settings.packing,
      carrier: limits.carrier?.limits,
      tariff: limits.carrier?.tariff ?? [],
    },
    orders: orders.map((order) => ({
      id: order.id,
      items: itemsOf(order, productBySku),
    })),
  }
}

/** Pieces of one SKU in several lines become one item: the engine packs pieces, not lines. */
function itemsOf(order: Order, productBySku: ReadonlyMap<string, Product>): readonly PackingItem[] {
  const piecesBySku = new Map<string, number>()
  for (const line of order.lines) {
    const pieces = piecesOf(line)
    if (pieces > 0) piecesBySku.set(line.sku, (piecesBySku.get(line.sku) ?? 0) + pieces)
  }
  return [...piecesBySku].flatMap(([sku, quantity]) => {
    const product = productBySku.get(sku)
    return (product && packingItemOf(product, quantity)) ?? []
  })
}

/** Undefined without a weight: such a piece cannot be planned. */
export function packingItemOf(product: Product, quantity: number): PackingItem | undefined {
  const { sku, weightG, volumeCm3, handling } = product
  if (weightG === undefined) return undefined
  return { sku, quantity, sizeMm: product.sizeMm ?? null, weightG, volumeCm3, handling }
}
