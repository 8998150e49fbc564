import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { PurgeCounts } from '../ports/store/people-store.ts'
import type { InvoiceRow } from '../ports/store/invoice-store.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'files'>

const dayMs = 86_400_000

/** What was taken away, and what the law has us keep: invoices that still name the person, each until its own time is over. */
export type Erased = PurgeCounts & { readonly invoicesKept: readonly InvoiceRow[] }

/** Deletes everything personal about one user and their orders, for good; run again it finds nothing left. Issued invoices stay. */
export const erasePerson = (deps: Deps, caller: Caller, userId: string): Promise<Erased> =>
  erase(deps, caller, { userId, keepsOpenOrders: false })

/**
 * What a storefront asks for a customer of its own: the person, and every order named or theirs that has ended. What is
 * still on its way keeps its address until it has arrived (`eraseEnded`): nobody who orders and asks to be forgotten
 * wants the parcel lost.
 */
export async function eraseCustomer(
  deps: Deps,
  caller: Caller,
  asked: { readonly connectionId: string; readonly userId: string; readonly orderIds: readonly string[] },
): Promise<void> {
  await erase(deps, caller, { userId: asked.userId, keepsOpenOrders: true })
  const named = await deps.store.findImported(asked.connectionId, asked.orderIds)
  const ended = named.filter(({ status }) => status === 'delivered' || fulfilmentTable[status].isEnded)
  await purgeOrders(
    deps,
    caller,
    ended.map(({ id }) => id),
  )
}

/** The orders of forgotten customers that have ended since. */
export const eraseEnded = async (deps: Deps, caller: Caller): Promise<PurgeCounts> =>
  purgeOrders(deps, caller, await deps.store.findPurgeable(0))

async function erase(
  deps: Deps,
  caller: Caller,
  { userId, keepsOpenOrders }: { readonly userId: string; readonly keepsOpenOrders: boolean },
): Promise<Erased> {
  const counts = await deps.store.eraseUser(
    userId,
    auditEntry(deps.system, caller, { action: 'erase', entity: 'user', entityId: userId }),
    { keepsOpenOrders },
  )
  for (const documentId of counts.documents) await deps.files.remove(documentId)
  return { ...counts, invoicesKept: await deps.store.findInvoicesOfUser(userId) }
}

/** Deletes the personal data of orders that ended longer ago than the shop keeps them. */
export async function purgeOldOrders(deps: Deps, caller: Caller): Promise<PurgeCounts> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const before = deps.system.clock.now() - settings.privacy.purgeDaysAfterDelivery * dayMs
  return purgeOrders(deps, caller, await deps.store.findPurgeable(before))
}

/** Deletes the personal data of these orders, whatever their status. */
export async function purgeOrders(deps: Deps, caller: Caller, orderIds: readonly string[]): Promise<PurgeCounts> {
  if (orderIds.length === 0) return { orders: 0, users: 0, documents: [] }
  const counts = await deps.store.purgeOrders(
    orderIds,
    auditEntry(deps.system, caller, {
      action: 'purge',
      entity: 'orders',
      entityId: 'ended',
      facts: { orders: orderIds.length },
    }),
  )
  for (const documentId of counts.documents) await deps.files.remove(documentId)
  return counts
}

/** After a restore: what was erased since the backup must be erased again. */
export async function repeatErasures(deps: Deps, caller: Caller, userIds: readonly string[]): Promise<number> {
  for (const userId of userIds) await erasePerson(deps, caller, userId)
  return userIds.length
}
