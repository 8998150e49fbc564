import { auditEntry } from '../../application/audit.ts'
import { changeShopKey } from '../../application/change-shop-key.ts'
import { configurePrivacy, privacyState, purgeIfDue, purgeUnreported } from '../../application/end-personal-data.ts'
import { erasePerson, purgeOldOrders } from '../../application/erase-person.ts'
import { auditFilter, exportAudit } from '../../application/export-audit.ts'
import { collectPerson, findPeople } from '../../application/find-person.ts'
import { backupsState, configureBackups, makeBackup, makeBackupIfDue } from '../../application/keep-backups.ts'
import { endOldInvoices } from '../../application/keep-invoices.ts'
import { personPage } from '../../application/person-page.ts'
import type { Caller, Workshop } from '../../application/workshop.ts'
import type { privacyOperations } from '../../contract/operations/privacy.ts'
import { lastCopyGoneAt, usualBackupPlan } from '../../domain/backup.ts'
import { usualUnreportedDays } from '../../domain/settings.ts'
import type { KeysState } from '../../domain/shop-key.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Handlers } from '../handlers.ts'
import { tryCounter } from './tries.ts'

type PrivacyHandlers = Pick<Handlers, keyof typeof privacyOperations>
type Named<Prefix extends string> = Pick<PrivacyHandlers, Extract<keyof PrivacyHandlers, `${Prefix}.${string}`>>

/** Handlers of contract/operations/privacy.ts. */
export const privacyHandlers = (workshop: Workshop): PrivacyHandlers => ({
  ...keyHandlers(workshop),
  ...backupHandlers(workshop),
  ...forgettingHandlers(workshop),
  ...auditHandlers(workshop),
})

function keyHandlers(workshop: Workshop): Named<'keys'> {
  const { keys, store, system } = workshop
  const tries = tryCounter(system.clock)
  const changed = async (caller: Caller, action: string, kind: string): Promise<KeysState> => {
    await store.saveAudit(auditEntry(system, caller, { action, entity: 'keys', entityId: kind }))
    return keys.state()
  }
  return {
    'keys.state': () => keys.state(),
    async 'keys.unlock'(input, caller) {
      tries.check(caller.actor)
      try {
        await keys.unlock(input)
        tries.succeeded(caller.actor)
      } catch (error) {
        tries.failed(caller.actor)
        throw error
      }
      return changed(caller, 'unlock', 'passphrase' in input ? 'passphrase' : 'recovery-key')
    },
    async 'keys.set-passphrase'(input, caller) {
      await keys.setPassphrase(input.passphrase)
      return changed(caller, 'set-way-in', 'passphrase')
    },
    async 'keys.add'(input, caller) {
      await (input.kind === 'key-file' ? keys.addKeyFile() : keys.addKeychain())
      return changed(caller, 'set-way-in', input.kind)
    },
    async 'keys.remove'(input, caller) {
      await keys.remove(input.kind)
      return changed(caller, 'remove-way-in', input.kind)
    },
    async 'keys.new-recovery-key'(_input, caller) {
      const made = await keys.newRecoveryKey()
      await changed(caller, 'set-way-in', 'recovery-key')
      return made
    },
    'keys.rotate': (input, caller) => changeShopKey(workshop, caller, input),
  }
}

function backupHandlers(workshop: Workshop): Named<'backup'> {
  const { backups, restore, store, system } = workshop
  return {
    'backup.state': () => backupsState(workshop),
    'backup.configure': (input, caller) => configureBackups(workshop, caller, input.plan),
    'backup.create': (_input, caller) => makeBackup(workshop, caller),
    async 'backup.if-due'(_input, caller) {
      return { made: (await makeBackupIfDue(workshop, caller)) ?? null }
    },
    'backup.verify': (input, caller) => backups.verify(input.name, caller.watch),
    async 'backup.lay-ready'({ path, recoveryKey, passphrase }, caller) {
      const words = recoveryKey !== undefined ? { recoveryKey } : passphrase !== undefined ? { passphrase } : undefined
      const erasures = await store.loadErasures()
      const { orders, madeAt } = await restore.layReady(path, { words, erasures, watch: caller.watch })
      if (await store.findSettings())
        await store.saveAudit(
          auditEntry(system, caller, { action: 'lay-backup-ready', entity: 'backup', entityId: 'restore' }),
        )
      return { orders, madeAt }
    },
  }
}

function forgettingHandlers(workshop: Workshop): Named<'privacy'> {
  const goneAt = async (): Promise<number | undefined> => (await backupsState(workshop)).lastCopyGoneAt
  return {
    async 'privacy.state'() {
      const { settings, purgeable, unreported, lastPurgeAt } = await privacyState(workshop)
      return {
        purgeDaysAfterDelivery: settings.privacy.purgeDaysAfterDelivery,
        unreportedDays: settings.privacy.unreportedDays ?? usualUnreportedDays,
        purgeable,
        unreported: unreported.map(({ code, handedOverAt, carrier }) => ({ order: code, handedOverAt, carrier })),
        lastPurgeAt,
        lastCopyGoneAt: lastCopyGoneAt(workshop.system.clock.now(), settings.backups ?? usualBackupPlan),
      }
    },
    async 'privacy.configure'(input, caller) {
      await configurePrivacy(workshop, caller, input)
      return null
    },
    async 'privacy.purge'(_input, caller) {
      const { documents, ...counts } = await purgeOldOrders(workshop, caller)
      return { ...counts, documents: documents.length, invoicesEnded: await endOldInvoices(workshop, caller) }
    },
    async 'privacy.purge-if-due'(_input, caller) {
      await workshop.store.forgetTakeBacks(workshop.system.clock.now())
      const counts = await purgeIfDue(workshop, caller)
      if (counts) await endOldInvoices(workshop, caller)
      return { orders: counts?.orders ?? null }
    },
    async 'privacy.purge-unreported'(input, caller) {
      return { orders: (await purgeUnreported(workshop, caller, input.orders)).orders }
    },
    'privacy.find': (input, caller) => findPeople(workshop, caller, input.typed),
    async 'privacy.export'(input, caller) {
      const settings = await workshop.store.findSettings()
      if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
      const file = await collectPerson(workshop, caller, input.userId)
      return {
        json: JSON.stringify(file, null, 2) + '\n',
        html: personPage(file, settings.shop),
        orders: file.orders.length,
      }
    },
    async 'privacy.erase'(input, caller) {
      const { documents, invoicesKept, ...counts } = await erasePerson(workshop, caller, input.userId)
      const kept = invoicesKept.map(({ number, keepUntil }) => ({
        number,
        keptUntil: keepUntil,
        because: 'tax-law' as const,
      }))
      return { ...counts, documents: documents.length, invoicesKept: kept, lastCopyGoneAt: await goneAt() }
    },
  }
}

function auditHandlers(workshop: Workshop): Named<'audit'> {
  return {
    async 'audit.list'({ looks, action, from, to, ...query }) {
      const filter = await auditFilter(workshop, { looks, action, from, to })
      const { total, rows } = await workshop.store.listAudit({ ...query, ...filter })
      return {
        total,
        rows: rows.map(({ id, at, actor, action, entity, entityId, facts }) => ({
          id,
          at,
          actor,
          action,
          entity,
          entityId,
          facts,
        })),
      }
    },
    'audit.facets': () => workshop.store.loadAuditFacets(),
    async 'audit.export'({ looks, action, from, to, ...query }, caller) {
      return exportAudit(workshop, caller, { ...query, ...(await auditFilter(workshop, { looks, action, from, to })) })
    },
  }
}
