import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { contact, postalAddress, userInformation, type WireUserInformation } from '../../src-protocol/index.ts'
import { emailIndex, seal, unseal } from '../sealing/seal.ts'
import { findHash, hashPassword, isPassword, isSameHash } from '../sealing/passwords.ts'
import { Refusal } from '../refusal.ts'
import {
  deleteSessionsOf,
  findAccounts,
  findCustomer,
  findEarlierCustomer,
  readCart,
  replaceCart,
  saveCustomer,
  type CustomerRow,
} from '../store/customers.ts'
import { endPasswordLinksOf } from '../store/password-links.ts'
import type { SessionRequest } from '../customer/schemas.ts'
import type { Shop } from './shop.ts'

/** What is sealed of a customer. */
const details = z.object({
  name: z.string().optional(),
  contact,
  deliveryAddresses: z.array(postalAddress),
  deliveryWishes: userInformation.shape.deliveryWishes,
})
type Details = z.infer<typeof details>
const noDetails: Details = { contact: {}, deliveryAddresses: [], deliveryWishes: {} }

/** A new guest, known by a random id before anything else is. */
export function newGuest(shop: Shop, locale: string): CustomerRow {
  return {
    user_id: randomUUID(),
    kind: 'guest',
    identified_by: 'guest-session',
    identified_at: shop.clock.now(),
    locale,
    email_index: null,
    password_hash: null,
    previous_user_id: null,
    wrapped_key: null,
    sealed: null,
    erasure_requested_at: null,
  }
}

function detailsOf(shop: Shop, row: CustomerRow): Details {
  if (row.wrapped_key === null || row.sealed === null) return noDetails
  return details.parse(unseal(shop.keys, row.user_id, { wrapped_key: row.wrapped_key, sealed: row.sealed }))
}

/** The user information of DOMAIN as it is now. */
export function userInformationOf(shop: Shop, row: CustomerRow): WireUserInformation {
  return {
    userId: row.user_id,
    kind: row.kind,
    identifiedBy: row.identified_by,
    identifiedAt: new Date(row.identified_at).toISOString(),
    locale: row.locale,
    ...detailsOf(shop, row),
    ...(row.previous_user_id !== null && { previousUserId: row.previous_user_id }),
  }
}

/**
 * The same as its owner may read it: who else came with this e-mail address is the shop's business, and would tell
 * whoever types it that the address is known here.
 */
export function ownInformationOf(shop: Shop, row: CustomerRow): WireUserInformation {
  const { previousUserId: _, ...own } = userInformationOf(shop, row)
  return own
}

type Personal = Omit<Extract<SessionRequest, { mode: 'update' }>, 'mode'> & { email?: string }

/** Lays what was told over what is known, and seals it. */
function withPersonal(shop: Shop, row: CustomerRow, told: Personal): CustomerRow {
  const known = detailsOf(shop, row)
  const merged: Details = {
    ...known,
    ...(told.name !== undefined && { name: told.name }),
    contact: {
      ...known.contact,
      ...(told.email !== undefined && { email: told.email }),
      ...(told.phone !== undefined && { phone: told.phone }),
    },
    ...(told.deliveryAddresses !== undefined && { deliveryAddresses: told.deliveryAddresses }),
    ...(told.deliveryWishes !== undefined && { deliveryWishes: told.deliveryWishes }),
  }
  return { ...row, locale: told.locale ?? row.locale, ...seal(shop.keys, row.user_id, merged) }
}

export function identifyAsGuest(
  shop: Shop,
  row: CustomerRow,
  told: Extract<SessionRequest, { mode: 'guest' }>,
): CustomerRow {
  if (row.kind === 'account') throw new Refusal(409, 'signed-in')
  const index = emailIndex(shop.keys, told.email)
  const guest: CustomerRow = {
    ...withPersonal(shop, row, told),
    identified_at: shop.clock.now(),
    email_index: index,
    previous_user_id: findEarlierCustomer(shop.db, index, row.user_id) ?? null,
  }
  saveCustomer(shop.db, guest)
  return guest
}

/**
 * The guest of this session becomes an account and keeps the user id, the basket and the orders. An address that has an
 * account already is answered alike, after the same work: with the same password it is that account, with another one
 * an account of its own, which sees nothing of the first. Whoever reads the mails of the address is told.
 */
