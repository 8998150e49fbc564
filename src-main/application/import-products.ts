import type { Product } from '../domain/catalogue.ts'
import type { ProductPage } from '../ports/store/catalogue-store.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { ProductChange, RefusedEntry, Storefront, StorefrontProduct } from '../ports/storefront.ts'
import { auditEntry } from './audit.ts'
import { mergeStorefrontProduct } from './merge-product.ts'
import { readFeed } from './read-feed.ts'
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
      const after = await afterwards(deps, connectionId, page.entries)
      await deps.store.saveProductPage({
        connectionId,
        productCursor: page.cursor,
        ...after,
        audit: auditEntry(deps.system, caller, {
          action: 'import-products',
          entity: 'storefront',
          entityId: connectionId,
          facts: { read: page.entries.length },
        }),
      })
      read += page.entries.length
      refused.push(...page.refused)
    },
  )
  return { read, refused }
}

type Afterwards = Pick<ProductPage, 'products' | 'listed' | 'ended'>

/**
 * The newest word of a page counts. A product is off sale once no storefront lists it any more; a tombstone of something
 * we never heard of changes nothing.
 */
async function afterwards(deps: Deps, connectionId: string, changes: readonly ProductChange[]): Promise<Afterwards> {
  const idOf = (change: ProductChange): string => (change.kind === 'product' ? change.product.id : change.id)
  const newest = new Map(changes.map((change) => [idOf(change), change]))
  const listed = [...newest.values()].flatMap((change) => (change.kind === 'product' ? [change.product] : []))
  const before = new Map((await deps.store.findListings(connectionId, [...newest.keys()])).map((one) => [one.externalId, one])) // prettier-ignore
  const sold = new Set(listed.map(({ sku }) => sku))
  const ended = [...newest].flatMap(([id, change]) => (change.kind === 'tombstone' ? [id] : []))
  // Under another SKU now, or taken off sale; before listings were kept, an id that is a SKU meant that product.
  const offSale = [...newest].flatMap(([id, change]) => {
    const known = before.get(id)
    if (change.kind === 'product') return known && known.sku !== change.product.sku && known.elsewhere === 0 ? [known.sku] : [] // prettier-ignore
    return known ? (known.elsewhere === 0 ? [known.sku] : []) : [id]
  })
  const known = new Map((await deps.store.loadProducts([...sold, ...offSale])).map((one) => [one.sku, one]))
  // Until its listing is known here a product may well be somebody else's too.
  const isListedElsewhere = ({ id, sku }: StorefrontProduct): boolean => before.get(id)?.sku !== sku || before.get(id)?.elsewhere !== 0 // prettier-ignore
  const merged = new Map<string, Product>()
  for (const told of listed)
    merged.set(
      told.sku,
      mergeStorefrontProduct(merged.get(told.sku) ?? known.get(told.sku), told, isListedElsewhere(told)),
    )
  const ending = offSale.flatMap((sku) => {
    const product = known.get(sku)
    return product?.active && !sold.has(sku) ? [{ ...product, active: false }] : []
  })
  return {
    products: [...merged.values(), ...ending],
    listed: listed.map(({ id, sku }) => ({ externalId: id, sku })),
    ended,
  }
}
