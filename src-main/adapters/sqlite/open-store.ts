import type Database from 'better-sqlite3'
import type { Clock } from '../../kernel/time.ts'
import type { DatabaseCopies } from '../../ports/backups.ts'
import type { Store } from '../../ports/store/store.ts'
import { createBackup, putBack, sqliteCopies } from './backup.ts'
import { catalogueStore } from './catalogue-store.ts'
import { courierStore } from './courier-store.ts'
import { dispatchStore } from './dispatch-store.ts'
import { importStore } from './import-store.ts'
import { counterStore, invoiceStore } from './invoice-store.ts'
import { applyMigrations, migrationsFolder, pendingMigrations, readMigrations, schemaVersion } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { orderStore } from './order-store.ts'
import { printStore } from './print-store.ts'
import { reportStore } from './report-store.ts'
import { removeEverything } from './remove-everything.ts'
import { peopleStore } from './people-store.ts'
import { fold, hasWords } from './search-words.ts'
import { Sql, storeError } from './sql.ts'
import { waveStore } from './wave-store.ts'

export interface SqliteStoreOptions {
  /** The database file; made, with its folder, when it is missing. */
  readonly path: string
  readonly clock: Clock
  /** Where copies go, also the one made before a migration. */
  readonly backupFolder: string
  /** Scopes every row; one file may one day hold several shops. */
  readonly shopId?: string | undefined
  /** Where the migrations lie when they are not beside this file, as in a bundle. */
  readonly migrationsFolder?: string | undefined
  /** Called with each statement before it runs: for tests that look at query plans. */
  readonly trace?: ((statement: string) => void) | undefined
}

export interface SqliteStore extends Store {
  readonly copies: DatabaseCopies
  /** The number of the last migration the file has. */
  readonly schemaVersion: number
}

/**
 * Opens the shop's database and brings it up to date, with a copy of it first when it holds anything; when that fails
 * half way the copy takes its place again, so that the program of before still opens it.
 * Throws ERR_STORE_NEWER { path, version, known } for a file of a newer program, ERR_STORE_DAMAGED { path, what } for
 * one that is no database, not ours, or whose migrations are not ours, ERR_DISK where it cannot be opened.
 * Only one process may write: take the lock first (lock.ts).
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { path, clock, backupFolder, shopId = 'shop', trace } = options
  const known = readMigrations(options.migrationsFolder ?? migrationsFolder)
  const db = openDatabase(path, { trace })
  const backup = { db, folder: backupFolder, clock, known }
  let former: string | undefined
  try {
    const pending = pendingMigrations(db, known)
    if (pending.length > 0 && schemaVersion(db) > 0) {
      former = (await createBackup(backup, `before-${String(pending[0]?.number).padStart(4, '0')}`)).path
    }
    applyMigrations(db, pending, clock)
    teachWords(db)
  } catch (error) {
    db.close()
    // A new version that cannot carry the shop over leaves it to the former one, as that knew it.
    if (former !== undefined) putBack(former, path)
    throw storeError(error, path)
  }
  const sql = new Sql(db, shopId)
  return {
    ...subjects(sql),
    copies: sqliteCopies(backup),
    schemaVersion: known.length,
    removeEverything: () => removeEverything(sql),
    close: async () => sql.close(),
  }
}

const subjects = (sql: Sql): Omit<Store, 'close' | 'removeEverything'> => ({
  ...catalogueStore(sql),
  ...orderStore(sql),
  ...waveStore(sql),
  ...dispatchStore(sql),
  ...courierStore(sql),
  ...peopleStore(sql),
  ...invoiceStore(sql),
  ...counterStore(sql),
  ...importStore(sql),
  ...printStore(sql),
  ...reportStore(sql),
})

/** How people compare and search texts, for lists that are too short to keep an index for it. */
function teachWords(db: Database.Database): void {
  db.function('fold', { deterministic: true }, (text) => fold(String(text)))
  db.function('has_words', { deterministic: true }, (search, text) => Number(hasWords(String(search), String(text))))
}
