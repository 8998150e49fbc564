import { existsSync, readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import type { SqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import type { SealedRecord } from '../../../src-main/domain/recipient.ts'
import { seededRandom } from '../../../src-main/kernel/random.ts'
import { importOf, openShop, parcelOf, parcelPlan, startWave } from '../../contract/store/shop.ts'
import { makeAudit, makeOrder, makeUser, testNow } from '../../fixtures/builders.ts'
import { makeDocument, makeStep } from '../../fixtures/wave-builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const random = seededRandom(20_261_122)

afterAll(() => folder.remove())

/** Text that cannot stand in the file by chance, as long as real ciphertext is: some fit a page, some do not. */
function secret(length: number): string {
  let text = ''
  while (text.length < length) text += random.next().toString(16).padStart(8, '0')
  return text
}
const sealed = (): SealedRecord => ({ wrappedKey: secret(80), ciphertext: secret(300 + random.below(6_000)) })

/** Which of these texts lie in the database or beside it, be it only their beginning, middle or end. */
function found(path: string, texts: readonly string[]): readonly string[] {
  const bytes = ['', '-wal', '-shm']
    .filter((suffix) => existsSync(path + suffix))
    .map((suffix) => readFileSync(path + suffix, 'latin1'))
    .join('\n')
  const size = 24
  return texts.filter((text) =>
    [0, (text.length - size) >> 1, text.length - size].some((at) => bytes.includes(text.slice(at, at + size))),
  )
}

async function openWith(name: string): Promise<{ store: SqliteStore; path: string }> {
  const path = folder.file(name)
  const store = await openSqliteStore({ path, clock: { now: () => testNow }, backupFolder: folder.file('backups') })
  await openShop(async () => store)
  return { store, path }
}

/** Orders in small imports, half of them imported again with another address, as a shop's life goes. */
async function importOrders(store: SqliteStore, count: number) {
  const orders = Array.from({ length: count }, (_, index) =>
    makeOrder({ id: `${secret(16)}-${index}`, userId: `user-${index % 10}`, personal: sealed() }),
  )
  const stale: SealedRecord[] = []
  for (let at = 0; at < count; at += 10) {
    const page = orders.slice(at, at + 10)
    await store.upsertImportedOrders(importOf(page))
    const changed = page.filter(() => random.below(2) === 0).map((order) => ({ ...order, personal: sealed() }))
    for (const order of changed) {
      const index = orders.findIndex(({ id }) => id === order.id)
      stale.push(orders[index]!.personal!)
      orders[index] = order
    }
    await store.upsertImportedOrders(importOf(changed))
  }
  return { orders, stale }
}

const textsOf = (records: readonly (SealedRecord | undefined)[]): readonly string[] =>
  records.flatMap((record) => (record ? [record.wrappedKey, record.ciphertext] : []))

test('what a purge takes is nowhere in the file any more, and what stays is whole', async () => {
  const { store, path } = await openWith('purge.sqlite')
  const { orders, stale } = await importOrders(store, 300)
  const purged = orders.filter((_, index) => index % 3 !== 0)
  const kept = orders.filter((_, index) => index % 3 === 0)
  expect(found(path, textsOf(purged.map((order) => order.personal)))).toHaveLength(2 * purged.length)
  const counts = await store.purgeOrders(
    purged.map((order) => order.id),
    makeAudit(),
  )
  expect(counts.orders).toBe(purged.length)
  expect(found(path, textsOf(purged.map((order) => order.personal)))).toEqual([])
  expect(found(path, textsOf(stale))).toEqual([])
  for (const order of kept) expect((await store.findOrder(order.id))?.order.personal).toEqual(order.personal)
  await store.close()
  expect(found(path, textsOf(purged.map((order) => order.personal)))).toEqual([])
})

test('a former recipient is nowhere in the file any more once its time is past, or its order was purged', async () => {
  const { store, path } = await openWith('former.sqlite')
  const { orders } = await importOrders(store, 60)
  const former = orders.map(() => sealed())
  for (const [index, order] of orders.entries()) {
    const kept = [{ orderId: order.id, mark: 'to', personal: former[index]! }]
    const undo = { kept: { id: `undo-${index}`, deed: 'change-address' as const, at: testNow, until: testNow + 10 + (index % 2), messageIds: [], orders: kept } } // prettier-ignore
    await store.upsertImportedOrders(importOf([order], { undo }))
  }
  expect(found(path, textsOf(former))).toHaveLength(2 * former.length)
  await store.forgetTakeBacks(testNow + 10)
  const [past, open] = [former.filter((_, index) => index % 2 === 0), former.filter((_, index) => index % 2 === 1)]
  expect([found(path, textsOf(past)).length, found(path, textsOf(open)).length]).toEqual([0, 2 * open.length])
  await store.purgeOrders(
    orders.map((order) => order.id),
    makeAudit(),
  )
  expect(found(path, textsOf(former))).toEqual([])
  await store.close()
})

test('sealed blocks go with their orders', async () => {
  const { store, path } = await openWith('blocks.sqlite')
  const { orders } = await importOrders(store, 60)
  const wave = await startWave(store, orders)
  const parcels = orders.map((order) => parcelOf(order, wave))
  await store.savePlannedParcels(parcelPlan(wave, { parcels }))
  const documents = parcels.map((parcel) =>
    makeDocument({ kind: 'sealed-block', subjectId: parcel.id, text: secret(600) }),
  )
  const step = makeStep({ step: 'issue-labels' })
  const issued = { documents, withdrawn: [], withdrawnAt: testNow, audit: makeAudit() }
  await store.saveIssuedDocuments({ waveId: wave.id, stage: 'issued', step, ...issued })
  const blocks = documents.map((document) => document.text ?? '')
  expect(found(path, blocks)).toHaveLength(60)
  const purged = await store.purgeOrders(
    orders.slice(0, 40).map((order) => order.id),
    makeAudit(),
  )
  expect(purged.documents.toSorted()).toEqual(
    documents
      .slice(0, 40)
      .map(({ id }) => id)
      .toSorted(),
  )
  expect(found(path, blocks.slice(0, 40))).toEqual([])
  expect((await store.getDocument(documents[50]!.id)).text).toBe(blocks[50])
  await store.close()
})

test('an erased user leaves no trace but the id', async () => {
  const { store, path } = await openWith('erase.sqlite')
  const { orders } = await importOrders(store, 100)
  const users = Array.from({ length: 10 }, (_, index) =>
    makeUser({ userId: `user-${index}`, personal: sealed(), emailToken: secret(64) }),
  )
  await store.upsertImportedOrders(importOf([], { users }))
  await store.eraseUser('user-3', makeAudit(), { keepsOpenOrders: false })
  const theirs = orders.filter((order) => order.userId === 'user-3').map((order) => order.personal)
  expect(theirs).toHaveLength(10)
  expect(found(path, textsOf([...theirs, users[3]?.personal]))).toEqual([])
  expect(found(path, [users[3]?.emailToken ?? ''])).toEqual([])
  expect(await store.loadErasures()).toEqual(['user-3'])
  expect(await store.findUser('user-4')).toEqual(users[4])
  await store.close()
})

test('tokens of the storefronts outlive a purge', async () => {
  const { store } = await openWith('tokens.sqlite')
  const before = await store.loadConnections()
  await store.purgeOrders([], makeAudit())
  expect(await store.loadConnections()).toEqual(before)
  await store.close()
})
