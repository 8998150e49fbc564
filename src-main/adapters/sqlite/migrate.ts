import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import type { Clock } from '../../kernel/time.ts'
import { AppError } from '../../kernel/errors.ts'

export interface Migration {
  /** From 1, without gaps. */
  readonly number: number
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text with `\n` as line end, hex. */
  readonly checksum: string
}

interface AppliedMigration {
  readonly number: number
  readonly name: string
  readonly checksum: string
}

export const migrationsFolder = fileURLToPath(new URL('./migrations/', import.meta.url))

/** Marks the file as ours (`BKRM`), so that a foreign database is not taken for a new one. */
export const applicationId = 0x424b524d

/** All `NNNN-name.sql` of a folder in order. Throws ERR_INTERNAL when a number is missing or doubled. */
export function readMigrations(folder: string): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  return files.map((file, index) => {
    const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? []
    if (name === undefined || Number(digits) !== index + 1) {
      throw new AppError('ERR_INTERNAL', { what: 'migration-numbers', file })
    }
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    return { number: index + 1, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** The number of the last migration a database has; 0 = new and empty. Throws ERR_STORE_DAMAGED for foreign files. */
export function schemaVersion(db: Database.Database): number {
  return appliedMigrations(db).length
}

/**
 * What a database still lacks. The migrations it has must be a prefix of the known ones: more of them
 * throw ERR_STORE_NEWER, others than ours ERR_STORE_DAMAGED.
 */
export function pendingMigrations(db: Database.Database, known: readonly Migration[]): readonly Migration[] {
  const applied = appliedMigrations(db)
  if (applied.length > known.length) {
    throw new AppError('ERR_STORE_NEWER', { path: db.name, version: applied.length, known: known.length })
  }
  applied.forEach((one, index) => {
    const ours = known[index]
    if (ours?.number !== one.number || ours.name !== one.name || ours.checksum !== one.checksum) {
      throw new AppError('ERR_STORE_DAMAGED', { path: db.name, what: 'migration-differs', migration: one.name })
    }
  })
  return known.slice(applied.length)
}

/** Applies each migration in a transaction of its own; one that fails leaves the ones before it. */
export function applyMigrations(db: Database.Database, pending: readonly Migration[], clock: Clock): void {
  if (pending.length === 0) return
  // A migration may rebuild a table that others refer to; references are checked before its commit instead.
  db.pragma('foreign_keys = OFF')
  for (const migration of pending) db.transaction(() => applyOne(db, migration, clock)).immediate()
  db.pragma('foreign_keys = ON')
}

function applyOne(db: Database.Database, migration: Migration, clock: Clock): void {
  if (migration.number === 1) {
    db.pragma(`application_id = ${applicationId}`)
    db.exec(`create table applied_migrations (
  number integer primary key,
  name text not null,
  checksum text not null,
  applied_at integer not null
) strict`)
  }
  db.exec(migration.sql)
  const broken = db.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) {
    throw new AppError('ERR_STORE_DAMAGED', { path: db.name, what: 'foreign-keys', migration: migration.name })
  }
  db.prepare('insert into applied_migrations (number, name, checksum, applied_at) values (?, ?, ?, ?)').run(
    migration.number,
    migration.name,
    migration.checksum,
    clock.now(),
  )
}

function appliedMigrations(db: Database.Database): readonly AppliedMigration[] {
  const tables = Number(db.prepare('select count(*) from sqlite_schema').pluck().get())
  if (tables === 0) return []
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new AppError('ERR_STORE_DAMAGED', { path: db.name, what: 'not-a-backroom-database' })
  }
  return db.prepare<[], AppliedMigration>('select number, name, checksum from applied_migrations order by number').all()
}
