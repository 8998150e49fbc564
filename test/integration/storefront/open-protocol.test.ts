import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StatusReport } from '../../../src-main/domain/outbox.ts'
import { openProtocolStorefront } from '../../../src-main/adapters/storefronts/open-protocol/open-protocol-storefront.ts'
import type { PackagingRules, Pull, Storefront } from '../../../src-main/ports/storefront.ts'
import { CustomerClient } from './customer-client.ts'
import {
  newFolder,
  packagingRulesFixture,
  shopToken,
  startProcess,
  type StorefrontProcess,
} from './running-storefront.ts'

const clock = { now: () => Date.now() }
let storefront: StorefrontProcess
let shop: Storefront
const folder = newFolder()

beforeAll(async () => {
  storefront = await startProcess(folder, { withRules: false })
  shop = openProtocolStorefront({ address: storefront.address, token: shopToken, clock })
})
afterAll(() => storefront.stop())

function pageOf<Entry>(pull: Pull<Entry>) {
  if (pull.kind !== 'page') throw new Error(pull.kind)
  return pull
}

async function placed(lines: { sku: string; quantity: number }[]) {
  const customer = new CustomerClient(storefront.address)
  await customer.identify(`${crypto.randomUUID()}@example.org`)
  const order = (await customer.order(lines)).json
  return { customer, id: order.id as string, order } // a UUID by the schema
}

const reportOf = (id: string, part: Partial<StatusReport> & Pick<StatusReport, 'kind' | 'sequence'>) => ({
  externalOrderId: id,
  report: {
    id: crypto.randomUUID(),
    orderId: 'ours',
    at: Date.UTC(2026, 10, 22, 9, part.sequence),
    ...part,
  } as StatusReport, // complete with the defaults
})

