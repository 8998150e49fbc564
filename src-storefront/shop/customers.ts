import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { contact, postalAddress, userInformation, type WireUserInformation } from '../../src-protocol/index.ts'
import { emailIndex, seal, unseal } from '../sealing/seal.ts'
import { hashPassword, isPassword } from '../sealing/passwords.ts'
import { Refusal } from '../refusal.ts'
import {
  findAccount,
  findCustomer,
  findEarlierCustomer,
  readCart,
  replaceCart,
  saveCustomer,
  type CustomerRow,
} from '../store/customers.ts'
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

/** The guest of this session becomes an account and keeps the user id, the basket and the orders. */
export async function signUp(
  shop: Shop,
  row: CustomerRow,
  told: Extract<SessionRequest, { mode: 'sign-up' }>,
): Promise<CustomerRow> {
  if (row.kind === 'account') throw new Refusal(409, 'signed-in')
  const index = emailIndex(shop.keys, told.email)
  const hash = await hashPassword(told.password)
  // Looked up after the await: nothing comes between this and the write.
  if (findAccount(shop.db, index)) throw new Refusal(409, 'email-taken')
  const account: CustomerRow = {
    ...withPersonal(shop, row, told),
    kind: 'account',
    identified_by: 'password',
    identified_at: shop.clock.now(),
    email_index: index,
    password_hash: hash,
    previous_user_id: findEarlierCustomer(shop.db, index, row.user_id) ?? null,
  }
  saveCustomer(shop.db, account)
  return account
}

/** Takes over the guest's basket; the account's own lines of the same product give way. */
export async function signIn(
  shop: Shop,
  guest: CustomerRow,
  told: Extract<SessionRequest, { mode: 'sign-in' }>,
): Promise<CustomerRow | undefined> {
  const account = findAccount(shop.db, emailIndex(shop.keys, told.email))
  const isRight = await isPassword(told.password, account?.password_hash ?? undefined)
  if (account === undefined || !isRight) return undefined
  // Read again after the slow comparison: an account that was erased meanwhile must not come back.
  const present = findAccount(shop.db, emailIndex(shop.keys, told.email))
  if (present?.password_hash !== account.password_hash) return undefined
  const signedIn: CustomerRow = { ...present, identified_at: shop.clock.now() }
  shop.db
    .transaction(() => {
      saveCustomer(shop.db, signedIn)
      if (guest.user_id === account.user_id) return
      const brought = readCart(shop.db, guest.user_id)
      const isBrought = new Set(brought.map(({ sku }) => sku))
      const kept = readCart(shop.db, account.user_id).filter(({ sku }) => !isBrought.has(sku))
      if (guest.kind === 'guest' && brought.length > 0) {
        replaceCart(shop.db, account.user_id, [...kept, ...brought])
        replaceCart(shop.db, guest.user_id, [])
      }
    })
    .immediate()
  return signedIn
}

export function updateCustomer(shop: Shop, row: CustomerRow, told: Personal): CustomerRow {
  const fresh = withPersonal(shop, findCustomer(shop.db, row.user_id) ?? row, told)
  saveCustomer(shop.db, fresh)
  return fresh
}
