import { closeSync, copyFileSync, existsSync, openSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readBackupHeader } from '../adapters/backup/backup-file.ts'
import { readErasureNotes, type ErasureNotes } from '../adapters/backup/erasure-notes.ts'
import { applyRestore, asideOf, endRestore, stageRestore, type RestoreJournal } from '../adapters/backup/restore.ts'
import { databaseCheck, erasuresIn } from '../adapters/sqlite/backup.ts'
import { realSystem } from '../adapters/system/system.ts'
import { addWay, unlockSlots, type OpenKey, type WayIn } from '../adapters/vault/shop-key.ts'
import { parseSlots } from '../adapters/vault/slots-file.ts'
import { vaultOver } from '../adapters/vault/vault.ts'
import { auditEntry } from '../application/audit.ts'
import { purgeOldOrders, repeatErasures } from '../application/erase-person.ts'
import type { Caller, Workshop } from '../application/workshop.ts'
import type { DatabaseCopies, RestoreTool } from '../ports/backups.ts'
import type { Words } from '../ports/vault-keys.ts'

/** A backup that took the shop's place. */
export interface MovedIn {
  readonly journal: RestoreJournal
  /** Where the shop was put that lay there before. */
  readonly former: string | undefined
  /** People erased since the backup was made, erased again. */
  readonly erasedAgain: number
  /** Orders whose days were over, purged again. */
  readonly purgedAgain: number
}

const databaseOf = (dataFolder: string): string => join(dataFolder, 'backroom.sqlite')

/** Lays a backup ready beside the shop of this data folder; `database` checks what is inside. */
export const restoreTool = (
  dataFolder: string,
  database: Pick<DatabaseCopies, 'check'> = { check: databaseCheck },
): RestoreTool => ({
  async layReady(path, { words, erasures, watch }) {
    const keys = join(dataFolder, 'keys')
    const way = wayOf(words)
    let opened: OpenKey | undefined
    const journal = await stageRestore({
      backup: path,
      dataFolder,
      database,
      clock: realSystem.clock,
      watch,
      async open(slots) {
        opened = await unlockSlots(parseSlots(slots), { folder: keys, way })
        return opened.ring.backups
      },
      addKeys: (folder) => giveKeys(folder, { way, opened, keys }),
      erasures: () => notedErasures([dirname(path), join(dataFolder, 'backups')], { erasures, opened }),
    })
    return { orders: journal.orders, madeAt: journal.madeAt, schemaVersion: journal.schemaVersion }
  },
})

const wayOf = (words: Words | undefined): WayIn => {
  if (!words) return { kind: 'key-file' }
  return 'passphrase' in words ? { kind: 'passphrase', ...words } : { kind: 'recovery-key', ...words }
}

interface Given {
  readonly way: WayIn
  readonly opened: OpenKey | undefined
  readonly keys: string
}

/** The key file of this machine comes along; on a new machine, opened by words, a new one is made. */
async function giveKeys(folder: string, { way, opened, keys }: Given): Promise<void> {
  if (way.kind === 'key-file' && existsSync(join(keys, 'shop.key')))
    copyFileSync(join(keys, 'shop.key'), join(folder, 'shop.key'))
  else if (opened) await addWay({ folder, random: realSystem.random }, opened.shopKey, { kind: 'key-file' })
}

function notedErasures(
  folders: readonly string[],
  { erasures, opened }: { readonly erasures: readonly string[]; readonly opened: OpenKey | undefined },
): ErasureNotes {
  if (!opened) return { userIds: erasures, isGood: true }
  const vault = vaultOver({ folder: '', random: realSystem.random }, opened)
  const notes = [...new Set(folders)].map((folder) => readErasureNotes(folder, vault))
  const userIds = [...erasures, ...notes.flatMap((one) => one.userIds)]
  return { userIds, isGood: notes.every((one) => one.isGood) }
}

/** Moves in what lies ready; the folder must be locked and its database closed. */
export function movedIn(dataFolder: string): RestoreJournal | undefined {
  return applyRestore(dataFolder, () => erasuresIn(databaseOf(dataFolder)))
}

/** Erases and purges again what the backup brought back, then writes down that it did. Done again after a crash. */
export async function finishRestore(
  workshop: Workshop,
  caller: Caller,
  { dataFolder, moved }: { readonly dataFolder: string; readonly moved: RestoreJournal },
): Promise<MovedIn> {
  const known = new Set(await workshop.store.loadErasures())
  const erasures = [...new Set([...known, ...moved.erasures])].sort()
  const erasedAgain = await repeatErasures(workshop, caller, erasures)
  const purged = await purgeOldOrders(workshop, caller)
  await workshop.store.saveAudit(
    auditEntry(workshop.system, caller, {
      action: 'restore',
      entity: 'backup',
      entityId: moved.backup,
      facts: { orders: moved.orders, erasedAgain, purgedAgain: purged.orders },
    }),
  )
  endRestore(dataFolder)
  return { journal: moved, former: asideOf(dataFolder, moved), erasedAgain, purgedAgain: purged.orders }
}

/** True for an age file, false for a database: the copies that were made before a change of version are such. */
export async function isEncryptedBackup(path: string): Promise<boolean> {
  if (existsSync(path) && beginsLikeDatabase(path)) return false
  await readBackupHeader(path)
  return true
}

function beginsLikeDatabase(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const beginning = Buffer.alloc(16)
    readSync(file, beginning, 0, 16, 0)
    return beginning.toString('latin1') === 'SQLite format 3\0'
  } finally {
    closeSync(file)
  }
}
