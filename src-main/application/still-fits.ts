import { packingPartOf } from '../domain/carton.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Parcel, ParcelTotals, Placement } from '../domain/parcel.ts'
import { AppError } from '../kernel/errors.ts'
import type { PackingProblem, PlannedParcel } from '../ports/planners.ts'
import { getOrder } from './change-order.ts'
import { packingItemOf } from './packing-problem.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'planners'>

/** A parcel by its order and letter. */
export interface ParcelWish {
  readonly order: string
  readonly letter: string
}

export interface FitsWish extends ParcelWish {
  /** Words that name, SKU or GTIN hold; case aside. */
  readonly search?: string | undefined
  /** `count` (default, most first), `name`, `sku`, `weight`. */
  readonly sort?: 'count' | 'name' | 'sku' | 'weight' | undefined
  readonly descending?: boolean | undefined
  readonly offset: number
  readonly limit: number
}

export interface FittingProduct {
  readonly sku: string
  readonly name: string
  readonly sizeMm: Product['sizeMm']
  readonly weightG: number
  /** At least so many, 99 at most. */
  readonly count: number
}

export interface FittingPage {
  readonly total: number
  readonly rows: readonly FittingProduct[]
}

/** More of one product than this is nobody's question. */
const mostCounted = 99

/**
 * "What still fits in this package?" Products on sale of which at least one can be added to the parcel as it is planned,
 * by every rule it was planned by. The catalogue is kept between questions: an answer costs what has changed since.
 * Throws ERR_ORDER_NOT_FOUND, ERR_PARCEL_NOT_FOUND.
 */
export function openStillFits(deps: Deps): (wish: FitsWish) => Promise<FittingPage> {
  const catalogue = new SoldCatalogue()
  return async (wish) => {
    const [planned, sold] = await Promise.all([plannedParcel(deps, wish), catalogue.read(deps)])
    const words = (wish.search ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean)
    const fitting = (await deps.planners.stillFits(planned, sold.items)).flatMap(({ product, count }) => {
      const found = sold.products[product]
      const isFound = found && words.every((word) => found.text.includes(word))
      return isFound ? [{ ...found.row, count: Math.min(mostCounted, count) }] : []
    })
    const { offset, limit } = wish
    return { total: fitting.length, rows: sorted(fitting, wish).slice(offset, offset + limit) }
  }
}

/** The parcel with as many of a product as still fit; `count` 0 where none does. */
export async function addToParcel(
  deps: Deps,
  { sku, ...wish }: ParcelWish & { readonly sku: string },
): Promise<{ readonly count: number; readonly placements: readonly Placement[]; readonly totals: ParcelTotals }> {
  const planned = await plannedParcel(deps, wish)
  const row = await deps.store.findProduct(sku)
  if (!row) throw new AppError('ERR_PRODUCT_NOT_FOUND', { product: sku })
  const item = packingItemOf(row.product, 1)
  const added = item && (await deps.planners.addedTo(planned, item))
  const { placements, netG, grossG, allowableG, piecesCm3, allowableCm3 } = added?.parcel ?? planned.parcel
  return {
    count: added?.count ?? 0,
    placements: placements.flatMap(({ sku: placed, atMm, sizeMm }) =>
      atMm && sizeMm ? [{ sku: placed, atMm, sizeMm }] : [],
    ),
    totals: { netG, grossG, allowableG, piecesCm3, allowableCm3 },
  }
}

type Item = PackingProblem['orders'][number]['items'][number]

interface SoldProduct {
  readonly row: Omit<FittingProduct, 'count'>
  /** What a search looks through. */
  readonly text: string
}

interface Sold {
  /** The same list as long as nothing changes. */
  readonly items: readonly Item[]
  readonly products: readonly SoldProduct[]
}

/** Products on sale with weight and room, in order of SKU, read again only where they changed. */
class SoldCatalogue {
  #revision: number | undefined
  #bySku = new Map<string, Product>()
  #sold: Sold = { items: [], products: [] }

