import type { Context } from 'hono'
import { Refusal } from '../refusal.ts'
import { emailIndex } from '../sealing/seal.ts'
import { changePassword, signIn, signUp } from '../shop/customers.ts'
import type { CustomerRow } from '../store/customers.ts'
import type { Desk } from './desk.ts'
import type { SessionRequest } from './schemas.ts'
import { newSession, type Session } from './session.ts'

/** What asks for a password. Whoever has shown one gets a session under a new token. */

interface Asked<Mode extends SessionRequest['mode']> {
  readonly session: Session
  readonly request: Extract<SessionRequest, { mode: Mode }>
}

/** Counted before the slow comparison, so that tries sent at once are all seen. */
function countGuess({ limits }: Desk, c: Context, account: string): void {
  limits.perAccount.use(account)
  limits.perAddress.use(limits.addressOf(c))
}

function takeBackGuess({ limits }: Desk, c: Context, account: string): void {
  limits.perAccount.forgive(account)
  // Only this one: whoever has an account of their own must not clear what they have guessed at others'.
  limits.perAddress.takeBack(limits.addressOf(c))
}

export async function signInWithLimits(desk: Desk, c: Context, asked: Asked<'sign-in'>): Promise<CustomerRow> {
  const { shop, isSecure } = desk
  const { session, request } = asked
  const account = emailIndex(shop.keys, request.email)
  countGuess(desk, c, account)
  const customer = await signIn(shop, session.customer, request)
  if (customer === undefined) throw new Refusal(401, 'wrong-password')
  takeBackGuess(desk, c, account)
  return newSession(shop, c, { isSecure, customer, instead: session }).customer
}

/** A sign-up with an address that is known is a try at its password too: each counts, and none is forgiven. */
export async function signUpWithLimits(desk: Desk, c: Context, asked: Asked<'sign-up'>): Promise<CustomerRow> {
  const { shop, isSecure, limits } = desk
  const { session, request } = asked
  limits.spend(c, 'sign-up')
  limits.signUpsPerAccount.use(emailIndex(shop.keys, request.email))
  const customer = await signUp(shop, session.customer, request)
  return newSession(shop, c, { isSecure, customer, instead: session }).customer
}

export async function changeOwnPassword(desk: Desk, c: Context, asked: Asked<'password'>): Promise<CustomerRow> {
  const { shop, isSecure } = desk
  const { session, request } = asked
  const account = session.customer.email_index ?? session.customer.user_id
  countGuess(desk, c, account)
  const changed = await changePassword(shop, session.customer, { present: request.password, next: request.newPassword })
  if (changed === undefined) throw new Refusal(401, 'not-your-password')
  takeBackGuess(desk, c, account)
  return newSession(shop, c, { isSecure, customer: changed }).customer
}
