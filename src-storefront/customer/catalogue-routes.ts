import type { Context, Hono } from 'hono'
import { listingPage, startPage } from '../pages/catalogue-pages.ts'
import { productPage } from '../pages/product-page.ts'
import { Refusal } from '../refusal.ts'
import { basketOf, productView, stillFits } from '../shop/basket.ts'
import type { Shop } from '../shop/shop.ts'
import { planTravel } from '../shop/travel.ts'
import { listCategory, oneOfEach, sortings } from '../store/category-listing.ts'
import { findRules } from '../store/packaging-rules.ts'
import { numberFrom } from './http.ts'
import type { Desk } from './desk.ts'
import type { SearchAnswer } from './schemas.ts'

const pageLength = 24
const onTheStartPage = 12

export function catalogueRoutes(app: Hono, desk: Desk): void {
  const { shop } = desk
  app.get('/', (c) => {
    const isAsked = c.req.query('q') !== undefined || c.req.query('category') !== undefined
    const answer = searchAnswer(desk, c)
    if (isAsked) return desk.answer(c, answer, (frame) => listingPage(frame, answer))
    return desk.answer(c, answer, (frame) => {
      const { categories } = answer
      const shown = categories.slice(0, onTheStartPage).map(({ name }) => name)
      return startPage(frame, { categories, products: viewsOf(shop, oneOfEach(shop.db, shown)) })
    })
  })
  app.get('/search', (c) => {
    const answer = searchAnswer(desk, c)
    return desk.answer(c, answer, (frame) => listingPage(frame, answer))
  })
  app.get('/products/:id', (c) => {
    const product = shop.products.find(c.req.param('id'))
    if (product?.active !== true) throw new Refusal(404, 'product-not-found')
    const lines = basketOf(shop, desk.session(c).customer.user_id)
    const travel = planTravel(findRules(shop.db), lines)
    const fits = travel.isKnown && product.sellable > 0 ? stillFits(shop, travel, { lines, product }) : undefined
    const view = productView(shop, product)
    const answer = { product: view, ...(fits !== undefined && { stillFits: fits }) }
    return desk.answer(c, answer, (frame) => productPage(frame, view, fits))
  })
}

const viewsOf = (shop: Shop, skus: readonly string[]) =>
  skus.flatMap((sku) => {
    const product = shop.products.find(sku)
    return product === undefined ? [] : [productView(shop, product)]
  })

const hrefOf = (query: Readonly<Record<string, string>>): string => `/search?${new URLSearchParams(query).toString()}`

function searchAnswer({ shop, session }: Desk, c: Context): SearchAnswer {
  session(c) // the first access makes the user information
  const query = (c.req.query('q') ?? '').trim().slice(0, 200)
  const category = c.req.query('category')
  const limit = numberFrom(c, 'limit', { min: 1, max: 100, otherwise: pageLength })
  const offset = numberFrom(c, 'offset', { min: 0, max: 100_000, otherwise: 0 })
  const categories = shop.search.categories().map(({ category: name, products }) => ({
    name,
    products,
    href: hrefOf({ category: name }),
  }))
  if (category !== undefined && query === '') {
    const sort = sortings.find((one) => one === c.req.query('sort')) ?? 'name'
    const isInStockOnly = ['true', 'on', '1'].includes(c.req.query('inStock') ?? '')
    const { skus, total } = listCategory(shop.db, { category, sort, isInStockOnly, limit, offset })
    const order = { sort, inStock: isInStockOnly }
    return { query, category, ...order, total, offset, limit, products: viewsOf(shop, skus), categories }
  }
  const found = shop.search.search(query, { limit, offset, category })
  return {
    query,
    ...(category !== undefined && { category }),
    ...(found.searchedFor !== undefined && { searchedFor: found.searchedFor }),
    ...(found.didYouMean.length > 0 && { didYouMean: [...found.didYouMean] }),
    ...(found.facets.length > 0 && {
      facets: found.facets.map(({ category: name, products }) => ({
        name,
        products,
        href: hrefOf({ q: query, category: name }),
      })),
    }),
    total: found.total,
    offset,
    limit,
    products: found.products.map((product) => productView(shop, product)),
    categories,
  }
}
