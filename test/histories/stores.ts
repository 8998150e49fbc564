import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts'
import type { Store } from '../../src-main/ports/store/store.ts'

/** A new real file for each history, gone when it is closed. */
export async function fileStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-history-'))
  const store = await openSqliteStore({
    path: join(folder, 'backroom.sqlite'),
    clock: { now: () => 0 },
    backupFolder: join(folder, 'backups'),
  })
  return {
    ...store,
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
