import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { orderScript } from '../pages/order-script.ts'
import { problemPage } from '../pages/problem-page.ts'
import { style } from '../pages/style.ts'
import { logFailure, problemAnswer, refusalOf } from '../protocol/problem.ts'
import { Refusal } from '../refusal.ts'
import type { Shop } from '../shop/shop.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { cartRoutes } from './cart-routes.ts'
import { dataRoutes } from './data-routes.ts'
import { deskOf, refuseForeign, type Desk } from './desk.ts'
import { wantsJson } from './http.ts'
import { findOrderRoutes } from './find-order-routes.ts'
import { orderRoutes } from './order-routes.ts'
import { passwordRoutes } from './password-routes.ts'
import { sessionRoutes } from './session-routes.ts'

const largestBody = 256 * 1024
const keptAnHour = 'max-age=3600'

/** The customer's interface: pages for browsers without scripts, the same as JSON. */
export function customerRoutes(shop: Shop, isSecure: boolean): Hono {
  const app = new Hono()
  const desk = deskOf(shop, isSecure)
  app.onError((error, c) => refuse(desk, c, error))
  app.notFound((c) => refuse(desk, c, new Refusal(404, 'not-found')))
  app.use(guard)
  app.use(bodyLimit({ maxSize: largestBody, onError: (c) => refuseBody(desk, c) }))
  app.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css', 'Cache-Control': keptAnHour }))
  app.get('/order.js', (c) =>
    c.body(orderScript, 200, { 'Content-Type': 'text/javascript', 'Cache-Control': keptAnHour }),
  )
  catalogueRoutes(app, desk)
  sessionRoutes(app, desk)
  passwordRoutes(app, desk)
  dataRoutes(app, desk)
  cartRoutes(app, desk)
  findOrderRoutes(app, desk)
  orderRoutes(app, desk)
  return app
}

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * Pages sit in no frame and send forms nowhere else; another site's request changes nothing. No page runs a script but
 * an order's own, which asks this shop for news.
 */
async function guard(c: Context, next: () => Promise<void>): Promise<void> {
  refuseForeign(c)
  await next()
  const isOrder = /^\/orders\/[^/]+$/.test(c.req.path)
  c.header('Content-Security-Policy', isOrder ? `${policy}; script-src 'self'; connect-src 'self'` : policy)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Vary', 'Accept, Accept-Language, Cookie')
  if (c.res.headers.get('cache-control') === null) c.header('Cache-Control', 'private, no-store')
}

/** The rest of the body is never read: nothing else can follow on this connection. */
function refuseBody(desk: Desk, c: Context): Response | Promise<Response> {
  c.header('Connection', 'close')
  return refuse(desk, c, new Refusal(413, 'too-large'))
}

/** A page where one can be made: without a session (too many were begun, the database is gone) it is a bare one. */
function refuse(desk: Desk, c: Context, error: unknown): Response | Promise<Response> {
  if (wantsJson(c)) return problemAnswer(error)
  const refusal = refusalOf(error)
  if (refusal.code === 'internal') logFailure(error)
  if (refusal.retryAfterSeconds !== undefined) c.header('Retry-After', String(refusal.retryAfterSeconds))
  c.status(refusal.status as 400) // every Refusal carries a status of the 400s, or 500
  return c.html(problemPage(frameOf(desk, c), refusal))
}

function frameOf(desk: Desk, c: Context) {
  try {
    return desk.frame(c, desk.session(c))
  } catch {
    return desk.bareFrame(c)
  }
}
