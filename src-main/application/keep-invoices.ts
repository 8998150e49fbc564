import { AppError } from '../kernel/errors.ts'
import { fulfilmentTable, type FulfilmentStatus } from '../domain/fulfilment.ts'
import { invoiceSettingsOf, type InvoiceSettings, type SeriesCheck } from '../domain/invoice.ts'
import type { Settings } from '../domain/settings.ts'
import type { InvoiceRow } from '../ports/store/invoice-store.ts'
import { auditEntry } from './audit.ts'
import { dayAfter, startOfDay } from './local-day.ts'
import { getWave } from './run-wave.ts'
import { issueInvoices, proofOf, type InvoiceDeps, type IssuedInvoices } from './issue-invoice.ts'
import { openInvoice } from './read-invoice.ts'
import type { Caller, Workshop } from './workshop.ts'

const pageSize = 500

export interface InvoiceCheck {
  /** Every series with the numbers that are missing: none, or somebody has changed the file. */
  readonly series: readonly SeriesCheck[]
  readonly checked: number
  /** Numbers of invoices that are not as they were issued. */
  readonly changed: readonly string[]
  readonly isSound: boolean
}

/** Proves that no number is missing or doubled, and that every invoice still kept whole is as it was issued. */
export async function checkInvoices(
  deps: Pick<Workshop, 'store' | 'vault' | 'system'>,
  caller: Caller,
): Promise<InvoiceCheck> {
  const series = await deps.store.checkInvoiceNumbers()
  const changed: string[] = []
  let checked = 0
  for (let offset = 0; ; offset += pageSize) {
    const { rows, total } = await deps.store.listInvoices({ offset, limit: pageSize, descending: false })
    for (const row of rows) {
      checked += 1
      if (row.isWhole && !(await isAsIssued(deps, row))) changed.push(row.number)
    }
    caller.watch.report({ step: 'check-invoices', done: checked, total })
    if (rows.length < pageSize) break
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
  }
  const isUnbroken = series.every(({ missing, beyond }) => missing.length + beyond.length === 0)
  return { series, checked, changed, isSound: isUnbroken && changed.length === 0 }
}

async function isAsIssued(deps: Pick<Workshop, 'store' | 'vault' | 'system'>, row: InvoiceRow): Promise<boolean> {
  const invoice = await deps.store.findInvoice(row.id)
  if (!invoice?.body) return false
  const { body, cancelledBy: _by, sequence: _sequence, number: _number, proof, ...head } = invoice
  try {
    return proofOf(deps, { head, content: body.content, personal: openInvoice(deps.vault, invoice) }) === proof
  } catch (error) {
    // The sealed part does not open any more: it was changed, or belongs to another invoice.
    if (error instanceof AppError && error.code === 'ERR_STORE_DAMAGED') return false
    throw error
  }
}

/** Deletes lines and buyer of invoices that need not be kept any longer; number, days and sums stay. */
export async function endOldInvoices(deps: Pick<Workshop, 'store' | 'system'>, caller: Caller): Promise<number> {
  return deps.store.endInvoices(
    deps.system.clock.now(),
    auditEntry(deps.system, caller, { action: 'end-invoices', entity: 'invoices', entityId: 'ended' }),
  )
}

/** From which status on each automatic setting invoices. */
const reachedStatuses: { readonly [at in 'packed' | 'handed-over']: readonly FulfilmentStatus[] } = {
  packed: statusesFrom('packed'),
  'handed-over': statusesFrom('handed-over'),
}

function statusesFrom(least: FulfilmentStatus): readonly FulfilmentStatus[] {
  // The table's own keys are all there are.
  return (Object.keys(fulfilmentTable) as FulfilmentStatus[]).filter(
    (status) => fulfilmentTable[status].rank >= fulfilmentTable[least].rank && !fulfilmentTable[status].isEnded,
  )
}

/** Orders looked at in one round of automatic invoices, and at one word of a person. */
const mostAtOnce = 500
const mostOfADay = 5000

/** Issues what is due where the shop has it done by itself; nothing where it has not. */
export async function issueDueInvoices(deps: InvoiceDeps, caller: Caller): Promise<IssuedInvoices> {
  const settings = await deps.store.findSettings()
  const automatic = settings && invoiceSettingsOf(settings).automatic
  if (!automatic) return { issued: [], skipped: [] }
  const orders = await deps.store.findUninvoiced({
    statuses: reachedStatuses[automatic.at],
    reached: automatic.at,
    since: automatic.since,
    limit: mostAtOnce,
  })
  return issueInvoices(deps, caller, orders)
}

/** Packed orders of a wave, or those that were packed on a local day, that have no invoice in force; ids, the oldest first. */
export async function packedOrders(
  deps: Pick<Workshop, 'store'>,
  of: { readonly wave?: string | undefined; readonly day?: string | undefined },
): Promise<readonly string[]> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const { zone } = settings.shop
  const since = of.day === undefined ? 0 : startOfDay(of.day, zone)
  const until = of.day === undefined ? undefined : startOfDay(dayAfter(of.day), zone)
  const wave = of.wave === undefined ? undefined : await getWave(deps.store, of.wave)
  return deps.store.findUninvoiced({
    statuses: reachedStatuses.packed,
    reached: 'packed',
    since,
    until,
    orderIds: wave?.orderIds,
    limit: mostOfADay,
  })
}

/** Saves how the shop invoices. Automatic invoices begin with what is packed or handed over from now on. */
export async function configureInvoices(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  input: Omit<InvoiceSettings, 'automatic'> & {
    readonly automatic: 'off' | 'packed' | 'handed-over'
    readonly collectDays?: number | undefined
  },
): Promise<Settings> {
  const before = await deps.store.findSettings()
  if (!before) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const { automatic: at, collectDays, ...invoices } = input
  const known = invoiceSettingsOf(before).automatic
  const automatic = at === 'off' ? undefined : known?.at === at ? known : { at, since: deps.system.clock.now() }
  const settings: Settings = {
    ...before,
    invoices: { ...invoices, ...(automatic ? { automatic } : {}) },
    ...(collectDays === undefined ? {} : { collectDays }),
  }
  await deps.store.saveSettings(
    settings,
    auditEntry(deps.system, caller, { action: 'save-invoice-settings', entity: 'settings', entityId: 'settings' }),
  )
  return settings
}
