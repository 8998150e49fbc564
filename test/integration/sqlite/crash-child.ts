import process from 'node:process'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { importOf, openShop, promise } from '../../contract/store/shop.ts'
import { makeAudit, makeLine, makeOrder, makeUser, testNow } from '../../fixtures/builders.ts'
import { makeEvent, makeReportMessage } from '../../fixtures/wave-builders.ts'

// Imports batch after batch until it is killed; says the number of each batch once it is promised to be kept.
const [, , path = '', backupFolder = '', perBatch = '10'] = process.argv
const store = await openSqliteStore({ path, clock: { now: () => testNow }, backupFolder })
await openShop(async () => store)
for (let batch = 1; ; batch++) {
  const orders = Array.from({ length: Number(perBatch) }, (_, index) => {
    const id = `${batch}-${index}`
    return makeOrder({ id, code: id, externalId: id, userId: id, lines: [makeLine(), makeLine()] })
  })
  await store.upsertImportedOrders(
    importOf(orders, {
      orderCursor: String(batch),
      users: orders.map(({ userId }) => makeUser({ userId })),
      events: orders.map(({ id }) => makeEvent({ id, orderId: id })),
      reports: orders.map(({ id }) => makeReportMessage({ orderId: id })),
      searchTokens: orders.map(({ id }) => ({ orderId: id, tokens: ['a', 'b', id] })),
      audit: makeAudit({ id: `batch-${batch}` }),
    }),
  )
  await store.saveMovements([promise(1), promise(-1)], makeAudit())
  process.stdout.write(`${batch}\n`)
}