describe('the connector and the bundled storefront', () => {
  test('know each other: description, and access checked part by part', async () => {
    const described = await shop.describe()
    expect(described).toMatchObject({
      name: 'Corner Shop',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      protocolVersion: '1',
    })
    expect(Math.abs(described.clockOffsetMs)).toBeLessThan(60_000)
    expect((await shop.testAccess()).map(({ check, ok }) => [check, ok])).toEqual([
      ['transport', true],
      ['address', true],
      ['clock', true],
      ['read', true],
      ['write', true],
    ])
    const stranger = openProtocolStorefront({ address: storefront.address, token: 'wrong', clock })
    const checks = await stranger.testAccess()
    expect(checks.filter(({ ok }) => !ok).map(({ check, details }) => [check, details['what']])).toEqual([
      ['read', 'unauthorised'],
      ['write', 'unauthorised'],
    ])
  })

  test('bring every product, page by page, and a tombstone for what is sold no more', async () => {
    const pages = storefront.address
    const all = pageOf(await shop.pullProducts(undefined))
    expect(all.entries).toHaveLength(10)
    expect(all.refused).toEqual([])
    const glass = all.entries.find((change) => change.kind === 'product' && change.product.sku === 'GLASS-6')
    expect(glass).toMatchObject({
      product: {
        price: { currency: 'EUR', minor: 2490 },
        taxRate: 19,
        measures: {
          sizeMm: [300, 200, 110],
          weightG: 1900,
          handling: { orientation: 'upright', fragile: true, maxLoadG: 0 },
        },
      },
    })
    const small = await fetch(`${pages}/products?limit=3`, { headers: { authorization: `Bearer ${shopToken}` } })
    expect(await small.json()).toMatchObject({ hasMore: true, entries: [{}, {}, {}] })

    const other = newFolder()
    const first = await startProcess(other)
    const catalogue = join(other, 'less.csv')
    const rows = 'sku,name,price_minor,weight_g,stock\nTEA-01,Tea,500,290,4\n'
    const cursor = pageOf(
      await openProtocolStorefront({ address: first.address, token: shopToken, clock }).pullProducts(undefined),
    ).cursor
    await first.stop()
    writeFileSync(catalogue, rows)
    const second = await startProcess(other, { catalogue })
    const changes = pageOf(
      await openProtocolStorefront({ address: second.address, token: shopToken, clock }).pullProducts(cursor),
    )
    expect(changes.entries.filter(({ kind }) => kind === 'tombstone')).toHaveLength(9)
    expect(changes.entries.filter(({ kind }) => kind === 'product')).toHaveLength(1)
    await second.stop()
  })

  test('bring each order once per change, with who ordered and where it goes', async () => {
    const start = pageOf(await shop.pullOrders(undefined)).cursor
    const { id, customer } = await placed([{ sku: 'TEA-01', quantity: 2 }])
    const page = pageOf(await shop.pullOrders(start))
    expect(page.entries).toHaveLength(1)
    expect(page.entries[0]).toMatchObject({
      id,
      status: 'open',
      service: 'standard',
      payment: 'invoice',
      deliveryAddress: { lines: ['Teststraße 1'], country: 'DE' },
      user: { kind: 'guest', name: 'Ada Test' },
      lines: [{ sku: 'TEA-01', quantity: 2, unitPrice: { minor: 495 }, taxRate: 7 }],
      totals: { goods: { minor: 990 } },
    })
    expect(pageOf(await shop.pullOrders(page.cursor)).entries).toEqual([])
    expect(await shop.getOrders([id, 'no-such'])).toEqual({ found: page.entries, missing: ['no-such'], refused: [] })
    await customer.send('POST', `/orders/${id}/cancel`, { body: {} })
    expect(pageOf(await shop.pullOrders(page.cursor)).entries[0]).toMatchObject({ id, status: 'cancelled' })
  })

  test('a long poll is answered as soon as an order is placed', async () => {
    const { cursor } = pageOf(await shop.pullOrders(undefined))
    const waiting = shop.pullOrders(cursor, { waitMs: 30_000 })
    const { id } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    expect(pageOf(await waiting).entries.map((order) => order.id)).toEqual([id])
  })

  test('a cursor of another database has expired, one that is no cursor is refused', async () => {
    const foreign = Buffer.from('order.00000000.1').toString('base64url')
    expect(await shop.pullOrders(foreign)).toEqual({ kind: 'cursor-expired' })
    await expect(shop.pullOrders('nonsense')).rejects.toMatchObject({
      code: 'ERR_STOREFRONT_REFUSED',
      details: { status: 422 },
    })
  })

  test('open orders can be listed for reconciling', async () => {
    const { id } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    expect((await shop.listOpenIds()).find((order) => order.id === id)).toMatchObject({ status: 'open' })
    await shop.pushReports([reportOf(id, { kind: 'cancelled', sequence: 1, contents: [] })])
    expect((await shop.listOpenIds()).some((order) => order.id === id)).toBe(false)
  })

  test('stock is set where the expected value holds and left alone where an order came in between', async () => {
    expect(await shop.pushStock([{ sku: 'BLANKET', quantity: 5, expected: 7 }])).toEqual([
      { sku: 'BLANKET', outcome: 'set', present: 5 },
    ])
    await placed([{ sku: 'BLANKET', quantity: 1 }])
    expect(
      await shop.pushStock([
        { sku: 'BLANKET', quantity: 5, expected: 5 },
        { sku: 'NO-SUCH', quantity: 5 },
      ]),
    ).toEqual([
      { sku: 'BLANKET', outcome: 'conflict', present: 4 },
      { sku: 'NO-SUCH', outcome: 'unknown-sku' },
    ])
  })

  test('published rules let the storefront say how an order travels; the same version again changes nothing', async () => {
    const before = await placed([{ sku: 'TEA-01', quantity: 1 }])
    expect(before.order).toMatchObject({ packages: [], packagesFrom: 'preview' })
    const rules = packagingRulesFixture() as PackagingRules // the fixture is written in this shape
    await shop.publishPackagingRules(rules)
    await shop.publishPackagingRules(rules)
    expect((await placed([{ sku: 'TEA-01', quantity: 1 }])).order.packages).toHaveLength(1)
    const heavier = { sku: 'TEA-01', sizeMm: [160, 80, 60], weightG: 4000 } as const
    await shop.publishPackagingRules({ ...rules, version: 'test-2', products: [heavier] })
    expect((await placed([{ sku: 'TEA-01', quantity: 1 }])).order.packages[0].grossG).toBe(4120)
    const bad = { ...rules, version: 'bad', rules: { newRule: true } } as unknown as PackagingRules // wrong on purpose
    await expect(shop.publishPackagingRules(bad)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_REFUSED' })
  })

  test('erasure requests reach the back office by id, and the person is gone', async () => {
    const { cursor } = pageOf(await shop.pullErasures(undefined))
    const { customer, id } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    const { userId } = (await customer.get('/session')).json.user
    const answer = await customer.send('POST', '/erasures', { body: {} })
    expect(answer.json.openOrders).toBe(1)
    expect(pageOf(await shop.pullErasures(cursor)).entries).toMatchObject([{ userId, orderIds: [id] }])
    const [now] = (await shop.getOrders([id])).found
    expect(now?.deliveryAddress, 'an open order can still be delivered').toBeDefined()
    await shop.pushReports([reportOf(id, { kind: 'delivered', sequence: 1, parcelId: 'p-1' })])
    expect((await shop.getOrders([id])).missing).toEqual([id])
    expect((await customer.get('/session')).json.user.userId).not.toBe(userId)
  })
})

describe('status reports', () => {
  const plan = (
    orderLines: readonly { id: string; sku: string }[],
    letters: readonly string[],
  ): StatusReport['contents'] =>
    letters.map((letter, index) => ({
      parcelId: `parcel-${letter}`,
      letter,
      carton: 'M',
      grossG: 900,
      contents: [
        {
          externalLineId: orderLines[index % orderLines.length]?.id ?? '1',
          sku: orderLines[index % orderLines.length]?.sku ?? 'X',
          quantity: 1,
        },
      ],
      why: { code: 'one-more-parcel', facts: { binding: 'weight' } },
    }))

  test('move the order page from received to delivered, parcel by parcel, with rising times', async () => {
    const { customer, id } = await placed([
      { sku: 'TEA-01', quantity: 1 },
      { sku: 'HAM-300', quantity: 1 },
    ])
    const { lines } = await customer.readOrder(id)
    const steps: [string, Parameters<typeof reportOf>[1][]][] = [
      ['planned', [{ kind: 'planned', sequence: 1, contents: plan(lines, ['A', 'B']) }]],
      ['planned', [{ kind: 'picking', sequence: 2, parcelId: 'parcel-A' }]],
      ['picking', [{ kind: 'picking', sequence: 3, parcelId: 'parcel-B' }]],
      [
        'packed',
        [
          { kind: 'packed', sequence: 4, parcelId: 'parcel-A' },
          { kind: 'packed', sequence: 5, parcelId: 'parcel-B' },
        ],
      ],
      [
        'handed-over',
        [
          {
            kind: 'handed-over',
            sequence: 6,
            parcelId: 'parcel-A',
            tracking: { carrier: 'Van North', number: 'B00000000017' },
          },
          { kind: 'handed-over', sequence: 7, parcelId: 'parcel-B' },
        ],
      ],
      ['handed-over', [{ kind: 'delivered', sequence: 8, parcelId: 'parcel-A' }]],
      ['failed', [{ kind: 'failed', sequence: 9, parcelId: 'parcel-B', reason: 'nobody-home' }]],
      ['delivered', [{ kind: 'delivered', sequence: 10, parcelId: 'parcel-B' }]],
    ]
    expect((await customer.readOrder(id)).status).toBe('received')
    for (const [status, reports] of steps) {
      const answers = await shop.pushReports(reports.map((part) => reportOf(id, part)))
      expect(answers.map(({ outcome }) => outcome)).toEqual(reports.map(() => 'accepted'))
      expect((await customer.readOrder(id)).status).toBe(status)
    }
    const { packages, packagesFrom, changes, isPartly } = await customer.readOrder(id)
    expect([packagesFrom, isPartly, packages.length]).toEqual(['shop', false, 2])
    expect(packages[0]).toMatchObject({ letter: 'A', tracking: { carrier: 'Van North', number: 'B00000000017' } })
    expect(packages[0]?.history.map(({ status }) => status)).toEqual([
      'planned',
      'picking',
      'packed',
      'handed-over',
      'delivered',
    ])
    const times = packages.map(({ history }) => history.map(({ at }) => at))
    for (const list of times) expect(list).toEqual([...list].sort())
    expect(changes.map(({ code }) => code)).toEqual(['more-parcels'])
    expect((await shop.listOpenIds()).some((order) => order.id === id)).toBe(false)
    const page = await customer.page(`/orders/${id}`)
    expect(page.text).toContain('It takes 2 parcels instead of the 1 that were planned.')
    const events = (await customer.get(`/orders/${id}/events`)).json.events
    expect(events.map(({ text }: { text: string }) => text)).toContain('Parcel B: Not delivered (nobody was at home)')
  })

  test('sent again are duplicates; the same id with other words is rejected; older ones are stale', async () => {
    const { customer, id } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    const first = reportOf(id, { kind: 'picking', sequence: 5, parcelId: 'p' })
    const outcomes = async (...reports: ReturnType<typeof reportOf>[]) =>
      (await shop.pushReports(reports)).map(({ outcome }) => outcome)
    expect(await outcomes(first)).toEqual(['accepted'])
    expect(await outcomes(first, first)).toEqual(['duplicate', 'duplicate'])
    const forged = { ...first, report: { ...first.report, kind: 'delivered' as const } }
    expect(await shop.pushReports([forged])).toEqual([
      { id: first.report.id, outcome: 'rejected', reason: 'other-body' },
    ])
    const older = reportOf(id, { kind: 'planned', sequence: 4, parcelId: 'p' })
    expect(await shop.pushReports([older])).toEqual([
      { id: older.report.id, outcome: 'stale', presentKind: 'picking', presentSequence: 5 },
    ])
    expect((await customer.readOrder(id)).packages[0]?.status).toBe('picking')
    const lost = reportOf('no-such-order', { kind: 'packed', sequence: 1 })
    expect(await shop.pushReports([lost])).toMatchObject([{ outcome: 'rejected', reason: 'order-not-found' }])
  })

  test('one by one: 409 names the present state, 422 another body, and the key must be the report', async () => {
    const { id } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    const body = {
      id: crypto.randomUUID(),
      orderId: id,
      parcelId: 'p',
      kind: 'packed',
      sequence: 3,
      at: '2026-11-22T10:00:00Z',
    }
    const send = async (report: { id: string }, key = report.id) => {
      const answer = await fetch(`${storefront.address}/orders/${id}/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shopToken}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(report),
      })
      return { status: answer.status, json: await answer.json() }
    }
    expect((await send(body)).status).toBe(200)
    expect((await send({ ...body, kind: 'delivered' } as typeof body)).status).toBe(422)
    const older = await send({ ...body, id: crypto.randomUUID(), sequence: 2 } as typeof body)
    expect(older).toMatchObject({ status: 409, json: { outcome: 'stale', present: { kind: 'packed', sequence: 3 } } })
    expect((await send(body, 'another-key')).status).toBe(422)
  })

  test('a report that the protocol cannot carry is rejected alone', async () => {
    const { id } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    const good = reportOf(id, { kind: 'planned', sequence: 1 })
    const bad = { ...reportOf(id, { kind: 'packed', sequence: 2 }), externalOrderId: '' }
    expect((await shop.pushReports([bad, good])).map(({ outcome }) => outcome)).toEqual(['rejected', 'accepted'])
  })

  test('an order taken out of its wave is received again, and shows what was promised', async () => {
    const { customer, id, order } = await placed([{ sku: 'TEA-01', quantity: 1 }])
    await shop.pushReports([reportOf(id, { kind: 'planned', sequence: 1, contents: plan(order.lines, ['A']) })])
    await shop.pushReports([reportOf(id, { kind: 'received', sequence: 2, contents: [] })])
    expect(await customer.readOrder(id)).toMatchObject({
      status: 'received',
      packagesFrom: 'preview',
      packages: order.packages,
    })
  })
})
