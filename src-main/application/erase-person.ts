import { AppError } from '../kernel/errors.ts'
import type { PurgeCounts } from '../ports/store/people-store.ts'
import type { InvoiceRow } from '../ports/store/invoice-store.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'files'>

const dayMs = 86_400_000

/** What was taken away, and what the law has us keep: invoices that still name the person, each until its own time is over. */
export type Erased = PurgeCounts & { readonly invoicesKept: readonly InvoiceRow[] }

/** Deletes everything personal about one user and their orders, for good; run again it finds nothing left. Issued invoices stay. */
export async function erasePerson(deps: Deps, caller: Caller, userId: string): Promise<Erased> {
  const counts = await deps.store.eraseUser(
    userId,
    auditEntry(deps.system, caller, { action: 'erase', entity: 'user', entityId: userId }),
  )
  for (const documentId of counts.documents) await deps.files.remove(documentId)
  return { ...counts, invoicesKept: await deps.store.findInvoicesOfUser(userId) }
}

/** Deletes the personal data of orders that ended longer ago than the shop keeps them. */
export async function purgeOldOrders(deps: Deps, caller: Caller): Promise<PurgeCounts> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const before = deps.system.clock.now() - settings.privacy.purgeDaysAfterDelivery * dayMs
  const orderIds = await deps.store.findPurgeable(before)
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
