import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import process from 'node:process'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { applyMigrations, migrationsFolder, readMigrations } from '../../../src-main/adapters/sqlite/migrate.ts'
import { openDatabase } from '../../../src-main/adapters/sqlite/open-database.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { schemaOf } from '../../../src-main/adapters/sqlite/schema.ts'
import { makeAudit, makeProduct, makeSettings, testNow } from '../../fixtures/builders.ts'
import { openShop, placeOrder } from '../../contract/store/shop.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const clock = { now: () => testNow }
const open = (name: string) => openSqliteStore({ path: folder.file(name), clock, backupFolder: folder.file('backups') })

afterAll(() => folder.remove())

test('what was saved is there when the file is opened again', async () => {
  const first = await open('again.sqlite')
  await first.saveSettings(makeSettings(), makeAudit())
  await first.saveProducts([makeProduct({ sku: 'JAM' })], [], makeAudit())
  expect(await first.nextOrderNumber('326')).toBe(1)
  await first.close()
  const second = await open('again.sqlite')
  expect(await second.findSettings()).toEqual(makeSettings())
  expect((await second.findProduct('JAM'))?.product.sku).toBe('JAM')
  expect(await second.nextOrderNumber('326')).toBe(2)
  expect(second.schemaVersion).toBe(readMigrations(migrationsFolder).length)
  await second.close()
})

test('the file is written ahead and flushed, keeps its references, and overwrites what is deleted', () => {
  const db = openDatabase(folder.file('pragmas.sqlite'))
  const pragma = (name: string): unknown => db.pragma(name, { simple: true })
  expect(pragma('journal_mode')).toBe('wal')
  expect(pragma('synchronous')).toBe(2)
  expect(pragma('foreign_keys')).toBe(1)
  expect(pragma('secure_delete')).toBe(1)
  expect(pragma('busy_timeout')).toBeGreaterThan(0)
  db.close()
})

test.skipIf(process.platform === 'win32')('the file is for its owner alone', async () => {
  await (await open('private.sqlite')).close()
  expect(statSync(folder.file('private.sqlite')).mode & 0o077).toBe(0)
})

test('a database of a newer program is refused with both versions', async () => {
  await (await open('newer.sqlite')).close()
  const known = readMigrations(migrationsFolder).length
  const db = new Database(folder.file('newer.sqlite'))
  db.prepare('insert into applied_migrations values (?, ?, ?, ?)').run(known + 1, 'future', 'x', testNow)
  db.close()
  await expect(open('newer.sqlite')).rejects.toMatchObject({
    code: 'ERR_STORE_NEWER',
    details: { version: known + 1, known, path: folder.file('newer.sqlite') },
  })
})

test('a file that is no database is refused as damaged', async () => {
  writeFileSync(folder.file('text.sqlite'), 'Dear diary, '.repeat(1_000))
  await expect(open('text.sqlite')).rejects.toMatchObject({
    code: 'ERR_STORE_DAMAGED',
    details: { sqlite: 'SQLITE_NOTADB', path: folder.file('text.sqlite') },
  })
})

test("another program's database is refused and left as it is", async () => {
  const db = new Database(folder.file('foreign.sqlite'))
  db.exec('create table recipes (name text)')
  db.close()
  await expect(open('foreign.sqlite')).rejects.toMatchObject({
    code: 'ERR_STORE_DAMAGED',
    details: { what: 'not-a-backroom-database' },
  })
  const after = new Database(folder.file('foreign.sqlite'), { readonly: true })
  expect(after.prepare('select name from sqlite_schema').pluck().all()).toEqual(['recipes'])
  after.close()
})

test('damage in the middle of the file is named when it is met', async () => {
  const store = await openShop(() => open('torn.sqlite'))
  for (let i = 0; i < 200; i++) await placeOrder(store)
  await store.close()
  const path = folder.file('torn.sqlite')
  const db = new Database(path, { readonly: true })
  const pages = db.prepare<[], number>("select pageno from dbstat where name = 'orders' and pagetype = 'leaf'").pluck()
  const places = pages.all().map((page) => (page - 1) * 4096)
  db.close()
  const file = openSync(path, 'r+')
  for (const at of places) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, at)
  closeSync(file)
  const damaged = await open('torn.sqlite')
  await expect(damaged.listOrders({ offset: 0, limit: 200 })).rejects.toMatchObject({ code: 'ERR_STORE_DAMAGED' })
  await damaged.close()
})

test('a path that cannot be opened is a matter of the disk', async () => {
  writeFileSync(folder.file('file'), '')
  await expect(openSqliteStore({ path: folder.path, clock, backupFolder: folder.path })).rejects.toMatchObject({
    code: 'ERR_DISK',
  })
})

test('schema.sql is what the migrations make together', () => {
  const db = new Database(':memory:')
  applyMigrations(db, readMigrations(migrationsFolder), clock)
  const written = readFileSync(new URL('../../../src-main/adapters/sqlite/schema.sql', import.meta.url), 'utf8')
  // After a change: npx -c 'node src-main/adapters/sqlite/generate-schema.ts'
  expect(written.replaceAll('\r\n', '\n').split('\n').slice(2).join('\n')).toBe(schemaOf(db))
  db.close()
})

test('every table is strict and knows its shop', () => {
  const db = new Database(':memory:')
  applyMigrations(db, readMigrations(migrationsFolder), clock)
  const tables = db
    .prepare<[], { name: string; strict: number; type: string }>('select name, strict, type from pragma_table_list')
    .all()
    .filter(({ name, type }) => type === 'table' && !/^sqlite_|_words_|^applied_migrations$/.test(name))
  expect(tables.length).toBeGreaterThan(25)
  for (const { name, strict } of tables) {
    expect([name, strict]).toEqual([name, 1])
    const columns = db.prepare('select name from pragma_table_info(?)').pluck().all(name)
    expect(columns).toContain('shop_id')
  }
  db.close()
})

test('two shops in one file do not see each other', async () => {
  const options = { path: folder.file('two.sqlite'), clock, backupFolder: folder.file('backups') }
  const here = await openSqliteStore({ ...options, shopId: 'here' })
  const there = await openSqliteStore({ ...options, shopId: 'there' })
  await openShop(async () => here)
  await placeOrder(here, { code: '326-01' })
  expect(await there.findOrder('326-01')).toBeUndefined()
  expect((await there.listOrders({ offset: 0, limit: 10, search: '326' })).total).toBe(0)
  expect(await there.findSettings()).toBeUndefined()
  expect(await there.loadStockLevels()).toEqual([])
  await here.close()
  await there.close()
})