  async read({ store }: Pick<Deps, 'store'>): Promise<Sold> {
    const { revision, total, changed } = await store.loadWorklist({ since: this.#revision })
    if (changed.length === 0 && total === this.#bySku.size && revision === this.#revision) return this.#sold
    const known = new Map(this.#revision === undefined ? [] : this.#bySku)
    for (const product of await store.loadProducts(changed.map(({ sku }) => sku))) known.set(product.sku, product)
    if (known.size !== total && this.#revision !== undefined) {
      // Some are gone: told from the start.
      this.#revision = undefined
      return this.read({ store })
    }
    this.#revision = revision
    this.#bySku = known
    this.#sold = soldOf([...known.values()].toSorted((a, b) => (a.sku < b.sku ? -1 : 1)))
    return this.#sold
  }
}

function soldOf(products: readonly Product[]): Sold {
  const items: Item[] = []
  const sold: SoldProduct[] = []
  for (const product of products) {
    const { sku, name, sizeMm, volumeCm3, gtin = '', active } = product
    const item = active && (sizeMm ?? volumeCm3) !== undefined ? packingItemOf(product, 1) : undefined
    if (!item) continue
    items.push(item)
    sold.push({
      row: { sku, name, sizeMm, weightG: item.weightG },
      text: `${name} ${sku} ${gtin}`.toLocaleLowerCase(),
    })
  }
  return { items, products: sold }
}

/** By the rules in force when it was planned, and the courier's limits of today. */
async function plannedParcel({ store }: Pick<Deps, 'store'>, { order, letter }: ParcelWish): Promise<PlannedParcel> {
  const { order: found, parcels } = await getOrder(store, order)
  const parcel = parcels.find((one) => one.letter === letter && one.status !== 'cancelled')
  if (!parcel) throw new AppError('ERR_PARCEL_NOT_FOUND', { parcel: `${found.code}${letter}` })
  const [wave, settings, carriers, cartons, products] = await Promise.all([
    store.findWave(parcel.waveId),
    store.findSettings(),
    store.loadCarriers(),
    store.loadCartons(),
    store.loadProducts([...new Set(parcel.contents.map(({ sku }) => sku))]),
  ])
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const carrier = carriers.find(({ code }) => code === parcel.carrierCode)
  const { innerMm, outerMm } = parcel
  const own = cartons.flatMap(({ carton }) =>
    carton.code === parcel.carton && innerMm ? [{ ...packingPartOf(carton), innerMm, outerMm }] : [],
  )
  const rules = { ...(wave?.rules ?? settings.packing), carrier: carrier?.limits, tariff: carrier?.tariff ?? [] }
  const items = products.flatMap((product) => packingItemOf(product, countOf(parcel, product.sku)) ?? [])
  return { setup: { cartons: own, rules }, items, parcel: asPacked(parcel) }
}

const countOf = (parcel: Parcel, sku: string): number =>
  parcel.contents.reduce((sum, content) => sum + (content.sku === sku ? content.quantity : 0), 0)

/** As the planner stated it; pieces without sides have no place. */
function asPacked(parcel: Parcel): PlannedParcel['parcel'] {
  const { totals, checkedBy, placements, why } = parcel
  const unsized = [...new Set(parcel.contents.map(({ sku }) => sku))].flatMap((sku) => {
    const placed = placements.filter((placement) => placement.sku === sku).length
    return Array.from({ length: Math.max(0, countOf(parcel, sku) - placed) }, () => ({ sku, atMm: null, sizeMm: null }))
  })
  return {
    ...totals,
    carton: parcel.carton ?? null,
    outerCm3: 0,
    billableG: totals.grossG,
    checkedBy,
    // Which reason it was planned for is not asked here.
    why: { code: 'smallest-carton', facts: why.facts },
    placements: [...placements, ...unsized],
  }
}

function sorted(rows: readonly FittingProduct[], { sort = 'count', descending }: FitsWish): readonly FittingProduct[] {
  const by: { readonly [Sort in NonNullable<FitsWish['sort']>]: (a: FittingProduct, b: FittingProduct) => number } = {
    count: (a, b) => a.count - b.count,
    weight: (a, b) => a.weightG - b.weightG,
    name: (a, b) => a.name.localeCompare(b.name),
    sku: (a, b) => (a.sku < b.sku ? -1 : 1),
  }
  const sign = (descending ?? sort === 'count') ? -1 : 1
  return rows.toSorted((a, b) => sign * by[sort](a, b) || (a.sku < b.sku ? -1 : 1))
}
