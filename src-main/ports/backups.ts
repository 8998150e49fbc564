import type { BackupPlan, BackupsState, KeptBackup } from '../domain/backup.ts'
import type { EpochMs } from '../kernel/time.ts'
import type { Watch } from './system.ts'
import type { Words } from './vault-keys.ts'

/** What a backup asks of the store: a copy of a database in use, and the check of such a copy. */
export interface DatabaseCopies {
  /** Writes a whole copy while the store works; throws ERR_CANCELLED when asked to stop, and leaves no file then. */
  copyTo(path: string, watch: Watch): Promise<void>
  /** Checks every page and reference. Throws ERR_BACKUP_INVALID, ERR_STORE_NEWER for a newer program's. */
  check(path: string): { readonly schemaVersion: number; readonly orders: number }
}

export interface BackupRequest {
  readonly plan: BackupPlan
  /** The shop's zone: days, weeks and months of the retention are its own. */
  readonly zone: string
  readonly watch: Watch
  /** Runs the copy of the database while nothing is written. */
  readonly inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>
}

/**
 * Encrypted copies of the whole shop: age files (age-encryption.org/v1) that the recovery key opens. Each is read back
 * before it gets its name, so that what has a name is good.
 */
export interface Backups {
  /**
   * Makes one and lets old ones go. Throws ERR_BACKUP_FAILED { reason, folder }, ERR_CANCELLED, ERR_SHOP_KEY_MISSING; then
   * everything is as it was. A second folder that is missing is no failure: the state says so.
   */
  create(
    request: BackupRequest,
  ): Promise<KeptBackup & { readonly path: string; readonly second: BackupsState['second'] }>
  /** Reads a kept backup back again, whole. Throws ERR_BACKUP_INVALID and remembers it as spoilt. */
  verify(name: string, watch: Watch): Promise<KeptBackup>
  state(plan: BackupPlan, zone: string): BackupsState
  /** Remembers why a backup that nobody asked for failed. */
  failed(failure: { readonly at: EpochMs; readonly code: string; readonly reason?: string | undefined }): void
  /**
   * Writes who is erased beside the backups: a backup made before is erased again when it is restored, even
   * where nothing else of the shop is left. Ids only. Without the shop key nothing is written.
   */
  rememberErasures(userIds: readonly string[], plan: BackupPlan | undefined): void
}

/** Backups on their way back. */
export interface RestoreTool {
  /**
   * Opens a backup with the words, or without any with the key file that lies here, checks it whole and lays it ready
   * beside the shop; it takes the shop's place at the next start. Throws ERR_BACKUP_INVALID { what }, ERR_STORE_NEWER,
   * ERR_SHOP_KEY_MISSING, ERR_DISK, ERR_CANCELLED; then nothing has changed.
   */
  layReady(
    path: string,
    options: { readonly words?: Words | undefined; readonly erasures: readonly string[]; readonly watch: Watch },
  ): Promise<{ readonly orders: number; readonly madeAt: EpochMs; readonly schemaVersion: number }>
}
