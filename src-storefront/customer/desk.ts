import type { Context } from 'hono'
import type { Frame, Html } from '../pages/layout.ts'
import { Refusal } from '../refusal.ts'
import type { Shop } from '../shop/shop.ts'
import { readCart } from '../store/customers.ts'
import { wantedTag } from '../translations/language.ts'
import { wordsForTag, type Words } from '../translations/words.ts'
import { wantsJson, type Form } from './http.ts'
import { limitsOf, type Limits } from './limits.ts'
import { checkForm, sessionOf, type Session } from './session.ts'

/** What every customer route works with. */
export interface Desk {
  readonly shop: Shop
  readonly isSecure: boolean
  readonly limits: Limits
  session(c: Context): Session
  /** Checks a form's token and gives the session it belongs to. */
  sessionOfForm(c: Context, form: Form): Session
  /** The customer's language: as chosen, else as the browser asks, else the shop's. */
  words(c: Context): Words
  /** JSON or a page, as was asked for; `html` is only made when needed. */
  answer<Value extends object>(c: Context, value: Value, html: (frame: Frame) => Html): Response | Promise<Response>
  frame(c: Context, session: Session): Frame
  /** For a page that no session could be made for. */
  bareFrame(c: Context): Frame
}

export function deskOf(shop: Shop, isSecure: boolean): Desk {
  const { configuration } = shop
  const limits = limitsOf(shop)
  const wordsFor = (tag: string): Words => wordsForTag(tag, configuration.locale, configuration)
  const session = (c: Context): Session => sessionOf(shop, c, { isSecure, mayBegin: () => limits.spend(c, 'session') })
  const bareFrame = (c: Context): Frame => ({
    shopName: configuration.name,
    words: wordsFor(wantedTag(c.req.header('accept-language')) ?? configuration.locale),
    country: configuration.country,
    links: configuration.links,
    origin: originOfPage(c, isSecure),
    here: hereOf(c),
    formToken: undefined,
    isAccount: false,
    piecesInCart: 0,
  })
  const frame = (c: Context, { customer, formToken }: Session): Frame => ({
    ...bareFrame(c),
    words: wordsFor(customer.locale),
    formToken,
    isAccount: customer.kind === 'account',
    piecesInCart: readCart(shop.db, customer.user_id).reduce((sum, { quantity }) => sum + quantity, 0),
  })
  return {
    shop,
    isSecure,
    limits,
    session,
    frame,
    bareFrame,
    words: (c) => wordsFor(session(c).customer.locale),
    sessionOfForm(c, form) {
      const found = session(c)
      checkForm(found, form)
      return found
    },
    answer: (c, value, html) => (wantsJson(c) ? c.json(value) : c.html(html(frame(c, session(c))))),
  }
}

/** Where a page that answers a form is found again: such an address cannot be opened by itself. */
const pageOfForm: readonly (readonly [path: RegExp, page: string])[] = [
  [/^\/orders$/, '/checkout'],
  [/^\/cart\/preview$/, '/cart'],
  [/^(\/orders\/[^/]+)\/(cancel|again)$/, '$1'],
  [/^\/erasures$/, '/data'],
]

function hereOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET') return pathname + search
  const [path, page] = pageOfForm.find(([pattern]) => pattern.test(pathname)) ?? []
  return path === undefined || page === undefined ? pathname : pathname.replace(path, page)
}

/** For the links that a customer keeps; it stands on this customer's own page only. */
function originOfPage(c: Context, isSecure: boolean): string {
  const { host } = new URL(c.req.url)
  return `${isSecure ? 'https' : 'http'}://${host}`
}

/**
 * Refuses what another site's page sends. Browsers say where a request comes from by Sec-Fetch-Site, over plain HTTP
 * at least by Origin; forms carry a token besides, and JSON needs a permission that is never given.
 */
export function refuseForeign(c: Context): void {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return
  const site = c.req.header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  if (site !== undefined) throw new Refusal(403, 'cross-site')
  const origin = c.req.header('origin')
  if (origin === undefined) return
  const host = c.req.header('x-forwarded-host') ?? c.req.header('host')
  if (URL.parse(origin)?.host !== host) throw new Refusal(403, 'cross-site')
}
