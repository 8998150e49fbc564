import { describe, expect, test } from 'vitest'
import type { StorefrontOrder } from '../../../src-main/ports/storefront.ts'
import { aShop, readAll, reportsFor, type AShop } from './a-shop.ts'

const withTea = (options: Parameters<typeof aShop>[0] = {}, connection: Parameters<typeof aShop>[1] = {}) => {
  const made = aShop(options, connection)
  const tea = made.fake.addProduct({ name: 'Assam', sku: 'ASSAM', price: '4.95', taxClass: 'reduced-rate' })
  const place = (quantity = 1, more: object = {}): number =>
    made.fake.placeOrder({ lines: [{ productId: tea, quantity }], ...more }) ?? 0
  return { ...made, tea, place }
}

const pulled = async ({ shop }: AShop, from?: string) => readAll<StorefrontOrder>((cursor) => shop.pullOrders(cursor), from) // prettier-ignore
const one = async ({ shop }: AShop, id: number) => (await shop.getOrders([String(id)])).found[0]

describe('orders from WooCommerce', () => {
  test('are never asked for what is nobody’s business: address of the browser, order key, payment link', async () => {
    const made = withTea()
    made.place()
    const { cursor, entries } = await pulled(made)
    made.pass(60_000)
    await pulled(made, cursor)
    await made.shop.getOrders(['17'])
    await made.shop.listOpenIds()
    await made.shop.pullErasures(undefined)
    for (const { url, method } of made.fake.requests.filter(({ url: asked }) => asked.pathname.endsWith('/orders'))) {
      expect(method).toBe('GET')
      expect(url.searchParams.get('_fields')).toBeTruthy()
      expect(url.searchParams.get('_fields')).not.toMatch(/ip_address|user_agent|order_key|payment_url|transaction/)
    }
    expect(JSON.stringify(entries)).not.toMatch(/203\.0\.113|Browser of|wc_order_secret/)
  })

  test('at first are those that somebody waits for; later every change of every one', async () => {
    const made = withTea({ pluginStatuses: ['awaiting-shipment', 'shipped'] })
    const old = made.place(1, { status: 'completed' })
    const waiting = made.place(1, { status: 'awaiting-shipment' })
    const unpaid = made.place(1, { status: 'pending' })
    const first = await pulled(made)
    expect(first.entries.map(({ id, status }) => [id, status])).toEqual([
      [String(waiting), 'open'],
      [String(unpaid), 'on-hold'],
    ])
    made.pass(600_000)
    made.fake.setStatus(old, 'processing')
    made.fake.setStatus(waiting, 'shipped')
    made.fake.setStatus(unpaid, 'failed')
    const second = await pulled(made, first.cursor)
    // An order in a plugin's status may come twice: once among all, once among those that "all" may leave out.
    const newest = new Map(second.entries.map(({ id, status }) => [id, status]))
    expect([...newest]).toEqual([
      [String(old), 'open'],
      [String(waiting), 'completed'],
      [String(unpaid), 'on-hold'],
    ])
    made.pass(600_000)
    // The last two minutes of a window are read once more, then it is quiet.
    const overlap = await pulled(made, second.cursor)
    made.pass(600_000)
    expect((await pulled(made, overlap.cursor)).entries).toEqual([])
  })

  test('of plugins’ statuses that hide themselves come all the same, and mean what the shop says', async () => {
    const choices = { statusMap: { 'at-the-gate': 'open' } as const }
    const made = withTea({ hiddenStatuses: ['at-the-gate', 'mystery'] }, { choices })
    const first = await pulled(made)
    made.pass(600_000)
    const known = made.place(1, { status: 'at-the-gate' })
    const unknown = made.place(1, { status: 'mystery' })
    const { entries } = await pulled(made, first.cursor)
    expect(entries.map(({ id, status }) => [id, status])).toEqual([[String(known), 'open'], [String(unknown), 'on-hold']]) // prettier-ignore
    expect((await made.shop.listOpenIds()).map(({ id }) => id)).toEqual([String(known), String(unknown)])
  })

  test('in the bin are cancelled within the same poll, and come back when they are taken out', async () => {
    const made = withTea()
    const id = made.place()
    const first = await pulled(made)
    made.pass(300_000)
    made.fake.trash(id)
    const second = await pulled(made, first.cursor)
    expect(second.entries.map(({ status }) => status)).toEqual(['cancelled'])
    expect((await one(made, id))?.status).toBe('cancelled')
    made.pass(300_000)
    made.fake.restore(id)
    expect((await pulled(made, second.cursor)).entries.map(({ status }) => status)).toEqual(['open'])
    made.fake.deleteForever(id)
    expect(await made.shop.getOrders([String(id)])).toMatchObject({ found: [], missing: [String(id)] })
  })

  test('of downloads are none of ours; in a mixed order only what can be touched is sent', async () => {
    const made = withTea()
    const voucher = made.fake.addProduct({ name: 'Voucher', isVirtual: true })
    const book = made.fake.addProduct({ name: 'Book with sound', sku: 'BOOK', isDownloadable: true })
    const only = made.fake.placeOrder({ lines: [{ productId: voucher, quantity: 1 }] }) ?? 0
    made.fake.placeOrder({ lines: [voucher, book, made.tea].map((productId) => ({ productId, quantity: 1 })) })
    const { entries } = await pulled(made)
    expect(entries.map(({ lines }) => lines.map(({ sku }) => sku))).toEqual([['BOOK', 'ASSAM']])
    expect((await made.shop.getOrders([String(only)])).missing).toEqual([String(only)])
  })

  test('of a checkout that is not finished are drafts, and left out', async () => {
    const made = withTea({ version: '7.9' })
    const draft = made.place(1, { status: 'checkout-draft' })
    const first = await pulled(made)
    expect(first.entries).toEqual([])
    made.pass(60_000)
    made.fake.setStatus(draft, 'processing')
    expect((await pulled(made, first.cursor)).entries).toHaveLength(1)
  })

  test('lose the pieces that were refunded, and are cancelled when none is left', async () => {
    const made = withTea()
    const id = made.place(5)
    const line = made.fake.getOrder(id).lines[0]?.id ?? 0
    made.fake.refund(id, line, 1)
    made.fake.refund(id, line, 2)
    expect((await one(made, id))?.lines.map(({ quantity }) => quantity)).toEqual([2])
    made.fake.refund(id, line, 2)
    expect(await one(made, id)).toMatchObject({ status: 'cancelled', lines: [] })
  })

  test('keep the SKU of a deleted product once its packages were promised', async () => {
    const made = withTea()
    const id = made.place(2)
    const report = reportsFor(made.fake, id)
    const promised = report({ id: 'r1', kind: 'planned', sequence: 1 })
    await made.shop.pushReports([promised])
    made.fake.deleteProduct(made.tea)
    const lineId = made.fake.getOrder(id).lines[0]?.id
    expect((await one(made, id))?.lines).toMatchObject([{ sku: promised.report.contents?.[0]?.contents[0]?.sku, productId: '0' }]) // prettier-ignore
    made.fake.setMeta(id, '_backroom_reports', 'somebody wrote here')
    expect((await one(made, id))?.lines).toMatchObject([{ sku: `woo-line-${lineId}`, name: 'Assam' }])
  })

  test('tell price, tax, totals, way of paying, service and wishes as they are', async () => {
    const made = withTea()
    const id = made.place(2, {
      paymentMethod: 'cod',
      customerId: 7,
      customerNote: ' Behind the azalea pot. ',
      shippingMethod: { method_id: 'flat_rate', title: 'Express', totalMinor: 690 },
      meta: [{ key: 'delivery_date', value: '2026-11-24' }, { key: 'delivery_time', value: '10:00 - 12:00' }, { key: 'wpml_language', value: 'ja' }], // prettier-ignore
    })
    const order = await one(made, id)
    expect(order).toMatchObject({
      payment: 'on-delivery',
      service: 'express',
      instructions: 'Behind the azalea pot.',
      window: { from: Date.UTC(2026, 10, 24, 9), to: Date.UTC(2026, 10, 24, 11) },
      user: { userId: 'woo-7', kind: 'account', identifiedBy: 'password', locale: 'ja' },
      totals: { goods: { minor: 1059 }, shipping: { minor: 690 }, tax: { minor: 69 }, total: { minor: 1749 } },
    })
    expect(order?.lines).toMatchObject([{ unitPrice: { minor: 530 }, taxRate: 7 }])
  })

  test('go where the customer wants them: shipping address, else billing; collected ones nowhere; none is a question', async () => {
    const made = withTea()
    const nothing = { first_name: '', last_name: '', address_1: '', city: '', postcode: '', country: '' }
    const billing = { first_name: 'Bo', last_name: 'Payer', address_1: 'Bill Road 1', city: 'Graz', country: 'AT' }
    const billed = await one(made, made.place(1, { shipping: nothing, billing }))
    expect(billed?.deliveryAddress).toMatchObject({ name: 'Bo Payer', lines: ['Bill Road 1'], country: 'AT' })
    const collected = made.place(1, { shippingMethod: { method_id: 'local_pickup', title: 'Abholung', totalMinor: 0 } })
    expect(await one(made, collected)).toMatchObject({ service: 'collect', deliveryAddress: undefined })
    expect((await one(made, made.place(1, { shipping: nothing, billing: nothing })))?.deliveryAddress).toBeUndefined()
    const firm = await one(made, made.place(1, { shipping: { first_name: '', last_name: '', company: 'Tea & Co' } }))
    expect(firm?.deliveryAddress?.name).toBe('Tea & Co')
  })

  test('that cannot be read are refused with their place, and the others come', async () => {
    const made = withTea()
    const half = made.place(1)
    const line = made.fake.getOrder(half).lines[0]
    if (line) line.quantity = 0.5
    const fine = made.place(1)
    const { entries, refused } = await pulled(made)
    expect([entries.map(({ id }) => id), refused]).toEqual([[String(fine)], 1])
    const now = await made.shop.getOrders([String(half)])
    expect(now.refused).toMatchObject([{ id: String(half), path: 'line_items.0.quantity', expected: 'whole pieces' }])
    expect(now.missing).toEqual([])
  })

  test('of two shops belong to two people, and guests are new people', async () => {
    const made = withTea({}, { shopId: 'tea' })
    expect((await one(made, made.place(1, { customerId: 7 })))?.user.userId).toBe('woo-tea-7')
    const ids = [made.place(), made.place()]
    const guests = await Promise.all(ids.map(async (id) => (await one(made, id))?.user.userId))
    expect(guests).toEqual(ids.map((id) => `woo-tea-guest-${id}`))
  })

  test('are read again by the hundred, and listed whatever their number', async () => {
    const made = withTea()
    const ids = Array.from({ length: 230 }, () => String(made.place()))
    expect((await pulled(made)).entries.map(({ id }) => id)).toEqual(ids)
    expect((await made.shop.listOpenIds()).map(({ id }) => id)).toEqual(ids)
    const before = made.fake.requests.length
    const now = await made.shop.getOrders([...ids, '9999999'])
    expect([now.found.length, now.missing]).toEqual([230, ['9999999']])
    const asked = made.fake.requests.slice(before).filter(({ url }) => url.pathname.endsWith('/orders'))
    expect(asked.every(({ url }) => (url.searchParams.get('include') ?? '').split(',').length <= 100)).toBe(true)
    expect(asked.length).toBeLessThan(12)
  })

  test('in the site’s language do not hide the list of statuses', async () => {
    const made = withTea({ pluginStatuses: ['packing'] })
    const translated = async (request: Request): Promise<Response> => {
      const response = await made.fake.fetch(request)
      const text = (await response.text()).replaceAll('is not one of', 'ist nicht eines von').replaceAll(', and ', ' und ') // prettier-ignore
      return new Response(text, { status: response.status, headers: response.headers })
    }
    const id = made.place(1, { status: 'packing' })
    const shop = made.connect({ fetch: translated })
    expect(await shop.listOpenIds()).toMatchObject([{ id: String(id), status: 'open' }])
  })
})

