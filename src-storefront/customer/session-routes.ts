import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono } from 'hono'
import { sessionPage } from '../pages/session-pages.ts'
import { Refusal } from '../refusal.ts'
import { emailIndex } from '../sealing/seal.ts'
import { identifyAsGuest, signIn, signUp, updateCustomer, userInformationOf } from '../shop/customers.ts'
import { requestErasure } from '../shop/erasure.ts'
import { instantText } from '../shop/wire-order.ts'
import type { CustomerRow } from '../store/customers.ts'
import { sessionFromForm } from './forms.ts'
import { bodyOf, read, wantsJson } from './http.ts'
import type { Desk } from './routes.ts'
import { sessionRequest, type SessionRequest } from './schemas.ts'
import { newSession, type Session } from './session.ts'
import { tryLimit, type TryLimit } from './try-limit.ts'

const minuteMs = 60_000

/** Wrong passwords: few per account; more per address, behind which a whole house may sit. */
interface Limits {
  readonly perAccount: TryLimit
  readonly perAddress: TryLimit
}

export function sessionRoutes(app: Hono, desk: Desk): void {
  const { shop } = desk
  const limits: Limits = {
    perAccount: tryLimit(shop.clock, { tries: 5, windowMs: 15 * minuteMs }),
    perAddress: tryLimit(shop.clock, { tries: 30, windowMs: 15 * minuteMs }),
  }
  app.get('/session', (c) => {
    const user = userInformationOf(shop, desk.session(c).customer)
    return desk.answer(c, { user }, (frame) => sessionPage(frame, user))
  })
  app.post('/session', async (c) => {
    const body = await bodyOf(c)
    const session = 'form' in body ? desk.sessionOfForm(c, body.form) : desk.session(c)
    const request = read(sessionRequest, 'form' in body ? sessionFromForm(body.form) : body.json)
    const customer = await identify(desk, c, { session, request, limits })
    if (!wantsJson(c)) return c.redirect(request.mode === 'sign-out' ? '/' : afterwards(request), 303)
    return c.json({ user: userInformationOf(shop, customer) })
  })
  app.post('/erasures', async (c) => {
    const body = await bodyOf(c)
    const session = 'form' in body ? desk.sessionOfForm(c, body.form) : desk.session(c)
    const { requestedAt, openOrders } = requestErasure(shop, session.customer.user_id)
    newSession(shop, c, { isSecure: desk.isSecure })
    return wantsJson(c) ? c.json({ requestedAt: instantText(requestedAt), openOrders }) : c.redirect('/', 303)
  })
}

const afterwards = (request: SessionRequest): string => (request.mode === 'update' ? '/session' : '/cart')

interface Identification {
  readonly session: Session
  readonly request: SessionRequest
  readonly limits: Limits
}

async function identify(desk: Desk, c: Context, identification: Identification): Promise<CustomerRow> {
  const { session, request } = identification
  const { shop, isSecure } = desk
  switch (request.mode) {
    case 'guest':
      return identifyAsGuest(shop, session.customer, request)
    case 'update':
      return updateCustomer(shop, session.customer, request)
    case 'sign-out':
      return newSession(shop, c, { isSecure, instead: session }).customer
    case 'sign-up': {
      const customer = await signUp(shop, session.customer, request)
      return newSession(shop, c, { isSecure, customer, instead: session }).customer
    }
    case 'sign-in':
      return signInWithLimits(desk, c, { ...identification, request })
  }
}

async function signInWithLimits(
  { shop, isSecure }: Desk,
  c: Context,
  { session, request, limits }: Identification & { request: Extract<SessionRequest, { mode: 'sign-in' }> },
): Promise<CustomerRow> {
  const account = emailIndex(shop.keys, request.email)
  const address = getConnInfo(c).remote.address ?? ''
  limits.perAccount.check(account)
  limits.perAddress.check(address)
  // Counted before the slow comparison, so that tries sent at once are all seen.
  limits.perAccount.count(account)
  limits.perAddress.count(address)
  const customer = await signIn(shop, session.customer, request)
  if (customer === undefined) throw new Refusal(401, 'wrong-password')
  limits.perAccount.forgive(account)
  // Only this one: whoever has an account of their own must not clear what they have guessed at others'.
  limits.perAddress.takeBack(address)
  return newSession(shop, c, { isSecure, customer, instead: session }).customer
}
