import type { Order } from '../domain/order.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { UserDetails } from '../domain/user.ts'
import { auditEntry } from './audit.ts'
import { openPersonal } from './open-personal.ts'
import { queryTokens } from './search-tokens.ts'
import type { Caller, Workshop } from './workshop.ts'

/** A customer we know, as the counter needs them. Personal: answered to a manager's door and written nowhere. */
export interface FoundCustomer {
  readonly userId: string
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly address?: Omit<Recipient, 'instructions' | 'name' | 'phone'> | undefined
  readonly lastOrder: string
  readonly lastOrderAt: number
}

/** Orders looked through, and customers shown: who types more words finds fewer. */
const mostOrders = 60
const mostCustomers = 8

/**
 * Customers whose orders carry what was typed: beginnings of name, town or postcode, a whole e-mail address or
 * telephone number. Found by keyed tokens, opened for the answer; the look is written to the audit log, what was typed
 * is not. Newest order first, one entry a person (by e-mail address, where there is one).
 */
export async function findCustomers(
  deps: Pick<Workshop, 'store' | 'vault' | 'system'>,
  caller: Caller,
  typed: string,
): Promise<readonly FoundCustomer[]> {
  const tokens = queryTokens(deps.vault, typed)
  if (tokens.length === 0) return []
  const { rows } = await deps.store.listOrders({ tokens, offset: 0, limit: mostOrders })
  const found = new Map<string, FoundCustomer>()
  for (const { order } of rows) {
    if (found.size === mostCustomers) break
    const user = await deps.store.findUser(order.userId)
    const key = user?.emailToken ?? order.userId
    if (!user?.personal || found.has(key)) continue
    // What the vault opens is what take-order sealed: UserDetails, bound to this user's id.
    const details = deps.vault.open(user.userId, user.personal) as unknown as UserDetails
    found.set(key, customerOf(order, details, openPersonal(deps.vault, order)?.recipient))
  }
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'look-for-customer',
      entity: 'user',
      entityId: 'search',
      facts: { found: found.size },
    }),
  )
  return [...found.values()]
}

function customerOf(order: Order, details: UserDetails, recipient: Recipient | undefined): FoundCustomer {
  const told = recipient ?? details.deliveryAddresses[0]
  return {
    userId: order.userId,
    name: details.name === '' ? (told?.name ?? '') : details.name,
    email: details.contact.email,
    phone: details.contact.phone ?? told?.phone,
    address: told && {
      company: told.company,
      lines: told.lines,
      postcode: told.postcode ?? '',
      city: told.city,
      region: told.region,
      country: told.country,
    },
    lastOrder: order.code,
    lastOrderAt: order.placedAt,
  }
}
