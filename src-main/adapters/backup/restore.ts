import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Clock } from '../../kernel/time.ts'
import type { DatabaseCopies } from '../../ports/backups.ts'
import type { Watch } from '../../ports/system.ts'
import { databaseName, readBackupFile, type BackupManifest, type OpenSlots } from './backup-file.ts'
import { shopEntries } from './data-files.ts'
import { writeWhole } from './kept-list.ts'

/** What a restore has still to do; each step may be done again after a crash. */
const journalShape = z.object({
  format: z.literal('backroom-restore-1'),
  step: z.enum(['set-aside', 'move-in', 'finish']),
  backup: z.string(),
  madeAt: z.int(),
  orders: z.int(),
  schemaVersion: z.int(),
  /** Where the shop goes that lies there now. */
  aside: z.string(),
  erasures: z.array(z.string()),
  /** True when notes of erasures lay there that were not ours, or changed: somebody may have come back. */
  areNotesSpoilt: z.boolean(),
})
export type RestoreJournal = z.infer<typeof journalShape>

const readyName = 'restore-ready'
const incomingOf = (dataFolder: string): string => join(dataFolder, readyName, 'incoming')
const journalOf = (dataFolder: string): string => join(dataFolder, readyName, 'journal.json')

export interface StageOptions {
  readonly backup: string
  readonly dataFolder: string
  readonly open: OpenSlots
  readonly database: Pick<DatabaseCopies, 'check'>
  /** Gives the keys of the new place: called with the folder `keys` of the shop that will move in. */
  readonly addKeys: (keysFolder: string) => Promise<void>
  /** Who is known to be erased, by notes beside the backup and by the shop that lies there now. */
  readonly erasures: () => { readonly userIds: readonly string[]; readonly isGood: boolean }
  readonly clock: Clock
  readonly watch: Watch
}

/**
 * Opens a backup, checks it whole and lays it ready beside the shop, which stays as it is. `applyRestore` moves it in at
 * the next start. Throws ERR_BACKUP_INVALID { what }, ERR_STORE_NEWER, ERR_SHOP_KEY_MISSING, ERR_DISK, ERR_CANCELLED; then
 * nothing is left behind.
 */
export async function stageRestore(options: StageOptions): Promise<RestoreJournal> {
  const { backup, dataFolder, clock } = options
  const incoming = incomingOf(dataFolder)
  rmSync(join(dataFolder, readyName), { recursive: true, force: true })
  try {
    mkdirSync(incoming, { recursive: true, mode: 0o700 })
    const manifest = await readChecked(options, incoming)
    await options.addKeys(join(incoming, 'keys'))
    const { userIds, isGood } = options.erasures()
    const journal: RestoreJournal = {
      format: 'backroom-restore-1',
      step: 'set-aside',
      backup: basename(backup),
      madeAt: manifest.madeAt,
      orders: manifest.orders,
      schemaVersion: manifest.schemaVersion,
      aside: freeAside(dataFolder, clock.now()),
      erasures: [...userIds],
      areNotesSpoilt: !isGood,
    }
    write(dataFolder, journal)
    return journal
  } catch (error) {
    rmSync(join(dataFolder, readyName), { recursive: true, force: true })
    if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) throw error
    throw new AppError('ERR_DISK', { doing: 'restore', reason: String(error.code) }, { cause: error })
  }
}

async function readChecked({ backup, open, database, watch }: StageOptions, incoming: string): Promise<BackupManifest> {
  const manifest = await readBackupFile(backup, {
    open,
    into: (name) => join(incoming, ...name.split('/')),
    watch,
  })
  const facts = database.check(join(incoming, databaseName))
  if (facts.orders !== manifest.orders) throw new AppError('ERR_BACKUP_INVALID', { what: 'counts-differ' })
  return manifest
}

/**
 * Moves a shop that lies ready in, and what was there aside; the data folder must be locked and its database closed.
 * `formerErasures` are those of the shop that is set aside. A crash in the middle is made good by calling it again. Undefined when nothing lies ready. The journal then says
 * what is left to do; `endRestore` ends it.
 */
export function applyRestore(dataFolder: string, formerErasures: () => readonly string[]): RestoreJournal | undefined {
  let journal = readJournal(dataFolder)
  if (!journal) return undefined
  const aside = join(dataFolder, journal.aside)
  if (journal.step === 'set-aside') {
    // Read before the database moves: a crash in between reads them again, or has written them down.
    journal = { ...journal, erasures: [...new Set([...journal.erasures, ...formerErasures()])] }
    write(dataFolder, journal)
    for (const name of shopEntries(dataFolder)) {
      mkdirSync(aside, { recursive: true, mode: 0o700 })
      renameSync(join(dataFolder, name), join(aside, name))
    }
    journal = { ...journal, step: 'move-in' }
    write(dataFolder, journal)
  }
  if (journal.step === 'move-in') {
    const incoming = incomingOf(dataFolder)
    for (const name of existsSync(incoming) ? readdirSync(incoming) : [])
      renameSync(join(incoming, name), join(dataFolder, name))
    journal = { ...journal, step: 'finish' }
    write(dataFolder, journal)
  }
  return journal
}

/** Where the former shop lies now; undefined when there was none. */
export const asideOf = (dataFolder: string, { aside }: RestoreJournal): string | undefined =>
  existsSync(join(dataFolder, aside)) ? join(dataFolder, aside) : undefined

export const endRestore = (dataFolder: string): void =>
  rmSync(join(dataFolder, readyName), { recursive: true, force: true })

/** A folder without a journal is a restore that broke off before anything was decided. */
function readJournal(dataFolder: string): RestoreJournal | undefined {
  const path = journalOf(dataFolder)
  if (!existsSync(path)) return undefined
  try {
    return journalShape.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new AppError('ERR_STORE_DAMAGED', { file: 'restore-ready/journal.json' }, { cause })
  }
}

const write = (dataFolder: string, journal: RestoreJournal): void =>
  writeWhole(journalOf(dataFolder), JSON.stringify(journal, null, 1) + '\n')

function freeAside(dataFolder: string, at: number): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  for (let count = 1; ; count++) {
    const name = `before-restore-${stamp}${count === 1 ? '' : `-${count}`}`
    if (!existsSync(join(dataFolder, name))) return name
  }
}
