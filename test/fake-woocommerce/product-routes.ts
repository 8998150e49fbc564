import { pageOf, WireError } from './lists.ts'
import type { Call, Routes } from './routes.ts'
import type { Product } from './shop.ts'
import { productWire, withFields, type Wire } from './wire.ts'

const topLevel = ({ type }: Product): boolean => type !== 'variation'

function productOf({ shop, ids }: Call, index = 0): Product {
  const product = shop.products.get(ids[index] ?? 0)
  if (!product) throw new WireError(404, 'woocommerce_rest_product_invalid_id', { message: 'Invalid ID.' })
  return product
}

export const productRoutes: Routes = {
  'GET products': (call) => {
    const { shop, query } = call
    const status = query.get('status') ?? 'any'
    const skus = (query.get('sku') ?? '').split(',').filter((sku) => sku !== '')
    // Asked by SKU, variations are found too, by the SKU they store themselves; otherwise never.
    const rows = [...shop.products.values()]
      .filter((product) => (skus.length > 0 ? skus.includes(product.sku) : topLevel(product)))
      .filter((product) => (status === 'any' ? product.status !== 'trash' : product.status === status))
    const list = pageOf(shop, query, { rows, wire: (product) => productWire(shop, product) })
    return { body: list.rows, list }
  },
  'GET products/#': (call) => ({
    body: withFields(productWire(call.shop, productOf(call)), call.query.get('_fields')),
  }),
  'GET products/#/variations': (call) => {
    const parent = productOf(call)
    const rows = [...call.shop.products.values()].filter(
      ({ parentId, status }) => parentId === parent.id && status !== 'trash',
    )
    const list = pageOf(call.shop, call.query, { rows, wire: (product) => productWire(call.shop, product) })
    return { body: list.rows, list }
  },
  'POST products/batch': (call) => batch(call, () => true),
  'POST products/#/variations/batch': (call) => {
    const parent = productOf(call)
    return batch(call, ({ parentId }) => parentId === parent.id)
  },
}

function batch(call: Call, isOwn: (product: Product) => boolean) {
  const updates = call.body['update']
  if (!Array.isArray(updates) || updates.length === 0) return { body: [] }
  if (updates.length > 100) {
    throw new WireError(413, 'woocommerce_rest_request_entity_too_large', {
      message: 'Unable to accept more than 100 items for this request.',
    })
  }
  return { body: { update: updates.map((update: Record<string, unknown>) => writeProduct(call, update, isOwn)) } }
}

/** Stock is written only where the product manages it; without that a quantity is dropped in silence. */
function writeProduct({ shop }: Call, update: Record<string, unknown>, isOwn: (product: Product) => boolean): Wire {
  const id = Number(update['id'])
  const product = shop.products.get(id)
  if (!product || !isOwn(product)) {
    const error = { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 400 } }
    return { id, error }
  }
  if (typeof update['manage_stock'] === 'boolean') product.managesStock = update['manage_stock']
  const quantity = update['stock_quantity']
  const delta = update['inventory_delta']
  if (product.managesStock && typeof quantity === 'number') product.stock = Math.trunc(quantity)
  else if (product.managesStock && typeof delta === 'number') product.stock = (product.stock ?? 0) + Math.trunc(delta)
  return productWire(shop, product)
}