describe('erasures from WooCommerce', () => {
  test('come once for each order that the privacy tool has made anonymous, dated or not', async () => {
    for (const orderStorage of ['tables', 'posts'] as const) {
      const made = withTea({ orderStorage })
      const [first, second] = [made.place(), made.place()]
      made.pass(3_600_000)
      made.fake.anonymise(first)
      const start = await readAll((cursor) => made.shop.pullErasures(cursor))
      expect(start.entries).toMatchObject([{ userId: `woo-guest-${first}`, orderIds: [String(first)] }])
      made.pass(3_600_000)
      made.fake.anonymise(second)
      const hourly = await readAll((cursor) => made.shop.pullErasures(cursor), start.cursor)
      expect(hourly.entries).toHaveLength(orderStorage === 'tables' ? 1 : 0)
      made.pass(86_400_000)
      const daily = await readAll((cursor) => made.shop.pullErasures(cursor), hourly.cursor)
      expect([...hourly.entries, ...daily.entries]).toMatchObject([{ orderIds: [String(second)] }])
      made.pass(86_400_000)
      expect((await readAll((cursor) => made.shop.pullErasures(cursor), daily.cursor)).entries).toEqual([])
      expect((await one(made, second))?.deliveryAddress).toBeUndefined()
    }
  })
})
