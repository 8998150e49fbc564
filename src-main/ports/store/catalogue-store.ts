import type { Carrier } from '../../domain/carrier.ts'
import type { Carton, StockedCarton } from '../../domain/carton.ts'
import type { Product } from '../../domain/catalogue.ts'
import type { Floor, Location } from '../../domain/floor.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { ProductPhoto } from '../../domain/product-photo.ts'
import type { Settings } from '../../domain/settings.ts'
import type { StockLevel, StockMovement } from '../../domain/stock.ts'

export interface ChangeCounts {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
}

/** A page of a list. `search` matches any word's beginning, case and accents aside. Ties are broken by id. */
export interface ListQuery {
  readonly search?: string | undefined
  readonly sort?: string | undefined
  readonly descending?: boolean | undefined
  readonly offset: number
  readonly limit: number
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

export interface ProductRow {
  readonly product: Product
  readonly levels: readonly StockLevel[]
}

/** A product as one storefront sells it, under that storefront's own id. */
export interface Listing {
  readonly externalId: string
  readonly sku: string
  /** How many other listings of the same SKU there are, at this storefront or at others. */
  readonly elsewhere: number
}

/** What the worklist judges of a product. */
export type MeasuredProduct = Pick<
  Product,
  'sku' | 'name' | 'category' | 'sizeMm' | 'volumeCm3' | 'weightG' | 'measuresConfirmed' | 'active'
> & {
  /** What is in force is an estimate. */
  readonly isWeightEstimated: boolean
  readonly isSpaceEstimated: boolean
  /** Some stock level names a place for it, were it with nothing on hand. */
  readonly isPlaced: boolean
}

/** Everything the worklist needs, of one moment. */
export interface WorklistBundle {
  /** Counts changes of products; grows with each, is never given twice. */
  readonly revision: number
  /** How many products there are. Fewer than a reader knows = some are gone. */
  readonly total: number
  /** Products saved, or given a first place, after the revision that was named; every product where none was. In order of SKU. */
  readonly changed: readonly MeasuredProduct[]
  /** How many orders that are not planned yet (received, on hold) name each SKU, in order of SKU; withdrawn pieces aside. */
  readonly waiting: readonly { readonly sku: string; readonly orders: number }[]
  /** What a search finds, as `listProducts` does; undefined where nothing is searched for. */
  readonly found: readonly string[] | undefined
}

/** One page of a storefront's product feed, together with the cursor that must be stored with it. */
export interface ProductPage {
  readonly connectionId: string
  readonly productCursor: string
  readonly products: readonly Product[]
  readonly listed: readonly { readonly externalId: string; readonly sku: string }[]
  /** Ids that the storefront sells no more. */
  readonly ended: readonly string[]
  readonly audit: AuditEntry
}

/** A floor as a whole, with what moving and renaming places does to the stock on them. */
export interface FloorToSave {
  readonly floor: Floor
  readonly locations: readonly Location[]
  readonly movements?: readonly StockMovement[] | undefined
}

export type StockPlaces = { readonly at: readonly string[] } | { readonly notAt: readonly string[] }

/** How often a hand went to a location, and how many pieces it took. */
export interface PickCount {
  readonly location: string
  readonly picks: number
  readonly pieces: number
}

/**
 * What the shop owns and knows: settings, products, cartons, floor, stock, couriers. Each method is one transaction.
 * Whatever saves movements, here and elsewhere, weighs all of them together and throws ERR_STOCK_SHORT with `sku` and
 * `location` for a place they would leave short (`isShort` of domain/stock.ts); then nothing is saved.
 */
export interface CatalogueStore {
  findSettings(): Promise<Settings | undefined>
  saveSettings(settings: Settings, audit: AuditEntry): Promise<void>

  /** Upserts by SKU; one level is made for each movement's place. Products not named stay as they are. */
  saveProducts(
    products: readonly Product[],
    movements: readonly StockMovement[],
    audit: AuditEntry,
  ): Promise<ChangeCounts>
  /** Those of the named listings that are known, by id. */
  findListings(connectionId: string, externalIds: readonly string[]): Promise<readonly Listing[]>
  /** Upserts products and listings and moves the cursor, all or nothing. Throws ERR_STOREFRONT_NOT_FOUND. */
  saveProductPage(page: ProductPage): Promise<ChangeCounts>
  /** `sort`: sku (default), name, category, price, stock. `search` runs over sku, gtin, name and category. */
  listProducts(query: ListQuery): Promise<Page<ProductRow>>
  /** Cost: what changed since, and the orders that wait. */
  loadWorklist(query: {
    readonly since?: number | undefined
    readonly search?: string | undefined
  }): Promise<WorklistBundle>
  /** By SKU or GTIN. */
  findProduct(code: string): Promise<ProductRow | undefined>
  loadProducts(skus: readonly string[]): Promise<readonly Product[]>
  findPhoto(sku: string): Promise<ProductPhoto | undefined>
  /** The only one of its product; it goes when the product goes. */
  savePhoto(photo: ProductPhoto, audit: AuditEntry): Promise<void>
  removePhoto(sku: string, audit: AuditEntry): Promise<void>
  loadStockLevels(skus?: readonly string[]): Promise<readonly StockLevel[]>
  saveMovements(movements: readonly StockMovement[], audit: AuditEntry): Promise<void>

  saveCartons(cartons: readonly Carton[], movements: readonly StockMovement[], audit: AuditEntry): Promise<ChangeCounts>
  /** In order of inner volume, then code. */
  loadCartons(): Promise<readonly StockedCarton[]>
  /** Takes a carton out of the list; the movements take what is left of it out of stock. Parcels keep its code. */
  removeCarton(code: string, movements: readonly StockMovement[], audit: AuditEntry): Promise<void>

  /** Replaces floor and locations as a whole; stock stays where the movements leave it. */
  saveFloor(drawn: FloorToSave, audit: AuditEntry): Promise<void>
  findFloor(): Promise<{ readonly floor: Floor; readonly locations: readonly Location[] } | undefined>
  /**
   * Levels of products that hold or promise something, at the named places or at all others; in order of location, SKU
   * and lot. Cost: linear in the levels.
   */
  loadStockByPlace(places: StockPlaces): Promise<readonly StockLevel[]>
  /** What was taken out of each location from `from` up to, but without, `to`; in order of location. */
  countPicks(period: { readonly from: number; readonly to: number }): Promise<readonly PickCount[]>

  /** Upserts by code. */
  saveCarrier(carrier: Carrier, audit: AuditEntry): Promise<void>
  /** In order of priority, then code. */
  loadCarriers(): Promise<readonly Carrier[]>
}
