import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import DatabaseFile from 'better-sqlite3'
import type { DatabaseCopies } from '../../ports/backups.ts'
import type { Watch } from '../../ports/system.ts'
import type { Clock } from '../../kernel/time.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Migration } from './migrate.ts'
import { migrationsFolder, pendingMigrations, readMigrations, schemaVersion } from './migrate.ts'
import { openDatabase } from './open-database.ts'

export interface BackupOptions {
  readonly db: Database.Database
  readonly folder: string
  readonly clock: Clock
  readonly known: readonly Migration[]
}

/** Copies of a database that stays in use, for the encrypted backups (adapters/backup). */
export const sqliteCopies = ({ db, known }: Pick<BackupOptions, 'db' | 'known'>): DatabaseCopies => ({
  copyTo: (path, watch) => copyDatabase(db, path, watch),
  check: (path) => verifyBackup(path, known),
})

/** Writes `<label>-<UTC time>.sqlite` into the folder and answers where it lies and how large it is. */
export async function createBackup(options: BackupOptions, label: string): Promise<{ path: string; bytes: number }> {
  const { db, folder, clock, known } = options
  mkdirSync(folder, { recursive: true })
  const path = freeName(folder, `${label}-${new Date(clock.now()).toISOString().replace(/[:.]/g, '-')}`)
  const unfinished = `${path}.unfinished`
  try {
    await copyDatabase(db, unfinished)
    verifyBackup(unfinished, known)
    moveInPlace(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  return { path, bytes: statSync(path).size }
}

/** A copy takes the place of a closed database, in one step; what stood in its write-ahead log is forgotten with it. */
export function putBack(copy: string, path: string): void {
  const incoming = `${path}.incoming`
  copyFileSync(copy, incoming)
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  moveInPlace(incoming, path)
}

/**
 * Opens the file and checks every page, every reference and the schema version.
 * Throws ERR_BACKUP_INVALID, ERR_STORE_NEWER for one made by a newer program.
 */
export function verifyBackup(path: string, known: readonly Migration[]): { schemaVersion: number; orders: number } {
  if (!existsSync(path)) throw new AppError('ERR_BACKUP_INVALID', { path, what: 'missing' })
  let db: Database.Database | undefined
  try {
    db = openDatabase(path, { isReadonly: true })
    const integrity = db.pragma('integrity_check(1)', { simple: true })
    const broken = db.pragma('foreign_key_check')
    const version = schemaVersion(db)
    if (integrity !== 'ok' || version === 0 || (Array.isArray(broken) && broken.length > 0)) {
      throw new AppError('ERR_BACKUP_INVALID', { path, what: version === 0 ? 'empty' : 'integrity' })
    }
    pendingMigrations(db, known)
    return { schemaVersion: version, orders: Number(db.prepare('select count(*) from orders').pluck().get()) }
  } catch (error) {
    if (error instanceof AppError && ['ERR_BACKUP_INVALID', 'ERR_STORE_NEWER'].includes(error.code)) throw error
    throw new AppError('ERR_BACKUP_INVALID', { path, what: 'unreadable' }, { cause: error })
  } finally {
    db?.close()
  }
}

export interface RestoreOptions {
  readonly backup: string
  /** The store's file; it must be closed and the lock taken. */
  readonly target: string
  readonly clock: Clock
  /** As in SqliteStoreOptions. */
  readonly migrationsFolder?: string | undefined
}

export interface Restored {
  readonly schemaVersion: number
  readonly orders: number
  /** Where the file went that lay there before. */
  readonly former: string | undefined
  /** Users erased by either file: `eraseUser` each of them in the restored store before anything else. */
  readonly erasures: readonly string[]
}

/**
 * Verifies a backup and puts a copy of it where the store's file lies; what lay there is kept beside it.
 * Throws ERR_BACKUP_INVALID and ERR_STORE_NEWER before anything is touched.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backup, target, clock } = options
  const known = readMigrations(options.migrationsFolder ?? migrationsFolder)
  const facts = verifyBackup(backup, known)
  mkdirSync(dirname(target), { recursive: true })
  const incoming = `${target}.incoming`
  rmSync(incoming, { force: true })
  const source = openDatabase(backup, { isReadonly: true })
  await copyDatabase(source, incoming).finally(() => source.close())
  verifyBackup(incoming, known)
  const erasures = [...new Set([...erasuresIn(incoming), ...erasuresIn(target)])].sort()
  const former = setAside(target, clock)
  moveInPlace(incoming, target)
  return { ...facts, former, erasures }
}

/** `verifyBackup` with the migrations of this program. */
export const databaseCheck = (path: string): { schemaVersion: number; orders: number } =>
  verifyBackup(path, readMigrations(migrationsFolder))

/** Users erased so far, as far as the file can still tell: it may be replaced because it is damaged. */
export function erasuresIn(path: string): readonly string[] {
  if (!existsSync(path)) return []
  try {
    const db = openDatabase(path)
    try {
      return db
        .prepare<[], { user_id: string }>('select user_id from erasures')
        .all()
        .map((row) => row.user_id)
    } finally {
      db.close()
    }
  } catch {
    return []
  }
}

function setAside(target: string, clock: Clock): string | undefined {
  if (!existsSync(target)) return undefined
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-')
  const former = freeName(dirname(target), `${basename(target, '.sqlite')}-before-restore-${stamp}`)
  // The journals belong to the file they lie beside: without its own, the former file would lack its last changes.
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(target + suffix)) renameSync(target + suffix, former + suffix)
  }
  return former
}

function freeName(folder: string, name: string): string {
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.sqlite`)
    if (!existsSync(path)) return path
  }
}

/** 4 MB at a time: other work waits a few milliseconds, and somebody who cancels is heard. */
const pagesAtOnce = 1000

/** An online copy as one self-contained file: without the write-ahead mode it needs no journal beside it. */
async function copyDatabase(db: Database.Database, to: string, watch?: Watch): Promise<void> {
  await db.backup(to, {
    progress({ totalPages, remainingPages }) {
      if (watch?.isCancelled()) throw new AppError('ERR_CANCELLED', {})
      watch?.report({ step: 'backup-copy', done: totalPages - remainingPages, total: totalPages })
      return pagesAtOnce
    },
  })
  const copy = new DatabaseFile(to)
  copy.pragma('journal_mode = DELETE')
  copy.close()
  chmodSync(to, 0o600)
}

/** Gives a finished file its name; on disk before the name says so. */
function moveInPlace(from: string, to: string): void {
  const file = openSync(from, 'r+')
  fsyncSync(file)
  closeSync(file)
  renameSync(from, to)
}
