import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { openSqliteStore } from '../../../src-main/adapters/sqlite/open-store.ts'
import { openShop, planOne } from '../../contract/store/shop.ts'
import { makeAudit, testNow } from '../../fixtures/builders.ts'
import { makeConsignment, makeManifest, makeStep } from '../../fixtures/wave-builders.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
const path = folder.file('shop.sqlite')
const statements: string[] = []
let store: SqliteStore

beforeAll(async () => {
  store = await openSqliteStore({
    path,
    clock: { now: () => testNow },
    backupFolder: folder.file('backups'),
    trace: (statement) => statements.push(statement),
  })
  await openShop(async () => store)
  const { order, wave, parcel } = await planOne(store, { id: 'parcel', status: 'packed', carrierCode: 'VAN' })
  const consignment = makeConsignment({ orderId: order.id, waveId: wave.id, parcelIds: [parcel.id] })
  const plan = { step: makeStep({ step: 'plan-delivery' }), consignments: [consignment], routes: [], parcels: [] }
  await store.saveDeliveryPlan({ waveId: wave.id, ...plan, audit: makeAudit() })
  await store.saveClosedManifest({
    manifest: makeManifest({ id: 'manifest', parcelIds: [parcel.id] }),
    documents: [],
    parcels: [],
    orders: [],
    closedWaveIds: [],
    events: [],
    reports: [],
    audit: makeAudit(),
  })
})

afterAll(async () => {
  await store.close()
  folder.remove()
})

/** What SQLite does for each select of a call: one line a step, such as `SEARCH orders USING INDEX ...`. */
async function plansOf(call: () => Promise<unknown>): Promise<readonly (readonly string[])[]> {
  statements.length = 0
  await call()
  const db = new Database(path, { readonly: true })
  const plans = statements
    .filter((statement) => statement.trimStart().startsWith('select'))
    .map((statement) => db.prepare<[], { detail: string }>(`explain query plan ${statement}`).all())
  db.close()
  return plans.map((plan) => plan.map((step) => step.detail))
}

const planOf = async (call: () => Promise<unknown>): Promise<readonly string[]> => (await plansOf(call)).flat()

/**
 * A table of ours read from end to end: by a scan, or by a search for nothing but the shop. What is read as a whole
 * by design: lists of parameters, full-text indexes, the few orders that carry a token, and what a part of the same
 * question has found already.
 */
const readsAll = (step: string): boolean =>
  (/^SCAN /.test(step) && !/VIRTUAL TABLE|^SCAN (carrying|packed|handed|page|\(subquery-\d+\))$/.test(step)) ||
  /^SEARCH .*\(shop_id=\?\)$/.test(step)
/** What finds a page; the rows of a page that was found may be put in order once more. */
const beforePage = (plan: readonly string[]): readonly string[] =>
  plan.slice(0, plan.includes('SCAN page') ? plan.indexOf('SCAN page') : undefined)
const isSort = (step: string): boolean => step.startsWith('USE TEMP B-TREE FOR ORDER BY')

// Without statistics (we never run ANALYZE) SQLite plans by the schema alone: an empty file plans like a full one.
const page = { offset: 0, limit: 50 }
const period = { from: testNow - 86_400_000, to: testNow }

