import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts'
import { testNow } from '../fixtures/builders.ts'
import { storeSuite } from './store-suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-store-'))
const opened: { close(): Promise<void> }[] = []

afterAll(async () => {
  for (const store of opened) await store.close()
  rmSync(folder, { recursive: true })
})

storeSuite('the store in a SQLite file', async () => {
  const path = join(folder, `shop-${opened.length}.sqlite`)
  const store = await openSqliteStore({
    path,
    clock: { now: () => testNow },
    backupFolder: join(folder, 'backups'),
  })
  opened.push(store)
  return store
})
