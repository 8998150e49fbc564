import Database from 'better-sqlite3'
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { AppError } from '../../src-main/kernel/errors.ts'

export type Db = Database.Database

interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/**
 * Opens the storefront's own file: WAL with full synchronisation, so that an order that was
 * answered survives a power cut, and forward-only migrations, each in a transaction of its own.
 * Throws `ERR_STORE_NEWER` for a file of a later version, `ERR_STORE_DAMAGED` for a changed history.
 */
export function openDatabase(file: string, nowMs: number): Db {
  const db = compiledOnce(new Database(file))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  // Not FAST: that leaves deleted keys and ciphertexts on free pages.
  db.pragma('secure_delete = ON')
  try {
    migrate(db, nowMs)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/**
 * Keeps every statement compiled: compiling one again for each request costs more than running it. Statements run to
 * their end in one call here (no iterate, no pluck or raw), so sharing them is safe.
 */
function compiledOnce(db: Db): Db {
  const compiled = new Map<string, Database.Statement>()
  const prepare = db.prepare.bind(db)
  const remembering = (source: string): Database.Statement => {
    const known = compiled.get(source)
    if (known !== undefined) return known
    const statement = prepare(source)
    compiled.set(source, statement)
    return statement
  }
  // The generics of `prepare` only name the rows; the statement is the same.
  db.prepare = remembering as Db['prepare']
  return db
}

function migrate(db: Db, nowMs: number): void {
  db.exec(`CREATE TABLE IF NOT EXISTS migration (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT`)
  const migrations = readMigrations()
  const applied = db.prepare<[], { version: number; checksum: string }>('SELECT version, checksum FROM migration').all()
  for (const { version, checksum } of applied) {
    const known = migrations.find((migration) => migration.version === version)
    if (known === undefined) throw new AppError('ERR_STORE_NEWER', { version, newestKnown: migrations.length })
    if (known.checksum !== checksum) throw new AppError('ERR_STORE_DAMAGED', { migration: known.name })
  }
  const isApplied = new Set(applied.map(({ version }) => version))
  for (const migration of migrations) {
    if (!isApplied.has(migration.version)) apply(db, migration, nowMs)
  }
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING').run('feed', randomUUID().slice(0, 8))
}

function apply(db: Db, migration: Migration, nowMs: number): void {
  db.transaction(() => {
    db.exec(migration.sql)
    db.prepare('INSERT INTO migration VALUES (?, ?, ?, ?)').run(
      migration.version,
      migration.name,
      migration.checksum,
      nowMs,
    )
  }).exclusive()
}

function readMigrations(): readonly Migration[] {
  const folder = new URL('migrations/', import.meta.url)
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const version = Number(name.slice(0, 4))
    if (version !== index + 1) throw new AppError('ERR_INTERNAL', { migration: name, expected: index + 1 })
    const sql = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n')
    return { version, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** The next number of a feed or counter; call it inside the transaction that uses it. */
export function nextInSequence(db: Db, name: 'product' | 'order' | 'erasure' | 'order-number'): number {
  const row = db
    .prepare<[string], { value: number }>('UPDATE sequence SET value = value + 1 WHERE name = ? RETURNING value')
    .get(name)
  if (row === undefined) throw new AppError('ERR_STORE_DAMAGED', { sequence: name })
  return row.value
}

export function readMeta(db: Db, key: string): string | undefined {
  return db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value
}

export function writeMeta(db: Db, key: string, value: string): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value)
}
