import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const headOfFile = 'SQLite format 3\0'
const pointerBytes = 4

/**
 * The pages of a database or of a write-ahead log one after the other, without the pointer that begins each page of a
 * long text: a word that a page's end cuts in two stands in one piece again. Undefined for any other file.
 */
export function joinedPages(bytes: Buffer): Buffer | undefined {
  if (bytes.length > 100 && bytes.toString('latin1', 0, 16) === headOfFile) {
    const size = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16)
    return joined(bytes, { from: 0, size, skipped: pointerBytes })
  }
  const isLog = bytes.length > 32 && (bytes.readUInt32BE(0) & 0xfffffffe) >>> 0 === 0x377f0682
  return isLog ? joined(bytes, { from: 32, size: bytes.readUInt32BE(8) + 24, skipped: 24 + pointerBytes }) : undefined
}

function joined(bytes: Buffer, { from, size, skipped }: { from: number; size: number; skipped: number }): Buffer {
  if (size < 512) return bytes
  const pages: Buffer[] = []
  for (let at = from; at < bytes.length; at += size) pages.push(bytes.subarray(at + skipped, at + size))
  return Buffer.concat(pages)
}

/** Every value of every table as SQLite itself reads it, the write-ahead log included; works on a copy. */
export function* valuesInDatabase(path: string): Generator<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-read-'))
  try {
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(path, copy)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
    const database = new Database(copy)
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[] // names are texts
    for (const table of tables) yield* valuesInTable(database, table)
    database.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function* valuesInTable(database: Database.Database, table: string): Generator<Buffer> {
  const texts: string[] = []
  const rows = database
    .prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`)
    .raw()
    .iterate() as Iterable<unknown[]> // raw rows are lists
  for (const value of [...rows].flat()) {
    if (Buffer.isBuffer(value)) yield value
    else if (value !== null) texts.push(String(value))
  }
  yield Buffer.from(texts.join('\n'))
}
