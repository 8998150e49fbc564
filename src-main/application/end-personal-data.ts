import { AppError } from '../kernel/errors.ts'
import { usualUnreportedDays, type Settings } from '../domain/settings.ts'
import { isoDay } from '../kernel/time.ts'
import type { PurgeCounts, UnreportedOrder } from '../ports/store/people-store.ts'
import { auditEntry } from './audit.ts'
import { purgeOldOrders, purgeOrders } from './erase-person.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'files'>

const dayMs = 86_400_000

export interface PrivacyState {
  readonly settings: Settings
  readonly purgeable: number
  readonly unreported: readonly UnreportedOrder[]
  readonly lastPurgeAt: number | undefined
}

export async function privacyState(deps: Deps): Promise<PrivacyState> {
  const settings = await settingsOf(deps)
  const now = deps.system.clock.now()
  const purgeable = await deps.store.findPurgeable(now - settings.privacy.purgeDaysAfterDelivery * dayMs)
  return {
    settings,
    purgeable: purgeable.length,
    unreported: await findUnreported(deps, settings),
    lastPurgeAt: await lastPurgeAt(deps),
  }
}

const dailyPurge = 'daily-purge'
/** A station that was cut off for so long and tells of a closed wave is refused, whatever it tells. */
const confirmationDays = 30

async function lastPurgeAt({ store }: Deps): Promise<number | undefined> {
  return (await store.listAudit({ actions: [dailyPurge], offset: 0, limit: 1 })).rows[0]?.at
}

/** Orders of which nothing was heard since the last of their parcels was handed over, the oldest first. */
const findUnreported = (deps: Deps, settings: Settings): Promise<readonly UnreportedOrder[]> =>
  deps.store.findUnreported(deps.system.clock.now() - (settings.privacy.unreportedDays ?? usualUnreportedDays) * dayMs)

export async function configurePrivacy(
  deps: Deps,
  caller: Caller,
  days: { readonly purgeDaysAfterDelivery: number; readonly unreportedDays: number },
): Promise<void> {
  const settings = await settingsOf(deps)
  await deps.store.saveSettings(
    { ...settings, privacy: { ...settings.privacy, ...days } },
    auditEntry(deps.system, caller, {
      action: 'save-privacy-days',
      entity: 'settings',
      entityId: 'settings',
      facts: days,
    }),
  )
}

/**
 * The purge of the day: once on each of the shop's days, also when nothing is left to purge, so that the log shows that
 * it was looked for. Undefined where today had one.
 */
export async function purgeIfDue(deps: Deps, caller: Caller): Promise<PurgeCounts | undefined> {
  const settings = await deps.store.findSettings()
  if (!settings) return undefined
  const now = deps.system.clock.now()
  const last = await lastPurgeAt(deps)
  const dayOf = (at: number): string => isoDay(at, settings.shop.zone)
  if (last !== undefined && dayOf(last) === dayOf(now)) return undefined
  const counts = await purgeOldOrders(deps, caller)
  const swept = await sweepPapers(deps)
  const confirmations = await deps.store.purgeConfirmations(now - confirmationDays * dayMs)
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: dailyPurge,
      entity: 'orders',
      entityId: 'ended',
      facts: { orders: counts.orders, papers: swept, confirmations },
    }),
  )
  return counts
}

/** Younger papers may belong to work whose record is about to be saved. */
const sweepAfterMs = dayMs

/** Takes away bytes that a crash left behind, whose record is gone or was purged. */
async function sweepPapers({ store, files, system }: Deps): Promise<number> {
  const before = system.clock.now() - sweepAfterMs
  const old = (await files.list()).filter((paper) => paper.writtenAt < before)
  const stray = await store.findStrayPapers(old.map((paper) => paper.documentId))
  for (const documentId of stray) await files.remove(documentId)
  return stray.length
}

/**
 * Ends the personal data of orders that nobody will report on any more, because the manager says so. Only orders that
 * are long enough unreported are taken; any other one throws ERR_STATUS_NOT_ALLOWED and nothing is done.
 */
export async function purgeUnreported(deps: Deps, caller: Caller, codes: readonly string[]): Promise<PurgeCounts> {
  const unreported = await findUnreported(deps, await settingsOf(deps))
  const idByCode = new Map(unreported.map((order) => [order.code, order.orderId]))
  const ids = codes.map((code) => {
    const id = idByCode.get(code)
    if (id === undefined)
      throw new AppError('ERR_STATUS_NOT_ALLOWED', { order: code, expected: 'handed over long ago' })
    return id
  })
  return purgeOrders(deps, caller, ids)
}

async function settingsOf({ store }: Pick<Workshop, 'store'>): Promise<Settings> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  return settings
}
