import type { Clock } from '../../../kernel/time.ts'
import type { ProductChange, Pull, RefusedEntry } from '../../../ports/storefront.ts'
import { moneyOf } from './amounts.ts'
import { isSoldItself, skuOfUnit, type Catalogue } from './catalogue.ts'
import { cursorText, readProductCursor, type ProductCursor } from './cursors.ts'
import { idSetOf, idSetText } from './id-set.ts'
import { listStart, movedOn, type IdLists, type ListSlice } from './id-list.ts'
import { measuresOf } from './measures.ts'
import type { ShopSettings } from './shop-facts.ts'
import { gmtAt, gmtText, productFields, wireProduct, type WireProduct } from './wire.ts'
import type { WooHost } from './woo-host.ts'

const path = 'wc/v3/products'
const overlapMs = 120_000
/** A variation that changes does not move its parent's date, and what is deleted says nothing: once a day all is read. */
const fullPassEveryMs = 86_400_000

export interface ProductFeedParts {
  readonly host: WooHost
  readonly lists: IdLists
  readonly catalogue: Catalogue
  readonly settings: () => Promise<ShopSettings>
  readonly clock: Clock
}

/**
 * The change feed of sellable units: simple products and variations that can be touched. Between full passes, which the
 * first pull is and then one a day, only products whose date moved are read. Whatever a full pass does not meet any more
 * comes as a tombstone; so does what has become virtual.
 */
export async function pullProducts(parts: ProductFeedParts, text: string | undefined): Promise<Pull<ProductChange>> {
  const start: ProductCursor = { v: 1, known: '', seen: '', ...listStart }
  const cursor = text === undefined ? start : readProductCursor(text)
  if (!cursor) return { kind: 'cursor-expired' }
  const window = cursor.since === undefined ? {} : { modified_after: gmtText(cursor.since), dates_are_gmt: 'true' }
  const query = { _fields: productFields, status: 'any', ...window }
  const slice = await parts.lists.read({ path, query }, cursor)
  const read = await readUnits(parts, slice.rows)
  const known = idSetOf(cursor.known)
  const gone = read.notSold.filter((id) => known.has(id))
  const at = cursor.until ?? slice.hostNow ?? parts.clock.now()
  const next = cursorAfter(parts, { cursor, slice, read, at })
  const changes: ProductChange[] = [...read.changes, ...[...gone, ...next.vanished].map((id) => tombstone(id, at))]
  const page = {
    kind: 'page',
    entries: changes,
    refused: read.refused,
    hasMore: next.cursor.until !== undefined,
  } as const
  return { ...page, cursor: cursorText(next.cursor) }
}

const tombstone = (id: number, changedAt: number): ProductChange => ({ kind: 'tombstone', id: String(id), changedAt })

interface ReadUnits {
  readonly changes: readonly ProductChange[]
  readonly refused: readonly RefusedEntry[]
  readonly sold: readonly number[]
  readonly notSold: readonly number[]
}

async function readUnits(parts: ProductFeedParts, raw: readonly { readonly id: number }[]): Promise<ReadUnits> {
  const refused: RefusedEntry[] = []
  const units: { unit: WireProduct; parent: WireProduct | undefined }[] = []
  const notSold: number[] = []
  for (const [index, value] of raw.entries()) {
    const parsed = wireProduct.safeParse(value)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      refused.push({ id: String(value.id), index, path: issue?.path.join('.') ?? '', expected: issue?.message ?? '' })
      continue
    }
    const product = parsed.data
    if (isSoldItself(product)) units.push({ unit: product, parent: undefined })
    else notSold.push(product.id)
    if (!product.type.startsWith('variable')) continue
    for (const unit of await parts.catalogue.variations(product.id)) units.push({ unit, parent: product })
  }
  const real = units.filter(({ unit }) => !unit.virtual)
  const settings = await parts.settings()
  const stored = await parts.catalogue.withSkus(real.map(({ unit }) => unit.sku ?? ''))
  return {
    refused,
    sold: real.map(({ unit }) => unit.id),
    notSold: [...notSold, ...units.filter(({ unit }) => unit.virtual).map(({ unit }) => unit.id)],
    changes: real.map(({ unit, parent }) => productOf(unit, parent, { settings, stored })),
  }
}

interface Around {
  readonly settings: ShopSettings
  readonly stored: readonly WireProduct[]
}

function productOf(unit: WireProduct, parent: WireProduct | undefined, { settings, stored }: Around): ProductChange {
  const options = unit.attributes.flatMap(({ option }) => (option === undefined || option === '' ? [] : [option]))
  const category = (parent ?? unit).categories[0]?.name
  const gtin = unit.global_unique_id?.trim()
  const description = plainText((parent ?? unit).short_description)
  const rate = unit.tax_status === 'none' ? 0 : settings.taxRateByClass.get(unit.tax_class ?? '')
  return {
    kind: 'product',
    product: {
      id: String(unit.id),
      sku: skuOfUnit({ id: unit.id, sku: unit.sku ?? '' }, stored),
      ...(gtin && { gtin }),
      name: parent ? [parent.name, ...options].join(', ') : unit.name,
      ...(description && { description }),
      ...(category && { category }),
      price: moneyOf(unit.price ?? '', settings.currency),
      taxRate: rate ?? 0,
      measures: measuresOf(unit, settings),
      changedAt: unit.date_modified_gmt === undefined ? 0 : gmtAt(unit.date_modified_gmt),
    },
  }
}

const longestDescription = 1000

/** Short descriptions are written with tags and entities; here they are read, not drawn. */
const plainText = (html: string | undefined): string =>
  (html ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(nbsp|#160);/g, ' ')
    .replaceAll(/&amp;/g, '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestDescription)

interface Step {
  readonly cursor: ProductCursor
  readonly slice: ListSlice
  readonly read: ReadUnits
  /** The host's clock at the first answer of this window. */
  readonly at: number
}

function cursorAfter(
  parts: ProductFeedParts,
  { cursor, slice, read, at }: Step,
): { readonly cursor: ProductCursor; readonly vanished: readonly number[] } {
  const known = idSetOf(cursor.known)
  for (const id of read.notSold) known.delete(id)
  for (const id of read.sold) known.add(id)
  const seen = cursor.seen === undefined ? undefined : idSetOf(cursor.seen)
  for (const id of read.sold) seen?.add(id)
  const fullAt = cursor.since === undefined ? (cursor.fullAt ?? at) : cursor.fullAt
  const kept = { v: 1, known: idSetText(known), ...(seen && { seen: idSetText(seen) }), fullAt } as const
  if (!slice.isDone) {
    const next = movedOn(parts.host, path, { from: cursor, slice })
    return { cursor: { ...cursor, ...kept, until: at, ...next }, vanished: [] }
  }
  const vanished = seen ? [...known].filter((id) => !seen.has(id)) : []
  const isFullDue = seen === undefined && at - (fullAt ?? 0) >= fullPassEveryMs
  if (isFullDue) {
    // No lower bound: the next pull begins a full pass.
    return { cursor: { v: 1, known: kept.known, seen: '', ...listStart }, vanished: [] }
  }
  const { seen: _seen, ...between } = kept
  const settled = { ...between, known: idSetText(seen ?? known), since: at - overlapMs, ...listStart }
  return { cursor: settled, vanished }
}
