import type { WireStockAnswer, WireStockUpdate } from '../../src-protocol/index.ts'
import type { Shop } from '../shop/shop.ts'

/** Sets levels whose expected previous value holds; the others come back with what is there, untouched. */
export function updateStock(shop: Shop, update: WireStockUpdate): WireStockAnswer {
  const apply = shop.db.transaction(() =>
    update.levels.map((level): WireStockAnswer['answers'][number] => {
      const product = shop.products.find(level.sku)
      if (product === undefined) return { sku: level.sku, outcome: 'unknown-sku' }
      if (level.expected !== undefined && level.expected !== product.sellable) {
        return { sku: level.sku, outcome: 'conflict', present: product.sellable }
      }
      shop.products.setLevel(level.sku, level.quantity)
      return { sku: level.sku, outcome: 'set', present: level.quantity }
    }),
  )
  return { answers: apply.immediate() }
}