export async function signUp(
  shop: Shop,
  row: CustomerRow,
  told: Extract<SessionRequest, { mode: 'sign-up' }>,
): Promise<CustomerRow> {
  if (row.kind === 'account') throw new Refusal(409, 'signed-in')
  const index = emailIndex(shop.keys, told.email)
  const hash = await hashPassword(told.password, saltLike(shop, index))
  // Looked up after the await: nothing comes between this and the write.
  const known = findAccounts(shop.db, index)
  const same = known.find(({ password_hash: one }) => one !== null && isSameHash(one, hash))
  if (same !== undefined) return takeOver(shop, row, same)
  const account: CustomerRow = {
    ...withPersonal(shop, row, told),
    kind: 'account',
    identified_by: 'password',
    identified_at: shop.clock.now(),
    email_index: index,
    password_hash: hash,
    previous_user_id: findEarlierCustomer(shop.db, index, row.user_id) ?? null,
  }
  shop.db
    .transaction(() => {
      saveCustomer(shop.db, account)
      if (known.length > 0) tell(shop, account, 'second-account')
    })
    .immediate()
  return account
}

/** One salt for all accounts of an address, so that a password is compared with all of them by one derivation. */
function saltLike(shop: Shop, index: string): string {
  const known = findAccounts(shop.db, index)[0]?.password_hash
  if (known) return known
  const salt = createHmac('sha256', shop.keys.emailIndex).update(`salt:${index}`).digest().subarray(0, 16)
  return `scrypt$${salt.toString('base64url')}$`
}

/** In the transaction of what is told. */
function tell(shop: Shop, row: CustomerRow, kind: 'second-account' | 'password-changed'): void {
  const { email } = detailsOf(shop, row).contact
  if (email !== undefined) shop.tellCustomer?.({ kind, userId: row.user_id, email, locale: row.locale })
}

/** The account of this address and password; takes over the guest's basket. */
export async function signIn(
  shop: Shop,
  guest: CustomerRow,
  told: Extract<SessionRequest, { mode: 'sign-in' }>,
): Promise<CustomerRow | undefined> {
  const index = emailIndex(shop.keys, told.email)
  const hashes = findAccounts(shop.db, index).flatMap(({ password_hash: hash }) => (hash === null ? [] : [hash]))
  const hash = await findHash(told.password, hashes)
  if (hash === undefined) return undefined
  // Read again after the slow comparison: an account that was erased meanwhile must not come back.
  const account = findAccounts(shop.db, index).find(({ password_hash: present }) => present === hash)
  return account && takeOver(shop, guest, account)
}

/** The account's own lines of a product that the guest's basket has too give way. */
function takeOver(shop: Shop, guest: CustomerRow, account: CustomerRow): CustomerRow {
  const signedIn: CustomerRow = { ...account, identified_at: shop.clock.now() }
  shop.db
    .transaction(() => {
      saveCustomer(shop.db, signedIn)
      if (guest.user_id === account.user_id || guest.kind !== 'guest') return
      const brought = readCart(shop.db, guest.user_id)
      const isBrought = new Set(brought.map(({ sku }) => sku))
      const kept = readCart(shop.db, account.user_id).filter(({ sku }) => !isBrought.has(sku))
      if (brought.length === 0) return
      replaceCart(shop.db, account.user_id, [...kept, ...brought])
      replaceCart(shop.db, guest.user_id, [])
    })
    .immediate()
  return signedIn
}

/** True when this is the account's password; takes as long for a guest, who has none. */
export const hasPassword = (row: CustomerRow, password: string): Promise<boolean> =>
  isPassword(password, row.password_hash ?? undefined)

/** Every session of the account ends, also the one that asks. Undefined when the present password was wrong. */
export async function changePassword(
  shop: Shop,
  row: CustomerRow,
  passwords: { readonly present: string; readonly next: string },
): Promise<CustomerRow | undefined> {
  if (row.kind !== 'account' || row.email_index === null || row.password_hash === null) {
    throw new Refusal(409, 'not-signed-in')
  }
  if (!(await hasPassword(row, passwords.present))) return undefined
  const hash = await hashPassword(passwords.next, row.password_hash)
  const present = findCustomer(shop.db, row.user_id)
  if (present?.password_hash !== row.password_hash) return undefined
  const changed = { ...present, password_hash: hash }
  shop.db
    .transaction(() => {
      saveCustomer(shop.db, changed)
      deleteSessionsOf(shop.db, row.user_id)
      endPasswordLinksOf(shop.db, row.user_id)
      tell(shop, changed, 'password-changed')
    })
    .immediate()
  return changed
}

export function updateCustomer(shop: Shop, row: CustomerRow, told: Personal): CustomerRow {
  const fresh = withPersonal(shop, findCustomer(shop.db, row.user_id) ?? row, told)
  saveCustomer(shop.db, fresh)
  return fresh
}
