import type { Context, Hono } from 'hono'
import { productPage, searchPage } from '../pages/catalogue-pages.ts'
import { Refusal } from '../refusal.ts'
import { basketOf, productView, stillFits } from '../shop/basket.ts'
import { planTravel } from '../shop/travel.ts'
import { findRules } from '../store/packaging-rules.ts'
import { numberFrom } from './http.ts'
import type { Desk } from './routes.ts'
import type { SearchAnswer } from './schemas.ts'

const pageLength = 24

export function catalogueRoutes(app: Hono, desk: Desk): void {
  const find = (c: Context): Response | Promise<Response> => {
    const answer = searchAnswer(desk, c)
    return desk.answer(c, answer, (frame) => searchPage(frame, answer))
  }
  app.get('/', find)
  app.get('/search', find)
  app.get('/products/:id', (c) => {
    const { shop } = desk
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

function searchAnswer({ shop, session }: Desk, c: Context): SearchAnswer {
  session(c) // the first access makes the user information
  const query = (c.req.query('q') ?? '').trim().slice(0, 200)
  const category = c.req.query('category')
  const limit = numberFrom(c, 'limit', { min: 1, max: 100, otherwise: pageLength })
  const offset = numberFrom(c, 'offset', { min: 0, max: 100_000, otherwise: 0 })
  const categories = shop.search.categories()
  const found =
    category !== undefined && query === ''
      ? {
          products: shop.products.inCategory(category, limit, offset),
          total: categories.find((entry) => entry.category === category)?.products ?? 0,
          searchedFor: undefined,
          didYouMean: [],
          facets: [],
        }
      : shop.search.search(query, { limit, offset, category })
  return {
    query,
    ...(category !== undefined && { category }),
    ...(found.searchedFor !== undefined && { searchedFor: found.searchedFor }),
    ...(found.didYouMean.length > 0 && { didYouMean: [...found.didYouMean] }),
    total: found.total,
    offset,
    products: found.products.map((product) => productView(shop, product)),
    categories: categories.map((entry) => ({
      name: entry.category,
      products: entry.products,
      href: `/search?category=${encodeURIComponent(entry.category)}`,
    })),
  }
}
