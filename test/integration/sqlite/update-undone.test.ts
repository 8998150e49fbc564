import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { migrationsFolder, readMigrations } from '../../../src-main/adapters/sqlite/migrate.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { makeAudit, makeProduct, testNow } from '../../fixtures/builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const clock = { now: () => testNow }
afterAll(() => folder.remove())

test('an update that cannot carry the shop over leaves it as the former program knew it', async () => {
  const home = folder.file('update')
  const migrations = join(home, 'migrations')
  mkdirSync(home)
  cpSync(migrationsFolder, migrations, { recursive: true })
  const next = readMigrations(migrations).length + 1
  const file = (number: number, sql: string): void =>
    writeFileSync(join(migrations, `${String(number).padStart(4, '0')}-tomorrow.sql`), sql)
  const path = join(home, 'shop.sqlite')
  const open = (known = migrations) =>
    openSqliteStore({ path, clock, backupFolder: join(home, 'backups'), migrationsFolder: known })
  const before = await open()
  await before.saveProducts([makeProduct({ sku: 'JAM', priceMinor: 250 })], [], makeAudit())
  await before.close()

  file(next, 'update products set price_minor = 999;')
  file(next + 1, 'insert into no_such_table values (1);')
  await expect(open()).rejects.toMatchObject({ code: 'ERR_INTERNAL' })

  expect(existsSync(`${path}.incoming`)).toBe(false)
  const former = await open(migrationsFolder)
  expect(former.schemaVersion).toBe(next - 1)
  expect((await former.findProduct('JAM'))?.product.priceMinor).toBe(250)
  await former.close()

  // The version after that, mended, carries it over.
  rmSync(join(migrations, `${String(next + 1).padStart(4, '0')}-tomorrow.sql`))
  const mended = await open()
  expect((await mended.findProduct('JAM'))?.product.priceMinor).toBe(999)
  await mended.close()
})