describe('what is asked all day is read through an index, however much there is', () => {
  // A page walks its list in order and stops when it is full; only its count reads the rest, and only out of an index.
  test.each<[string, string, () => Promise<unknown>]>([
    ['the page of orders', 'orders USING COVERING INDEX orders_by_placed', () => store.listOrders(page)],
    [
      'orders by status',
      'orders USING COVERING INDEX orders_by_rank',
      () => store.listOrders({ ...page, sort: 'status' }),
    ],
    ['orders by code', 'orders USING COVERING INDEX orders_by_code', () => store.listOrders({ ...page, sort: 'code' })],
    [
      'orders by pieces',
      'orders USING COVERING INDEX orders_by_pieces',
      () => store.listOrders({ ...page, sort: 'pieces' }),
    ],
    [
      'orders by status, the last first',
      'orders USING COVERING INDEX orders_by_rank_down',
      () => store.listOrders({ ...page, sort: 'status', descending: true }),
    ],
    [
      'orders by pieces, the most first',
      'orders USING COVERING INDEX orders_by_pieces_down',
      () => store.listOrders({ ...page, sort: 'pieces', descending: true }),
    ],
    ['orders on hold', 'orders USING COVERING INDEX orders_on_hold', () => store.listOrders({ ...page, isHeld: true })],
    ['the page of products', 'products USING INDEX sqlite_autoindex_products_1', () => store.listProducts(page)],
    ['products by name', 'products USING INDEX products_by_name', () => store.listProducts({ ...page, sort: 'name' })],
    [
      'products by price',
      'products USING INDEX products_by_price',
      () => store.listProducts({ ...page, sort: 'price' }),
    ],
    ['the page of waves', 'waves USING INDEX waves_by_created', () => store.listWaves(page)],
    ['the audit log', 'audit_entries USING INDEX audit_entries_by_at', () => store.listAudit(page)],
    [
      'orders that can be planned',
      'orders USING COVERING INDEX orders_plannable',
      () => store.findPlannableOrders(500),
    ],
    ['what waits to be collected', 'orders USING INDEX orders_to_collect', () => store.listToCollect()],
    ['messages that are due', 'outbox USING INDEX outbox_waiting', () => store.loadDueMessages(testNow, 20)],
  ])('%s: %s', async (_title, walk, call) => {
    const plans = await plansOf(call)
    const steps = plans.flat()
    const [table] = walk.split(' ')
    const isCount = (step: string): boolean => step.startsWith(`SEARCH ${table} USING COVERING INDEX`)
    const others = steps.filter((step) => readsAll(step) && !step.includes(walk) && !isCount(step))
    expect(others).toEqual([])
    expect(beforePage(plans[0] ?? []).filter(isSort)).toEqual([])
    expect(steps.join('\n')).toContain(walk)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['what was packed', () => store.countPacked(period)],
    ['what was late', () => store.findLate(period, testNow)],
  ])('%s in a period is told without the long rows of its parcels', async (_title, call) => {
    const onParcels = (await planOf(call)).filter((step) => /^(SEARCH|SCAN) parcels\b/.test(step))
    expect(onParcels).toEqual(['SEARCH parcels USING COVERING INDEX parcels_for_reports (id=? AND shop_id=?)'])
  })

  test.each<[string, () => Promise<unknown>]>([
    ['an order by its code', () => store.findOrder('326-07')],
    ['a product by its code', () => store.findProduct('2000000000015')],
    ['a parcel by its number', () => store.findParcel('C00000000017')],
    ['a parcel by its courier’s number', () => store.findTracked('Track-77')],
    ['orders that carry on another', () => store.findFollowers('order')],
    ['an invoice by its number', () => store.findInvoice('2026-00042')],
    ['the invoices of an order', () => store.listInvoices({ ...page, orderId: 'order' })],
    ['the invoices of a month', () => store.listInvoices({ ...page, from: '2026-11-01', to: '2026-11-30' })],
    ['the invoices of a person', () => store.findInvoicesOfUser('user')],
    ['the orders of a person', () => store.findOrdersOfUsers(['user'])],
    ['pieces that orders wait for', () => store.loadWaitingPieces(['TEA'])],
    ['a terminal by its token', () => store.findTerminalByTokenHash('hash')],
    ['orders of one status', () => store.listOrders({ ...page, status: ['delivered'] })],
    ['orders of several statuses', () => store.listOrders({ ...page, status: ['packed', 'picking'], sort: 'code' })],
    ['orders found by words', () => store.listOrders({ ...page, search: '326-07' })],
    ['orders found by tokens', () => store.listOrders({ ...page, tokens: ['a', 'b'], search: 'tea' })],
    ['products found by words', () => store.listProducts({ ...page, search: 'tea' })],
    ['orders and parcels of a period', () => store.countFlow(period)],
    ['walks of a period', () => store.sumWalks(period)],
    ['what was packed in a period', () => store.countPacked(period)],
    ['what was late in a period', () => store.findLate(period, testNow)],
    ['what is promised for a time', () => store.countWindows(period)],
    ['what somebody did', () => store.listAudit({ ...page, actor: 'pat' })],
    ['what was done of one kind', () => store.listAudit({ ...page, actions: ['print'], ...period })],
    ['known orders of a storefront', () => store.findImported('c', ['1', '2'])],
    ['the last report of an order', () => store.lastReportSequence('order')],
    ['documents of parcels', () => store.listDocuments(['p-1', 'p-2'])],
    ['the state of the outbox', () => store.outboxState()],
    ['orders to purge', () => store.findPurgeable(testNow)],
  ])('%s', async (_title, call) => {
    expect((await planOf(call)).filter(readsAll)).toEqual([])
  })

  test('picks by location are read out of one index, however long the shop has been at work', async () => {
    const plan = await planOf(() => store.countPicks({ from: 0, to: testNow }))
    expect(plan.join('\n')).toContain(
      'USING COVERING INDEX stock_movements_by_kind (shop_id=? AND kind=? AND at>? AND at<?)',
    )
    expect(plan.filter(readsAll)).toEqual([])
  })

  test('the worklist reads what changed by its revision and waiting orders by their status; it only counts the rest', async () => {
    const steps = await planOf(() => store.loadWorklist({ since: 1 }))
    expect(steps.join('\n')).toContain('products USING INDEX products_by_revision (shop_id=? AND revision>?)')
    expect(steps.join('\n')).toMatch(/orders USING (COVERING )?INDEX orders_by_status \(shop_id=\? AND status=\?\)/)
    expect(steps.filter((step) => readsAll(step) && !step.includes('products USING COVERING INDEX'))).toEqual([])
  })

  test('everything that waves, collections, manifests and purges read, but for the short lists of the shop', async () => {
    const short = /settings|cartons|carriers|locations|floors|waves|SCAN level|sealed_records|sealed_blocks|take_backs/
    const [row] = (await store.listWaves(page)).rows
    const { wave } = await store.loadWave(row?.wave.id ?? '')
    const calls = [
      () => store.loadWave(wave.id),
      () => store.loadCollection('VAN'),
      () => store.loadManifest('manifest'),
      () => store.purgeOrders(wave.orderIds, makeAudit()),
    ]
    for (const call of calls) {
      const steps = await planOf(call)
      expect(steps.length).toBeGreaterThan(5)
      expect(steps.filter((step) => readsAll(step) && !short.test(step))).toEqual([])
    }
  })
})
