import type { Product } from '../domain/catalogue.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { ProductChange, RefusedEntry, Storefront } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { mergeStorefrontProduct } from './merge-product.ts'
import { changeConnection, readFeed } from './read-feed.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/**
 * Reads a storefront's products on: what is new or changed is laid over what we know, what was taken off sale there is
 * kept here for the orders that name it, and is on sale again when it comes back.
 */
export async function importProducts(
  deps: Deps,
  caller: Caller,
  side: { readonly connection: Connection; readonly storefront: Pick<Storefront, 'pullProducts'> },
): Promise<{ readonly read: number; readonly refused: readonly RefusedEntry[] }> {
  const { id: connectionId } = side.connection
  let read = 0
  const refused: RefusedEntry[] = []
  await readFeed(
    { deps, caller, connectionId, cursorKey: 'productCursor', pull: (cursor) => side.storefront.pullProducts(cursor) },
    async (page) => {
      const changed = await productsAfter(deps, page.entries)
      await deps.store.saveProducts(
        changed,
        [],
        auditEntry(deps.system, caller, {
          action: 'import-products',
          entity: 'storefront',
          entityId: connectionId,
          facts: { read: page.entries.length },
        }),
      )
      await changeConnection(deps, caller, { connectionId, change: { productCursor: page.cursor } })
      read += page.entries.length
      refused.push(...page.refused)
    },
  )
  return { read, refused }
}

/** The newest word of a page counts; where a storefront's ids are no SKUs, a tombstone of a stranger changes nothing. */
async function productsAfter(deps: Deps, changes: readonly ProductChange[]): Promise<readonly Product[]> {
  const skuOf = (change: ProductChange): string => (change.kind === 'product' ? change.product.sku : change.id)
  const newest = new Map(changes.map((change) => [skuOf(change), change]))
  const known = new Map((await deps.store.loadProducts([...newest.keys()])).map((product) => [product.sku, product]))
  return [...newest].flatMap(([sku, change]) => {
    const product = known.get(sku)
    if (change.kind === 'product') return [mergeStorefrontProduct(product, change.product)]
    return product?.active ? [{ ...product, active: false }] : []
  })
}
