import { z } from 'zod'
import type { BackupsState, KeptBackup } from '../../domain/backup.ts'
import type { KeysState } from '../../domain/shop-key.ts'
import { command, errand, managers, query } from '../operation.ts'
import type { PageView } from '../views.ts'
import { backupPlan, listInput } from './shop.ts'

const nothing = z.object({})
const userRef = z.object({ userId: z.string().min(1).max(100) })
const backupName = z.string().regex(/^[\w.-]{1,100}$/)
const passphrase = z.string().min(1).max(500)
const recoveryKey = z.string().min(1).max(200)
const path = z.string().min(1).max(2000)
const word = z.string().min(1).max(200)
const localDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** `from` and `to` are local days of the shop, both included. */
const auditFilter = {
  looks: z.boolean().default(false),
  actor: word.optional(),
  action: word.optional(),
  entity: word.optional(),
  from: localDay.optional(),
  to: localDay.optional(),
}

export interface AuditRowView {
  readonly id: string
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly facts: { readonly [key: string]: string | number } | undefined
}

export interface MadeBackupView extends KeptBackup {
  readonly path: string
  readonly second: BackupsState['second']
}

export interface PrivacyView {
  readonly purgeDaysAfterDelivery: number
  readonly unreportedDays: number
  /** Orders whose personal data would go now. */
  readonly purgeable: number
  /** Parcels handed over so long ago that their courier will hardly tell any more; by order. */
  readonly unreported: readonly { readonly order: string; readonly handedOverAt: number; readonly carrier: string }[]
  readonly lastPurgeAt: number | undefined
  /** By when no backup holds any more what is erased now. */
  readonly lastCopyGoneAt: number | undefined
}

export interface FoundPersonView {
  readonly userId: string
  readonly name: string
  readonly city: string
  readonly isGuest: boolean
  readonly orders: readonly string[]
}

/** Keys, backups, forgetting, and who looked: what keeps a shop's personal data safe, and ends it. */
export const privacyOperations = {
  'keys.state': query<KeysState>()(managers, nothing),
  /** Opens the shop key for as long as this program runs. */
  'keys.unlock': command<KeysState>()(managers, z.union([z.object({ passphrase }), z.object({ recoveryKey })])),
  'keys.set-passphrase': command<KeysState>()(managers, z.object({ passphrase })),
  'keys.add': command<KeysState>()(managers, z.object({ kind: z.enum(['key-file', 'keychain']) })),
  'keys.remove': command<KeysState>()(
    managers,
    z.object({ kind: z.enum(['key-file', 'keychain', 'passphrase', 'recovery-key']) }),
  ),
  /** Answered this once; the former recovery key opens nothing made from now on. */
  'keys.new-recovery-key': command<{ readonly recoveryKey: string }>()(managers, nothing),
  /** A new shop key: every data key is wrapped anew, every way in made anew; the recovery key is answered this once. */
  'keys.rotate': command<{ readonly recoveryKey: string; readonly records: number }>()(
    managers,
    z.object({ passphrase: passphrase.optional() }),
  ),

  'backup.state': query<BackupsState>()(managers, nothing),
  'backup.configure': command<BackupsState>()(managers, z.object({ plan: backupPlan })),
  /** Makes a backup, reads it back, copies it to the second folder and lets old ones go. */
  'backup.create': errand<MadeBackupView>()(managers, nothing),
  /** The same where today has none yet; a failure is kept and told by `backup.state`. */
  'backup.if-due': errand<{ readonly made: string | null }>()(managers, nothing),
  /** Reads a kept backup back again. */
  'backup.verify': errand<KeptBackup>()(managers, z.object({ name: backupName })),
  /**
   * Opens a backup, checks it whole and lays it ready; it takes the shop's place when the program starts again. Without
   * words the key file that lies here is tried.
   */
  'backup.lay-ready': errand<{ readonly orders: number; readonly madeAt: number }>()(
    managers,
    z.object({ path, recoveryKey: recoveryKey.optional(), passphrase: passphrase.optional() }),
  ),

  'privacy.state': query<PrivacyView>()(managers, nothing),
  'privacy.configure': command<null>()(
    managers,
    z.object({ purgeDaysAfterDelivery: z.int().min(0).max(3650), unreportedDays: z.int().min(1).max(3650) }),
  ),
  'privacy.purge': command<{
    readonly orders: number
    readonly users: number
    readonly documents: number
    readonly invoicesEnded: number
  }>()(managers, nothing),
  /** The purge of the day, once a day; what the background asks. */
  'privacy.purge-if-due': command<{ readonly orders: number | null }>()(managers, nothing),
  /** Ends personal data of orders that were handed over and never reported, for the manager knows they are over. */
  'privacy.purge-unreported': command<{ readonly orders: number }>()(
    managers,
    z.object({ orders: z.array(z.string().min(1).max(64)).min(1).max(1000) }),
  ),
  /** People whose name, e-mail address or telephone number was typed; the look is written to the audit log. */
  'privacy.find': command<readonly FoundPersonView[]>()(managers, z.object({ typed: z.string().min(3).max(200) })),
  /** Everything the shop holds of one person, as data and as a page to read; nothing is written by us. */
  'privacy.export': command<{ readonly json: string; readonly html: string; readonly orders: number }>()(
    managers,
    userRef,
  ),
  /** `invoicesKept`: what the tax law has the shop keep, and until when. */
  'privacy.erase': command<{
    readonly orders: number
    readonly users: number
    readonly documents: number
    readonly invoicesKept: readonly {
      readonly number: string
      readonly keptUntil: number
      readonly because: 'tax-law'
    }[]
    readonly lastCopyGoneAt: number | undefined
  }>()(managers, userRef),

  /** `looks`: only entries of somebody having opened, printed or exported personal data. */
  'audit.list': query<PageView<AuditRowView>>()(managers, listInput.extend(auditFilter)),
  /** What it can be filtered by: whatever stands in it. */
  'audit.facets': query<{
    readonly actors: readonly string[]
    readonly actions: readonly string[]
    readonly entities: readonly string[]
  }>()(managers, nothing),
  'audit.export': query<{ readonly csv: string; readonly rows: number }>()(
    managers,
    z.object({ search: z.string().max(200).optional(), ...auditFilter }),
  ),
}
