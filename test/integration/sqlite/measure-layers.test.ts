import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { migrationsFolder } from '../../../src-main/adapters/sqlite/migrate.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { makeHandling, testNow } from '../../fixtures/builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const clock = { now: () => testNow }

/** A shop's file as the version before made it. */
async function openYesterday(): Promise<string> {
  const migrations = folder.file('migrations')
  cpSync(migrationsFolder, migrations, { recursive: true })
  for (const file of readdirSync(migrations)) if (file > '0007') rmSync(join(migrations, file))
  mkdirSync(folder.file('shop'))
  const path = folder.file('shop/shop.sqlite')
  const store = await openSqliteStore({ path, clock, backupFolder: folder.file('b'), migrationsFolder: migrations })
  await store.close()
  return path
}

interface Row {
  readonly sku: string
  readonly from: string
  readonly size?: readonly number[]
  readonly volume?: number
  readonly weight?: number
  readonly handling?: object
}

function insert(db: Database.Database, row: Row): void {
  db.prepare(
    `insert into products (shop_id, sku, name, name_folded, description, category, category_folded, price_minor,
       currency, tax_rate, length_mm, width_mm, height_mm, volume_cm3, weight_g, measures_from, handling_json, is_active)
     values ('shop', ?, 'Tea', 'tea', '', 'Tea', 'tea', 100, 'EUR', 7, ?, ?, ?, ?, ?, ?, ?, 1)`,
  ).run(
    row.sku,
    ...(row.size ?? [null, null, null]),
    row.volume ?? null,
    row.weight ?? null,
    row.from,
    JSON.stringify(row.handling ?? makeHandling()),
  )
}

const fragile = makeHandling({ fragile: true, maxLoadG: 0, foldedMm: [[1, 2, 3]] })
const before = {
  ...{ sku: 'A', name: 'Tea', description: '', category: 'Tea', priceMinor: 90, currency: 'EUR', taxRate: 7 },
  ...{ sizeMm: [10, 20, 30], weightG: 4, measuresFrom: 'staff', handling: makeHandling(), active: true },
}

test('yesterday’s products have one layer each, of the origin they had, and the storefronts are asked again', async () => {
  const path = await openYesterday()
  const db = new Database(path)
  insert(db, { sku: 'A', from: 'staff', size: [160, 90, 70], weight: 320 })
  insert(db, { sku: 'B', from: 'storefront', volume: 900, weight: 300, handling: fragile })
  insert(db, { sku: 'C', from: 'storefront' })
  insert(db, { sku: 'D', from: 'estimated', weight: 1 })
  db.exec(`insert into connections (shop_id, id, platform, url, product_cursor) values ('shop', 'c', 'p', 'u', '7');
    insert into imports values (1, 'shop', 'i', 'catalogue', 1, 'a', 1, 0, 1, 0, 0, null, 0);`)
  db.prepare(`insert into import_changes values ('shop', 'i', 0, 'A', ?, 'hash', '[]', '[]')`).run(
    JSON.stringify(before),
  )
  db.close()

  const store = await openSqliteStore({ path, clock, backupFolder: folder.file('b') })
  const products = await store.loadProducts(['A', 'B', 'C', 'D'])
  expect(products.map(({ layers }) => layers)).toEqual([
    { staff: { space: { sizeMm: [160, 90, 70] }, weightG: 320 } },
    { storefront: { space: { volumeCm3: 900 }, weightG: 300, handling: fragile } },
    {},
    { estimated: { weightG: 1 } },
  ])
  expect(products[1]).toMatchObject({ volumeCm3: 900, weightG: 300, handling: fragile })
  const { changes } = await store.loadImport('i')
  expect(changes[0]?.before).toEqual({
    ...{ sku: 'A', name: 'Tea', description: '', category: 'Tea', priceMinor: 90, currency: 'EUR', taxRate: 7 },
    ...{ sizeMm: [10, 20, 30], weightG: 4, handling: makeHandling(), active: true },
    layers: { staff: { space: { sizeMm: [10, 20, 30] }, weightG: 4, handling: makeHandling() } },
  })
  expect((await store.loadWorklist({})).changed.map(({ sku }) => sku)).toEqual(['A', 'B', 'C', 'D'])
  await store.close()
  const raw = new Database(path, { readonly: true })
  expect(raw.prepare('select product_cursor from connections').pluck().get()).toBeNull()
  raw.close()
})
