import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { newGuest } from '../shop/customers.ts'
import type { Shop } from '../shop/shop.ts'
import {
  deleteSession,
  findCustomer,
  findSession,
  insertSession,
  saveCustomer,
  touchSession,
  type CustomerRow,
} from '../store/customers.ts'
import { wantedTag } from '../translations/language.ts'
import type { Form } from './http.ts'

export interface Session {
  readonly customer: CustomerRow
  readonly tokenHash: string
  /** Stands in every form of this session, so that no other site can send one. */
  readonly formToken: string
}

const cookieName = 'storefront'
const dayMs = 86_400_000
export const sessionDays = 90
const tokenBytes = 32

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Sessions begun while a request is answered: the request itself still carries the old cookie, or none. */
const begunIn = new WeakMap<Request, Session>()

/**
 * The session of this terminal. At the first access a new guest is made, with a random user id, before
 * anything else is known; the cookie is opaque and only its hash is stored.
 */
export function sessionOf(shop: Shop, c: Context, options: { readonly isSecure: boolean; mayBegin(): void }): Session {
  const begun = begunIn.get(c.req.raw)
  if (begun !== undefined) return begun
  const token = getCookie(c, cookieName)
  const row = token === undefined ? undefined : findSession(shop.db, hashOf(token))
  const customer = row && findCustomer(shop.db, row.user_id)
  if (row === undefined || customer === undefined) {
    options.mayBegin()
    return newSession(shop, c, { isSecure: options.isSecure })
  }
  const now = shop.clock.now()
  if (now - row.seen_at > dayMs) touchSession(shop.db, row.token_hash, now)
  return { customer, tokenHash: row.token_hash, formToken: row.form_token }
}

/** Begins a session under a new token: for a new guest, or for a customer who has just shown who they are. */
export function newSession(
  shop: Shop,
  c: Context,
  options: { readonly isSecure: boolean; readonly customer?: CustomerRow; readonly instead?: Session },
): Session {
  const token = randomBytes(tokenBytes).toString('base64url')
  const formToken = randomBytes(16).toString('base64url')
  const tokenHash = hashOf(token)
  const customer =
    options.customer ?? newGuest(shop, wantedTag(c.req.header('accept-language')) ?? shop.configuration.locale)
  shop.db
    .transaction(() => {
      if (options.customer === undefined) saveCustomer(shop.db, customer)
      if (options.instead !== undefined) deleteSession(shop.db, options.instead.tokenHash)
      const seen = { user_id: customer.user_id, form_token: formToken, seen_at: shop.clock.now() }
      insertSession(shop.db, { token_hash: tokenHash, ...seen })
    })
    .immediate()
  // One cookie per answer: the guest made at the start of this very request may be replaced already.
  c.header('Set-Cookie', undefined)
  setCookie(c, cookieName, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: sessionDays * 86_400,
    secure: options.isSecure,
  })
  const session = { customer, tokenHash, formToken }
  begunIn.set(c.req.raw, session)
  return session
}

/** A form must carry its session's token: a page of another site cannot know it. */
export function checkForm(session: Session, form: Form): void {
  const given = Buffer.from(form['formToken'] ?? '')
  const expected = Buffer.from(session.formToken)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal(403, 'form-expired')
}
