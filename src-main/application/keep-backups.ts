import { AppError } from '../kernel/errors.ts'
import { usualBackupPlan, type BackupPlan, type BackupsState } from '../domain/backup.ts'
import type { Settings } from '../domain/settings.ts'
import type { Backups } from '../ports/backups.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'backups'>

export async function backupsState(deps: Pick<Workshop, 'store' | 'backups'>): Promise<BackupsState> {
  const settings = await settingsOf(deps)
  return deps.backups.state(planOf(settings), settings.shop.zone)
}

/** Makes a backup now; what it reads of the database waits its turn among the commands, the rest runs beside them. */
export async function makeBackup(deps: Deps, caller: Caller): ReturnType<Backups['create']> {
  const settings = await settingsOf(deps)
  const inTurn = caller.traffic?.inTurn ?? (<Value>(work: () => Promise<Value>) => work())
  deps.backups.rememberErasures(await deps.store.loadErasures(), planOf(settings))
  const made = await deps.backups.create({
    plan: planOf(settings),
    zone: settings.shop.zone,
    watch: caller.watch,
    inTurn,
  })
  const facts = { orders: made.orders ?? 0, bytes: made.bytes }
  await inTurn(() =>
    deps.store.saveAudit(
      auditEntry(deps.system, caller, { action: 'backup', entity: 'backup', entityId: made.name, facts }),
    ),
  )
  return made
}

/**
 * The backup of the day, once; a shop that is not set up, or whose key is not open, has none. A failure is remembered
 * for the screens and thrown on.
 */
export async function makeBackupIfDue(deps: Deps, caller: Caller): Promise<string | undefined> {
  const settings = await deps.store.findSettings()
  if (!settings || !deps.backups.state(planOf(settings), settings.shop.zone).isDue) return undefined
  try {
    return (await makeBackup(deps, caller)).name
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_CANCELLED') return undefined
    const code = error instanceof AppError ? error.code : 'ERR_INTERNAL'
    const reason = error instanceof AppError ? error.details['reason'] : undefined
    const known = typeof reason === 'string' ? { reason } : {}
    deps.backups.failed({ at: deps.system.clock.now(), code, ...known })
    throw error
  }
}

export async function configureBackups(deps: Deps, caller: Caller, plan: BackupPlan): Promise<BackupsState> {
  const settings = await settingsOf(deps)
  const audit = auditEntry(deps.system, caller, {
    action: 'save-backup-plan',
    entity: 'settings',
    entityId: 'settings',
  })
  await deps.store.saveSettings({ ...settings, backups: plan }, audit)
  return backupsState(deps)
}

const planOf = (settings: Settings): BackupPlan => settings.backups ?? usualBackupPlan

async function settingsOf({ store }: Pick<Workshop, 'store'>): Promise<Settings> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  return settings
}
