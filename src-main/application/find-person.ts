import { AppError } from '../kernel/errors.ts'
import type { Order } from '../domain/order.ts'
import type { PersonalData } from '../domain/recipient.ts'
import type { UserDetails, UserInformation } from '../domain/user.ts'
import { auditEntry } from './audit.ts'
import { openPersonal } from './open-personal.ts'
import { queryTokens } from './search-tokens.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault'>

/** One person as the manager picks them out: enough to be sure, no more. */
export interface FoundPerson {
  readonly userId: string
  readonly name: string
  readonly city: string
  readonly isGuest: boolean
  readonly orders: readonly string[]
}

const mostOrders = 500
const mostPeople = 50

/**
 * People whose orders carry what was typed: words of the name or their beginnings, a whole e-mail address or telephone
 * number; found by keyed tokens and opened for the answer. The look is written to the audit log with the users' ids;
 * what was typed is not. Guests who came several times are one person to each user id they were given.
 */
export async function findPeople(deps: Deps, caller: Caller, typed: string): Promise<readonly FoundPerson[]> {
  const tokens = queryTokens(deps.vault, typed)
  if (tokens.length === 0) return []
  const { rows } = await deps.store.listOrders({ tokens, offset: 0, limit: mostOrders })
  const ordersByUser = new Map<string, Order[]>()
  for (const { order } of rows) ordersByUser.set(order.userId, [...(ordersByUser.get(order.userId) ?? []), order])
  const found: FoundPerson[] = []
  for (const [userId, orders] of [...ordersByUser].slice(0, mostPeople))
    found.push(personOf(deps, await deps.store.findUser(userId), { userId, orders }))
  for (const { userId } of found)
    await deps.store.saveAudit(
      auditEntry(deps.system, caller, { action: 'find-person', entity: 'user', entityId: userId }),
    )
  return found
}

function personOf(
  { vault }: Deps,
  user: UserInformation | undefined,
  { userId, orders }: { readonly userId: string; readonly orders: readonly Order[] },
): FoundPerson {
  const details = detailsOf(vault, user)
  const recipient = orders.flatMap((order) => openPersonal(vault, order)?.recipient ?? [])[0]
  return {
    userId,
    name: details?.name || (recipient?.name ?? ''),
    city: recipient?.city ?? details?.deliveryAddresses[0]?.city ?? '',
    isGuest: user?.kind !== 'account',
    orders: orders.map((order) => order.code),
  }
}

/** What the vault opens is what take-order sealed: UserDetails, bound to this user's id. */
function detailsOf(vault: Deps['vault'], user: UserInformation | undefined): UserDetails | undefined {
  return user?.personal && (vault.open(user.userId, user.personal) as unknown as UserDetails)
}

/** Everything the shop holds of one person, in the order in which a person would ask for it. */
export interface PersonFile {
  readonly userId: string
  readonly writtenAt: number
  readonly user:
    (Omit<UserInformation, 'personal' | 'emailToken'> & { readonly details: UserDetails | undefined }) | undefined
  /** Other ids under which the same e-mail address came; each has a file of its own. */
  readonly sameAddress: readonly string[]
  readonly orders: readonly PersonOrder[]
  readonly invoices: readonly { readonly number: string; readonly issuedAt: number; readonly keptUntil: number }[]
}

export interface PersonOrder {
  readonly code: string
  readonly externalId: string
  readonly placedAt: number
  readonly status: string
  /** Undefined once it was purged. */
  readonly personal: PersonalData | undefined
  readonly lines: readonly { readonly sku: string; readonly name: string; readonly quantity: number }[]
  readonly parcels: readonly {
    readonly number: string | undefined
    readonly carrier: string | undefined
    readonly status: string
  }[]
  readonly events: readonly { readonly at: number; readonly status: string; readonly reason: string | undefined }[]
}

/** Throws ERR_USER_NOT_FOUND for an id under which nothing is kept. Audited with the id. */
export async function collectPerson(deps: Deps, caller: Caller, userId: string): Promise<PersonFile> {
  const user = await deps.store.findUser(userId)
  const orders = await deps.store.findOrdersOfUsers([userId])
  if (!user && orders.length === 0) throw new AppError('ERR_USER_NOT_FOUND', { userId })
  const same = user?.emailToken === undefined ? [] : await deps.store.findUsersByEmail(user.emailToken)
  const files: PersonOrder[] = []
  for (const order of orders) files.push(await orderOf(deps, order))
  const invoices = await deps.store.findInvoicesOfUser(userId)
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'export-person',
      entity: 'user',
      entityId: userId,
      facts: { orders: orders.length, invoices: invoices.length },
    }),
  )
  return {
    userId,
    writtenAt: deps.system.clock.now(),
    user: user && withoutSeals(user, detailsOf(deps.vault, user)),
    sameAddress: same.map((other) => other.userId).filter((other) => other !== userId),
    orders: files,
    invoices: invoices.map(({ number, issuedAt, keepUntil }) => ({ number, issuedAt, keptUntil: keepUntil })),
  }
}

function withoutSeals(user: UserInformation, details: UserDetails | undefined): NonNullable<PersonFile['user']> {
  const { personal: _sealed, emailToken: _token, ...rest } = user
  return { ...rest, details }
}

async function orderOf({ store, vault }: Deps, order: Order): Promise<PersonOrder> {
  const file = await store.findOrder(order.id)
  return {
    code: order.code,
    externalId: order.externalId,
    placedAt: order.placedAt,
    status: order.status,
    personal: openPersonal(vault, order),
    lines: order.lines.map(({ sku, name, quantity }) => ({ sku, name, quantity })),
    parcels: (file?.parcels ?? []).map(({ number, carrierCode, status }) => ({ number, carrier: carrierCode, status })),
    events: (file?.events ?? []).map(({ at, status, reason }) => ({ at, status, reason })),
  }
}
