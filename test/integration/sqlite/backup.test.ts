import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { restoreBackup } from '../../../src-main/adapters/sqlite/backup.ts'
import type { SqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { everything, openShop, placeOrder } from '../../contract/store/shop.ts'
import { makeAudit, testNow } from '../../fixtures/builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const clock = { now: () => testNow }
const backupFolder = folder.file('backups')
const open = (name: string) => openSqliteStore({ path: folder.file(name), clock, backupFolder })

async function openFilled(name: string): Promise<SqliteStore> {
  const store = await open(name)
  await openShop(async () => store)
  return store
}

const watch = { report: () => undefined, isCancelled: () => false }
let copies = 0

async function copyOf(store: SqliteStore): Promise<{ path: string }> {
  const path = folder.file(`copy-${++copies}.sqlite`)
  await store.copies.copyTo(path, watch)
  return { path }
}

const check = async (store: SqliteStore, path: string) => store.copies.check(path)

afterAll(() => folder.remove())

test('a copy that somebody cancels ends at once and leaves nothing that could be taken for one', async () => {
  const store = await openFilled('cancelled.sqlite')
  const path = folder.file('cancelled-copy.sqlite')
  const copying = store.copies.copyTo(path, { ...watch, isCancelled: () => true })
  await expect(copying).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
  await expect(check(store, path)).rejects.toMatchObject({ code: 'ERR_BACKUP_INVALID' })
  await store.close()
})

test('a copy is one whole file, made while the shop works, and says what it holds', async () => {
  const store = await openFilled('working.sqlite')
  for (let i = 0; i < 50; i++) await placeOrder(store)
  const making = copyOf(store)
  for (let i = 0; i < 20; i++) await placeOrder(store)
  const { path } = await making
  expect(statSync(path).size).toBeGreaterThan(0)
  const facts = await check(store, path)
  expect(facts.schemaVersion).toBe(store.schemaVersion)
  expect(facts.orders).toBeGreaterThanOrEqual(50)
  expect(facts.orders).toBeLessThanOrEqual(70)
  for (const beside of ['-wal', '-shm']) expect(existsSync(path + beside)).toBe(false)
  await store.close()
})

test.each<[string, (path: string) => void]>([
  ['missing', () => undefined],
  ['text', (path) => writeFileSync(path, 'no database '.repeat(999))],
  ['cut short', (path) => writeFileSync(path, readFileSync(folder.file('good.sqlite')).subarray(0, 50_000))],
  ['overwritten in the middle', (path) => writeFileSync(path, torn(readFileSync(folder.file('good.sqlite'))))],
  ['an empty database', (path) => new Database(path).exec('vacuum').close()],
])('a backup that is %s is refused', async (name, spoil) => {
  const store = await openFilled('good.sqlite')
  for (let i = 0; i < 20; i++) await placeOrder(store)
  await store.close()
  const path = folder.file(`spoilt-${name}.sqlite`)
  spoil(path)
  const again = await open('good.sqlite')
  await expect(check(again, path)).rejects.toMatchObject({ code: 'ERR_BACKUP_INVALID', details: { path } })
  await again.close()
})

function torn(bytes: Buffer): Buffer {
  return bytes.fill(0x5a, Math.floor(bytes.length / 3), Math.floor(bytes.length / 3) + 20_000)
}

test('a restored backup brings the shop back as it was, and keeps what it replaced', async () => {
  const store = await openFilled('shop.sqlite')
  await placeOrder(store)
  const backup = await copyOf(store)
  await placeOrder(store)
  await store.close()
  const target = folder.file('shop.sqlite')
  const restored = await restoreBackup({ backup: backup.path, target, clock })
  expect(restored).toMatchObject({ orders: 1, schemaVersion: store.schemaVersion })
  const after = await open('shop.sqlite')
  expect((await after.listOrders(everything)).total).toBe(1)
  await after.close()
  const former = await openSqliteStore({ path: restored.former!, clock, backupFolder })
  expect((await former.listOrders(everything)).total).toBe(2)
  await former.close()
})

test('who was erased since the backup was made is named, to be erased again', async () => {
  const store = await openFilled('erased.sqlite')
  await store.eraseUser('early', makeAudit(), { keepsOpenOrders: false })
  const backup = await copyOf(store)
  await store.eraseUser('user', makeAudit(), { keepsOpenOrders: false })
  await store.close()
  const restored = await restoreBackup({ backup: backup.path, target: folder.file('erased.sqlite'), clock })
  expect(restored.erasures).toEqual(['early', 'user'])
})

test('a spoilt backup is never put in the place of a shop', async () => {
  const store = await openFilled('kept.sqlite')
  await placeOrder(store)
  await store.close()
  const backup = folder.file('bad.sqlite')
  writeFileSync(backup, 'no database')
  const target = folder.file('kept.sqlite')
  await expect(restoreBackup({ backup, target, clock })).rejects.toMatchObject({ code: 'ERR_BACKUP_INVALID' })
  const after = await open('kept.sqlite')
  expect((await after.listOrders(everything)).total).toBe(1)
  await after.close()
})

test('a backup restores where nothing was', async () => {
  const store = await openFilled('source.sqlite')
  const backup = await copyOf(store)
  await store.close()
  const target = folder.file('new-place/shop.sqlite')
  expect((await restoreBackup({ backup: backup.path, target, clock })).former).toBeUndefined()
  const after = await openSqliteStore({ path: target, clock, backupFolder })
  expect(await after.findSettings()).toBeDefined()
  await after.close()
})

test('a backup of a newer program is refused as newer', async () => {
  const store = await openFilled('today.sqlite')
  const { path } = await copyOf(store)
  const db = new Database(path)
  db.prepare('insert into applied_migrations values (99, ?, ?, 0)').run('future', 'x')
  db.close()
  await expect(check(store, path)).rejects.toMatchObject({ code: 'ERR_STORE_NEWER' })
  await store.close()
})
