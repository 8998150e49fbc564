import { permissionProblem, visitorOf } from './auth.ts'
import { orderRoutes } from './order-routes.ts'
import { productRoutes } from './product-routes.ts'
import { WireError, type Listed } from './lists.ts'
import { shopNow, type Shop } from './shop.ts'
import type { ShopVerbs } from './verbs.ts'

export interface Call {
  readonly shop: Shop
  readonly verbs: ShopVerbs
  readonly method: string
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
  /** Numbers in the path, in order. */
  readonly ids: readonly number[]
}

export interface Answer {
  readonly status?: number
  readonly body: unknown
  readonly list?: Listed
}

/** `GET orders/#/notes` and what answers it; `#` is a number. */
export type Routes = Readonly<Record<string, (call: Call) => Answer>>

const settings = (call: Call, rows: readonly (readonly [string, string])[]): Answer => ({
  body: rows.map(([id, value]) => ({ id, label: id, value, type: 'select' })).filter(() => call.shop),
})

const routes: Routes = {
  ...orderRoutes,
  ...productRoutes,
  'GET settings/general': (call) =>
    settings(call, [
      ['woocommerce_currency', call.shop.options.currency],
      ['woocommerce_default_country', 'DE:DE-BE'],
      ['woocommerce_price_num_decimals', '2'],
    ]),
  'GET settings/products': (call) =>
    settings(call, [
      ['woocommerce_weight_unit', call.shop.options.weightUnit],
      ['woocommerce_dimension_unit', call.shop.options.dimensionUnit],
    ]),
  'GET settings/tax': (call) =>
    settings(call, [['woocommerce_prices_include_tax', call.shop.options.pricesIncludeTax ? 'yes' : 'no']]),
  'GET taxes': ({ shop }) => ({ body: shop.taxRates }),
  'GET system_status': ({ shop }) => ({ body: { environment: { version: `${shop.options.version}.0` } } }),
}

const jsonHeaders = { 'content-type': 'application/json; charset=UTF-8' }

/** What the shop would answer to a request, with no fault on the way. */
export async function answer(shop: Shop, verbs: ShopVerbs, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const date = { date: new Date(shopNow(shop)).toUTCString() }
  if (shop.options.redirectsTo !== '') {
    const to = shop.options.redirectsTo + url.pathname + url.search
    return new Response('<html>moved</html>', { status: 301, headers: { ...date, location: to } })
  }
  const route = routeOf(shop, url)
  if (route === undefined) {
    const page = '<!doctype html><title>Page not found</title>'
    return new Response(page, { status: 404, headers: { ...date, 'content-type': 'text/html; charset=UTF-8' } })
  }
  try {
    const { status = 200, body, list } = await dispatch({ shop, verbs, request, url, route })
    const totals = list && { 'x-wp-total': String(list.total), 'x-wp-totalpages': String(list.pages) }
    return new Response(JSON.stringify(body), { status, headers: { ...jsonHeaders, ...date, ...totals } })
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    const body = { code: error.code, message: error.message, data: { status: error.status, ...error.data } }
    return new Response(JSON.stringify(body), { status: error.status, headers: { ...jsonHeaders, ...date } })
  }
}

/** `wc/v3/orders` from either form of address; undefined is the theme's own "not found" page. */
function routeOf(shop: Shop, url: URL): string | undefined {
  const { site, address, hasPrettyPermalinks } = shop.options
  const folder = new URL(address).pathname.replace(/\/$/, '')
  if (site === 'no-wordpress' || !url.pathname.startsWith(folder)) return undefined
  const path = url.pathname.slice(folder.length)
  const plain = url.searchParams.get('rest_route')
  if (plain !== null && ['', '/', '/index.php'].includes(path)) return plain.replaceAll(/^\/|\/$/g, '')
  if (!hasPrettyPermalinks || !/^\/wp-json(\/|$)/.test(path)) return undefined
  return path.slice('/wp-json'.length).replaceAll(/^\/|\/$/g, '')
}

interface Dispatch {
  readonly shop: Shop
  readonly verbs: ShopVerbs
  readonly request: Request
  readonly url: URL
  readonly route: string
}

async function dispatch({ shop, verbs, request, url, route }: Dispatch): Promise<Answer> {
  if (shop.options.site === 'rest-disabled') {
    throw new WireError(401, 'rest_cannot_access', {
      message: 'Only authenticated users can access the REST API.',
    })
  }
  const namespaces: readonly string[] = {
    woocommerce: ['wp/v2', 'wc/v1', 'wc/v2', 'wc/v3'],
    'no-woocommerce': ['wp/v2'],
    'too-old': ['wp/v2', 'wc/v1', 'wc/v2'],
    'no-wordpress': [],
  }[shop.options.site]
  if (route === '') {
    const zone = shop.options.zone === 'UTC' ? '' : shop.options.zone
    return { body: { name: 'Fake Tea & Co', gmt_offset: '0', timezone_string: zone, namespaces } }
  }
  if (!route.startsWith('wc/v3') || !namespaces.includes('wc/v3')) throw noRoute()
  const visitor = visitorOf(shop, request, url)
  if (visitor !== 'nobody' && 'refusal' in visitor) throw wireError(visitor.refusal)
  const path = route.slice('wc/v3/'.length)
  const ids = [...path.matchAll(/\/(\d+)(?=\/|$)/g)].map(([, id]) => Number(id))
  const shape = path.replaceAll(/\/\d+(?=\/|$)/g, '/#')
  const method = request.method === 'PATCH' || (request.method === 'POST' && shape === 'orders/#') ? 'PUT' : request.method // prettier-ignore
  const handler = routes[`${method} ${shape}`]
  if (!handler) throw noRoute()
  const refusal =
    visitor === 'nobody'
      ? { status: 401, code: 'woocommerce_rest_cannot_view', message: 'Sorry, you cannot list resources.' }
      : permissionProblem(visitor.key, request.method)
  if (refusal) throw wireError(refusal)
  const text = await request.text()
  // The fake reads what it is sent as an object; anything else is an empty one, as PHP would have it.
  const parsed = text === '' ? {} : (JSON.parse(text) as unknown)
  const body = typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  return handler({ shop, verbs, method, query: url.searchParams, body, ids })
}

const noRoute = (): WireError =>
  new WireError(404, 'rest_no_route', { message: 'No route was found matching the URL and request method.' })

const wireError = ({ status, code, message }: { status: number; code: string; message: string }): WireError =>
  new WireError(status, code, { message })
