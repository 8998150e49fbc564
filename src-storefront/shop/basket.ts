import type { CartAnswer, PreviewAnswer, PreviewRequest, ProductView } from '../customer/schemas.ts'
import type { Travel } from '../customer/travel-schema.ts'
import { spokenTravel } from '../pages/travel-words.ts'
import { Refusal } from '../refusal.ts'
import { readCart, replaceCart, type CartRow } from '../store/customers.ts'
import { findRules } from '../store/packaging-rules.ts'
import type { StoredProduct } from '../store/products.ts'
import { amountOf } from './money.ts'
import { shippingPrice } from './shipping.ts'
import type { Shop } from './shop.ts'
import { planTravel, type BasketLine } from './travel.ts'
import { english, type Words } from '../translations/words.ts'

export function productView(shop: Shop, product: StoredProduct): ProductView {
  return {
    id: product.sku,
    sku: product.sku,
    ...(product.gtin !== undefined && { gtin: product.gtin }),
    name: product.name,
    description: product.description,
    category: product.category,
    price: amountOf(product.priceMinor, shop.configuration.currency),
    taxRate: product.taxRate,
    available: product.active ? product.sellable : 0,
    ...(product.weightG !== undefined && { weightG: product.weightG }),
    ...(product.sizeMm !== undefined && { sizeMm: [...product.sizeMm] }),
    ...(product.volumeCm3 !== undefined && { volumeCm3: product.volumeCm3 }),
    handling: product.handling,
    href: `/products/${encodeURIComponent(product.sku)}`,
  }
}

/** The basket's lines; products that were taken out of the catalogue fall out of it. */
export function basketOf(shop: Shop, userId: string): readonly BasketLine[] {
  return readCart(shop.db, userId).flatMap(({ sku, quantity }) => {
    const product = shop.products.find(sku)
    return product?.active === true ? [{ product, quantity }] : []
  })
}

/** Lines as asked for; refuses a product that the shop does not sell. */
export function linesOfRequest(shop: Shop, lines: readonly CartRow[]): readonly BasketLine[] {
  return lines.map(({ sku, quantity }, index) => {
    const product = shop.products.find(sku)
    if (product?.active !== true) throw new Refusal(422, 'unknown-product', { details: { path: `lines.${index}.sku` } })
    return { product, quantity }
  })
}

/** Replaces the basket; more than is there may stay in it, but says so and cannot be ordered. */
export function putCart(shop: Shop, userId: string, lines: readonly CartRow[]): void {
  linesOfRequest(shop, lines)
  replaceCart(shop.db, userId, lines)
}

export function cartAnswer(shop: Shop, lines: readonly BasketLine[]): CartAnswer {
  const { currency } = shop.configuration
  const goods = lines.reduce((sum, { product, quantity }) => sum + product.priceMinor * quantity, 0)
  return {
    lines: lines.map(({ product, quantity }) => ({
      product: productView(shop, product),
      quantity,
      linePrice: amountOf(product.priceMinor * quantity, currency),
      isAvailable: product.active && product.sellable >= quantity,
    })),
    goods: amountOf(goods, currency),
  }
}

/** Neighbours tried when the customer names none: each costs one more plan, so a large basket gets fewer. */
const neighboursTried = 3
const piecesPlannedAgain = 80

/** How the lines travel, what else would still fit in the same parcels, and what each service costs. */
export function previewOf(
  shop: Shop,
  lines: readonly BasketLine[],
  request: PreviewRequest & { readonly words?: Words },
): PreviewAnswer {
  const rules = findRules(shop.db)
  const travel = planTravel(rules, lines)
  const country = request.country ?? shop.configuration.country
  const tried = travel.isKnown ? candidates(shop, lines, request.tryAlso) : []
  return {
    travel: spokenTravel(travel, request.words ?? english),
    stillFits: tried.map((product) => ({
      sku: product.sku,
      name: product.name,
      price: amountOf(product.priceMinor, shop.configuration.currency),
      fits: stillFits(shop, travel, { lines, product }),
    })),
    shipping: shop.configuration.services.flatMap((service) => {
      const price = shippingPrice(shop.configuration, weightsOf(travel, lines), { service, country })
      return price === undefined ? [] : [{ service, price: amountOf(price, shop.configuration.currency) }]
    }),
  }
}

/** True when one more piece of the product travels along without one more parcel. */
export function stillFits(
  shop: Shop,
  travel: Travel,
  more: { readonly lines: readonly BasketLine[]; readonly product: StoredProduct },
): boolean {
  const { lines, product } = more
  const isIn = lines.some((line) => line.product.sku === product.sku)
  const grown = isIn
    ? lines.map((line) => (line.product.sku === product.sku ? { ...line, quantity: line.quantity + 1 } : line))
    : [...lines, { product, quantity: 1 }]
  const plan = planTravel(findRules(shop.db), grown, 'quick')
  return plan.packages.length <= travel.packages.length && plan.unplaced.length <= travel.unplaced.length
}

function candidates(shop: Shop, lines: readonly BasketLine[], named: readonly string[] | undefined): StoredProduct[] {
  if (named !== undefined) return linesOfRequest(shop, named.map((sku) => ({ sku, quantity: 1 }))).map((line) => line.product) // prettier-ignore
  const isIn = new Set(lines.map(({ product }) => product.sku))
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const categories = [...new Set(lines.map(({ product }) => product.category))]
  return categories
    .flatMap((category) => shop.products.inCategory(category, neighboursTried + isIn.size, 0))
    .filter((product) => !isIn.has(product.sku) && product.sellable > 0)
    .slice(0, Math.min(neighboursTried, Math.floor(piecesPlannedAgain / pieces)))
}

/** Weights that shipping is reckoned from; what cannot be planned counts as one more parcel. */
export function weightsOf(travel: Travel, lines: readonly BasketLine[]): readonly number[] {
  const isUnplaced = new Set(travel.unplaced.map(({ sku }) => sku))
  const rest = lines.filter(({ product }) => !travel.isKnown || isUnplaced.has(product.sku))
  const restG = rest.reduce((sum, { product, quantity }) => sum + (product.weightG ?? 0) * quantity, 0)
  const packed = travel.packages.map(({ grossG }) => grossG)
  return rest.length === 0 ? packed : [...packed, restG]
}
