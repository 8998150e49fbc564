import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Html, Frame } from '../pages/layout.ts'
import { problemPage } from '../pages/problem-page.ts'
import { style } from '../pages/style.ts'
import { logFailure, problemAnswer, refusalOf } from '../protocol/problem.ts'
import { Refusal } from '../refusal.ts'
import type { Shop } from '../shop/shop.ts'
import { readCart } from '../store/customers.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { cartRoutes } from './cart-routes.ts'
import { wantsJson, type Form } from './http.ts'
import { orderRoutes } from './order-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { checkForm, sessionOf, type Session } from './session.ts'

/** What every customer route works with. */
export interface Desk {
  readonly shop: Shop
  readonly isSecure: boolean
  session(c: Context): Session
  /** Checks a form's token and gives the session it belongs to. */
  sessionOfForm(c: Context, form: Form): Session
  /** JSON or a page, as was asked for; `html` is only made when needed. */
  answer<Value extends object>(c: Context, value: Value, html: (frame: Frame) => Html): Response | Promise<Response>
  frame(session: Session): Frame
}

const largestBody = 256 * 1024

/** The customer's interface: pages for browsers without scripts, the same as JSON. */
export function customerRoutes(shop: Shop, isSecure: boolean): Hono {
  const app = new Hono()
  const desk = deskOf(shop, isSecure)
  app.onError((error, c) => refuse(desk, c, error))
  app.notFound((c) => refuse(desk, c, new Refusal(404, 'not-found')))
  app.use(guard)
  app.use(bodyLimit({ maxSize: largestBody, onError: () => problemAnswer(new Refusal(413, 'too-large')) }))
  app.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css', 'Cache-Control': 'max-age=3600' }))
  catalogueRoutes(app, desk)
  sessionRoutes(app, desk)
  cartRoutes(app, desk)
  orderRoutes(app, desk)
  return app
}

function deskOf(shop: Shop, isSecure: boolean): Desk {
  const frame = (session: Session): Frame => ({
    shopName: shop.configuration.name,
    locale: session.customer.locale,
    timeZone: shop.configuration.timeZone,
    country: shop.configuration.country,
    formToken: session.formToken,
    isAccount: session.customer.kind === 'account',
    piecesInCart: readCart(shop.db, session.customer.user_id).reduce((sum, { quantity }) => sum + quantity, 0),
  })
  const session = (c: Context): Session => sessionOf(shop, c, isSecure)
  return {
    shop,
    isSecure,
    session,
    frame,
    sessionOfForm(c, form) {
      const found = session(c)
      checkForm(found, form)
      return found
    },
    answer: (c, value, html) => (wantsJson(c) ? c.json(value) : c.html(html(frame(session(c))))),
  }
}

/** Pages run no scripts, sit in no frame, and send forms nowhere else; another site's request changes nothing. */
async function guard(c: Context, next: () => Promise<void>): Promise<void> {
  const isWrite = c.req.method !== 'GET' && c.req.method !== 'HEAD'
  if (isWrite && c.req.header('sec-fetch-site') === 'cross-site') throw new Refusal(403, 'cross-site')
  await next()
  const csp = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" // prettier-ignore
  c.header('Content-Security-Policy', csp)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Vary', 'Accept, Cookie')
  if (c.res.headers.get('cache-control') === null) c.header('Cache-Control', 'private, no-store')
}

/** The frame of an error page needs a session; where even that fails, JSON has to do. */
function refuse(desk: Desk, c: Context, error: unknown): Response | Promise<Response> {
  if (wantsJson(c)) return problemAnswer(error)
  const refusal = refusalOf(error)
  if (refusal.code === 'internal') logFailure(error)
  try {
    const page = problemPage(desk.frame(desk.session(c)), refusal)
    if (refusal.retryAfterSeconds !== undefined) c.header('Retry-After', String(refusal.retryAfterSeconds))
    c.status(refusal.status as 400) // every Refusal carries a status of the 400s, or 500
    return c.html(page)
  } catch {
    return problemAnswer(error)
  }
}
