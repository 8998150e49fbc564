import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { storeError } from './sql.ts'

/** Milliseconds a statement waits for another process before it gives up: longer than any backup step. */
const busyMs = 5_000

export interface DatabaseOptions {
  readonly isReadonly?: boolean
  /** Called with each statement before it runs, values filled in: for tests that look at query plans. */
  readonly trace?: ((statement: string) => void) | undefined
}

/**
 * Opens a database file, made when it is missing (readable by its owner only), with the settings we rely on.
 * Throws ERR_STORE_DAMAGED for a file that is no database, ERR_DISK where it cannot be opened.
 */
export function openDatabase(path: string, options: DatabaseOptions = {}): Database.Database {
  const { isReadonly = false, trace } = options
  const isNew = !existsSync(path)
  if (isNew && !isReadonly) mkdirSync(dirname(path), { recursive: true })
  let db: Database.Database | undefined
  try {
    db = new Database(path, {
      readonly: isReadonly,
      timeout: busyMs,
      ...(trace && { verbose: (statement: unknown) => trace(String(statement)) }),
    })
    if (isNew) chmodSync(path, 0o600)
    db.pragma('foreign_keys = ON')
    // Not FAST: that leaves deleted ciphertext on free pages, which a purge must not.
    db.pragma('secure_delete = ON')
    if (!isReadonly) {
      db.pragma('journal_mode = WAL')
      db.pragma('synchronous = FULL')
    }
    db.prepare('select count(*) from sqlite_schema').get()
    return db
  } catch (error) {
    db?.close()
    throw storeError(error, path)
  }
}
