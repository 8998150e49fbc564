import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { migrationsFolder, readMigrations } from '../../../src-main/adapters/sqlite/migrate.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { makeAudit, makeProduct, testNow } from '../../fixtures/builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const clock = { now: () => testNow }
const next = readMigrations(migrationsFolder).length + 1
const fileName = (number: number, name: string): string => `${String(number).padStart(4, '0')}-${name}.sql`

afterAll(() => folder.remove())

/** A shop's file as it is today, and a folder of migrations to which a test adds tomorrow's. */
function makeCase(name: string) {
  const home = folder.file(name)
  const migrations = join(home, 'migrations')
  mkdirSync(home)
  cpSync(migrationsFolder, migrations, { recursive: true })
  const path = join(home, 'shop.sqlite')
  const backups = join(home, 'backups')
  return {
    path,
    migrations,
    add: (number: number, sql: string) => writeFileSync(join(migrations, fileName(number, 'tomorrow')), sql),
    open: () => openSqliteStore({ path, clock, backupFolder: backups, migrationsFolder: migrations }),
    backups: () => readdirSync(backups),
    backup: (file: string) => join(backups, file),
  }
}

async function withJam(shop: ReturnType<typeof makeCase>): Promise<void> {
  const store = await shop.open()
  await store.saveProducts([makeProduct({ sku: 'JAM', priceMinor: 250 })], [], makeAudit())
  await store.close()
}

test('a new migration runs once, over the rows that are there, after a copy was made', async () => {
  const shop = makeCase('rows')
  await withJam(shop)
  shop.add(next, 'update products set price_minor = price_minor * 2;')
  for (let times = 0; times < 2; times++) {
    const store = await shop.open()
    expect(store.schemaVersion).toBe(next)
    expect((await store.findProduct('JAM'))?.product.priceMinor).toBe(500)
    await store.close()
  }
  const [copy, ...more] = shop.backups()
  expect(more).toEqual([])
  expect(copy).toMatch(new RegExp(`^before-${String(next).padStart(4, '0')}-.*\\.sqlite$`))
  const db = new Database(shop.backup(copy!), { readonly: true })
  expect(db.prepare('select price_minor from products').pluck().get()).toBe(250)
  db.close()
})

test('a new file needs no copy', async () => {
  const shop = makeCase('new')
  shop.add(next, 'create table notes (shop_id text, note text) strict;')
  await (await shop.open()).close()
  expect(() => shop.backups()).toThrow(/ENOENT/)
})

test('a migration that fails half way leaves the file as it was, without those that came before it', async () => {
  const shop = makeCase('failing')
  await withJam(shop)
  shop.add(next, 'update products set price_minor = 1;')
  shop.add(next + 1, 'update products set price_minor = 2; create table products (id text);')
  await expect(shop.open()).rejects.toMatchObject({ code: 'ERR_INTERNAL' })
  const db = new Database(shop.path, { readonly: true })
  expect(db.prepare('select price_minor from products').pluck().get()).toBe(250)
  expect(db.prepare('select count(*) from applied_migrations').pluck().get()).toBe(next - 1)
  db.close()
  shop.add(next + 1, 'update products set price_minor = 3;')
  const store = await shop.open()
  expect((await store.findProduct('JAM'))?.product.priceMinor).toBe(3)
  await store.close()
})

test('a migration may rebuild a table others refer to, but not leave a reference broken', async () => {
  const shop = makeCase('references')
  await withJam(shop)
  shop.add(next, `insert into order_lines values ('shop', 'nobody', 0, 'l', 'e', 'JAM', null, 'Jam', 1, 0, 1, 7);`)
  await expect(shop.open()).rejects.toMatchObject({ code: 'ERR_STORE_DAMAGED', details: { what: 'foreign-keys' } })
})

test('a migration that was changed after it ran is refused by name', async () => {
  const shop = makeCase('changed')
  shop.add(next, 'create table notes (shop_id text, note text) strict;')
  await (await shop.open()).close()
  shop.add(next, 'create table notes (shop_id text, note text, at integer) strict;')
  await expect(shop.open()).rejects.toMatchObject({
    code: 'ERR_STORE_DAMAGED',
    details: { what: 'migration-differs', migration: 'tomorrow' },
  })
})

test('line ends make no difference to a migration', async () => {
  const shop = makeCase('line-ends')
  await withJam(shop)
  for (const file of readdirSync(shop.migrations)) {
    const path = join(shop.migrations, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'))
  }
  const store = await shop.open()
  expect((await store.findProduct('JAM'))?.product.sku).toBe('JAM')
  await store.close()
})

test('numbers of migrations have no gap and no double', () => {
  const gap = makeCase('gap')
  gap.add(next + 1, 'select 1;')
  expect(() => readMigrations(gap.migrations)).toThrow(expect.objectContaining({ code: 'ERR_INTERNAL' }))
  const twice = makeCase('twice')
  writeFileSync(join(twice.migrations, fileName(1, 'other')), 'select 1;')
  expect(() => readMigrations(twice.migrations)).toThrow(expect.objectContaining({ code: 'ERR_INTERNAL' }))
})
