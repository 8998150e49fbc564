import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { everything } from '../../contract/store/shop.ts'
import { testNow } from '../../fixtures/builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const program = new URL('./crash-child.ts', import.meta.url).pathname
const perBatch = 10

afterAll(() => folder.remove())

/** Lets a process import orders and kills it some time after it has reported so many batches. Answers the last report. */
async function importAndKill(path: string, options: { batches: number; thenMs: number }): Promise<number> {
  const child = spawn(process.execPath, [program, path, folder.file('backups'), String(perBatch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let last = 0
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (said: Buffer) => {
      last = Number(said.toString().trim().split('\n').at(-1))
      if (last >= options.batches) resolve()
    })
  })
  await new Promise((resolve) => setTimeout(resolve, options.thenMs))
  child.kill('SIGKILL')
  await once(child, 'exit')
  return last
}

test.each([
  [3, 0],
  [5, 3],
  [8, 7],
  [12, 11],
])(
  'killed after batch %i and %i ms, the file holds whole batches and all that were promised',
  async (batches, thenMs) => {
    const path = folder.file(`killed-${batches}.sqlite`)
    const reported = await importAndKill(path, { batches, thenMs })
    const store = await openSqliteStore({ path, clock: { now: () => testNow }, backupFolder: folder.file('backups') })
    const cursor = Number((await store.loadConnections())[0]?.orderCursor)
    expect(cursor).toBeGreaterThanOrEqual(reported)
    expect((await store.listOrders(everything)).total).toBe(cursor * perBatch)
    expect((await store.listOrders({ ...everything, tokens: ['a', 'b'] })).total).toBe(cursor * perBatch)
    expect((await store.listOrders({ ...everything, search: 'breakfast' })).total).toBe(cursor * perBatch)
    expect((await store.outboxState()).waiting).toBe(cursor * perBatch)
    expect((await store.findOrder(`${cursor}-${perBatch - 1}`))?.events).toHaveLength(1)
    expect(await store.findOrder(`${cursor + 1}-0`)).toBeUndefined()
    expect(await store.loadStockLevels(['TEA'])).toMatchObject([{ onHand: 10, reserved: 0 }])
    await store.close()
    const db = new Database(path, { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  },
)
