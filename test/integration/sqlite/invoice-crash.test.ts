import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { afterAll, expect, test } from 'vitest'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { everything } from '../../contract/store/shop.ts'
import { testNow } from '../../fixtures/builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const program = new URL('./invoice-crash-child.ts', import.meta.url).pathname
const path = folder.file('invoices.sqlite')

afterAll(() => folder.remove())

/** Lets a process issue invoices and kills it some time after so many; answers the last number it promised. */
async function issueAndKill(from: number, options: { count: number; thenMs: number }): Promise<number> {
  const child = spawn(process.execPath, [program, path, folder.file('backups'), String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = 0
  let last = 0
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = chunk.toString().trim().split('\n')
      said += lines.length
      last = Number(lines.at(-1))
      if (said >= options.count) resolve()
    })
  })
  await new Promise((resolve) => setTimeout(resolve, options.thenMs))
  child.kill('SIGKILL')
  await once(child, 'exit')
  return last
}

test('killed again and again, the numbers have no gap and no double, and every promised invoice is there', async () => {
  let next = 0
  for (const [count, thenMs] of [
    [5, 0],
    [9, 1],
    [3, 2],
    [12, 3],
    [7, 5],
    [4, 8],
  ] as const) {
    const promised = await issueAndKill(next, { count, thenMs })
    const store = await openSqliteStore({ path, clock: { now: () => testNow }, backupFolder: folder.file('backups') })
    const { rows, total } = await store.listInvoices({ ...everything, limit: 100_000, descending: false })
    expect(total).toBeGreaterThanOrEqual(promised)
    expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1))
    expect(new Set(rows.map((row) => row.orderId)).size).toBe(total)
    expect(await store.checkInvoiceNumbers()).toEqual([
      { series: '2026', last: total, count: total, missing: [], beyond: [] },
    ])
    for (const row of rows.slice(-3)) expect((await store.findInvoice(row.id))?.body).toBeDefined()
    await store.close()
    next = total
  }
})
