import process from 'node:process'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { makeAudit, testNow } from '../../fixtures/builders.ts'
import { makeInvoiceDraft } from '../../fixtures/invoice-builders.ts'

// Issues invoice after invoice until it is killed; says each number once it is promised to be kept.
const [, , path = '', backupFolder = '', from = '0'] = process.argv
const store = await openSqliteStore({ path, clock: { now: () => testNow }, backupFolder })
for (let at = Number(from); ; at++) {
  const orderId = `order-${at}`
  const id = `invoice-${at}`
  const invoice = await store.issueInvoice(
    makeInvoiceDraft({ id, orderId, orderCode: orderId }),
    makeAudit({ id: `audit-${at}` }),
  )
  // A refused one in between: it must take no number.
  await store
    .issueInvoice(makeInvoiceDraft({ id: `${id}-again`, orderId, orderCode: orderId }), makeAudit({ id: `no-${at}` }))
    .catch(() => undefined)
  process.stdout.write(`${invoice.sequence}\n`)
}
