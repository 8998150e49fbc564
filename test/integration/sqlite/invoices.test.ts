import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { checkInvoices } from '../../../src-main/application/keep-invoices.ts'
import { issueInvoice } from '../../../src-main/application/issue-invoice.ts'
import { seededRandom } from '../../../src-main/kernel/random.ts'
import { makeAudit, testNow } from '../../fixtures/builders.ts'
import { makeInvoiceDraft } from '../../fixtures/invoice-builders.ts'
import { openCounterShop, place, removeCounterShops } from '../../unit/application/counter-shop.ts'
import { packed } from '../../unit/application/line-of-work.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const random = seededRandom(20_261_122)
const clock = { now: () => testNow }

afterAll(() => {
  folder.remove()
  removeCounterShops()
})

const secret = (length: number): string => {
  let text = ''
  while (text.length < length) text += random.next().toString(16).padStart(8, '0')
  return text
}

test('of an invoice whose time is over neither buyer nor lines are anywhere in the file', async () => {
  const path = folder.file('ended.sqlite')
  const store = await openSqliteStore({ path, clock, backupFolder: folder.file('backups') })
  const made: { ciphertext: string; keeps: boolean }[] = []
  for (let at = 0; at < 200; at++) {
    const keeps = at % 3 === 0
    const personal = { wrappedKey: secret(80), ciphertext: secret(300 + random.below(4000)) }
    const draft = makeInvoiceDraft({ keepUntil: testNow + (keeps ? 1 : 0) })
    await store.issueInvoice({ ...draft, body: { ...draft.body, personal } }, makeAudit())
    made.push({ ciphertext: personal.ciphertext, keeps })
  }
  expect(await store.endInvoices(testNow, makeAudit())).toBe(made.filter((one) => !one.keeps).length)
  const bytes = ['', '-wal', '-shm']
    .filter((suffix) => existsSync(path + suffix))
    .map((suffix) => readFileSync(path + suffix, 'latin1'))
    .join('\n')
  for (const { ciphertext } of made.filter((one) => !one.keeps))
    for (const at of [0, ciphertext.length >> 1, ciphertext.length - 24])
      expect(bytes.includes(ciphertext.slice(at, at + 24))).toBe(false)
  for (const row of (await store.listInvoices({ offset: 0, limit: 500 })).rows)
    expect((await store.findInvoice(row.id))?.body !== undefined).toBe(row.isWhole)
  expect(await store.checkInvoiceNumbers()).toMatchObject([{ last: 200, count: 200, missing: [], beyond: [] }])
  await store.close()
})

test('what somebody changes or takes out of the file by hand is found by the check', async () => {
  const path = folder.file('forged.sqlite')
  const shop = await openCounterShop(() => openSqliteStore({ path, clock, backupFolder: folder.file('backups') }))
  const numbers: string[] = []
  for (let at = 0; at < 4; at++) {
    const { code } = await place(shop, { lines: [{ code: 'TEA', quantity: 1 }], customer: { name: `Buyer ${at}` } })
    await packed(shop)
    numbers.push((await issueInvoice(shop.workshop, shop.caller, { order: code })).number)
  }
  expect(await checkInvoices(shop.workshop, shop.caller)).toMatchObject({ isSound: true, checked: 4 })
  const db = new Database(path)
  db.pragma('foreign_keys = OFF')
  db.prepare('update invoices set gross_minor = gross_minor + 1 where sequence = 1').run()
  db.prepare(`update invoice_bodies set content_json = replace(content_json, 'TEA', 'MUG')
    where invoice_id = (select id from invoices where sequence = 2)`).run() // prettier-ignore
  db.prepare('delete from invoices where sequence = 3').run()
  db.close()
  expect(await checkInvoices(shop.workshop, shop.caller)).toMatchObject({
    isSound: false,
    series: [{ series: '2026', last: 4, count: 3, missing: [3] }],
    changed: [numbers[0], numbers[1]],
  })
})
