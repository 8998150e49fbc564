import { afterAll, describe, expect, test } from 'vitest'
import { cancelInvoice } from '../../../src-main/application/cancel-invoice.ts'
import { erasePerson, purgeOldOrders } from '../../../src-main/application/erase-person.ts'
import { handOverAtCounter } from '../../../src-main/application/hand-over-at-counter.ts'
import { invoicesCsv } from '../../../src-main/application/invoices-csv.ts'
import { issueInvoice, issueInvoices } from '../../../src-main/application/issue-invoice.ts'
import { checkInvoices, configureInvoices, endOldInvoices, issueDueInvoices, packedOrders } from '../../../src-main/application/keep-invoices.ts' // prettier-ignore
import { readInvoice } from '../../../src-main/application/read-invoice.ts'
import { reportShortPick } from '../../../src-main/application/report-short-pick.ts'
import { usualInvoiceSettings } from '../../../src-main/domain/invoice.ts'
import { returnUncollected } from '../../../src-main/application/return-uncollected.ts'
import { totalsIncludingTax } from '../../../src-main/domain/invoice-amounts.ts'
import type { InvoicePaper } from '../../../src-main/ports/documents.ts'
import type { StorefrontOrder } from '../../../src-main/ports/storefront.ts'
import { counterAddress, openCounterShop, orderOf, place, removeCounterShops, stores } from './counter-shop.ts'
import { personalWords, storefrontOrder } from './fake-storefront.ts'
import { issued, load, packAll, packed, pickAll, takeOrders } from './line-of-work.ts'
import type { TestShop } from './test-shop.ts'

afterAll(removeCounterShops)

const dayMs = 86_400_000

/** An order whose totals are those of its lines. */
function priced(wants: Readonly<Record<string, number>>, shippingMinor = 399): StorefrontOrder {
  const order = storefrontOrder(wants)
  const totals = totalsIncludingTax(
    order.lines.map(({ quantity, unitPrice, taxRate }) => ({ quantity, unitPriceMinor: unitPrice.minor, taxRate })),
    shippingMinor,
  )
  const euros = (minor: number) => ({ currency: 'EUR', minor })
  return {
    ...order,
    payment: 'invoice',
    totals: {
      goods: euros(totals.goodsMinor),
      shipping: euros(totals.shippingMinor),
      tax: euros(totals.taxMinor),
      total: euros(totals.totalMinor),
    },
  }
}

const issue = (shop: TestShop, order: string) => issueInvoice(shop.workshop, shop.caller, { order })
const lastPaper = (shop: TestShop): InvoicePaper =>
  shop.papers.findLast((paper) => paper.kind === 'invoice')?.told[0] as InvoicePaper // drawn by readInvoice with this

describe.each(stores)('an invoice, %s', (_where, makeStore) => {
  test('agrees with what the customer was told, names the buyer on paper only, and stays as it was issued', async () => {
    const shop = await openCounterShop(makeStore, { footer: 'Bank: 1' })
    const [order] = await takeOrders(shop, [priced({ TEA: 2, MUG: 1 })])
    await packed(shop)
    const invoice = await issue(shop, order?.code ?? '')
    expect(invoice).toMatchObject({
      number: '2026-00001',
      kind: 'invoice',
      orderCode: order?.code,
      issuedOn: '2026-11-22',
      deliveredOn: '2026-11-22',
      grossMinor: 3 * 499 + 399,
      currency: 'EUR',
      body: { content: { locale: 'de', payment: 'invoice', footer: 'Bank: 1', seller: { vatId: 'DE123456789' } } },
    })
    for (const word of personalWords) expect(shop.written().includes(word), word).toBe(false)
    const read = await readInvoice(shop.workshop, shop.caller, invoice.id)
    expect(read).toMatchObject({ fileName: '2026-00001.pdf', mediaType: 'application/pdf' })
    expect(lastPaper(shop)).toMatchObject({
      head: { number: '2026-00001' },
      personal: { buyer: { name: 'Zoe Quirrenbach', lines: ['Xylophonallee 77'], city: 'Berlin' } },
    })
    const { rows } = await shop.store.listAudit({ offset: 0, limit: 50 })
    expect(rows.map((entry) => entry.action)).toEqual(expect.arrayContaining(['issue-invoice', 'look-at-invoice']))
    expect(await checkInvoices(shop.workshop, shop.caller)).toMatchObject({ isSound: true, checked: 1, changed: [] })
    await expect(issue(shop, order?.code ?? '')).rejects.toMatchObject({
      code: 'ERR_INVOICE_EXISTS',
      details: { order: order?.code, invoice: '2026-00001' },
    })
  })

  test('is for what the customer gets: pieces that were not there are left out', async () => {
    const shop = await openCounterShop(makeStore)
    const [order] = await takeOrders(shop, [priced({ TEA: 2, MUG: 3 })])
    const waveId = await issued(shop)
    const { tours } = await load(shop, waveId)
    const stop = tours.flatMap((tour) => tour.stops.map((one) => ({ ...one, tour: tour.seq }))).find((one) => one.sku === 'MUG') // prettier-ignore
    await reportShortPick(shop.workshop, shop.caller, {
      waveId,
      tour: stop?.tour ?? 0,
      seq: stop?.seq ?? 0,
      quantity: 2,
    })
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    const withdrawn = (await orderOf(shop, order?.id ?? '')).lines.reduce((sum, line) => sum + line.withdrawn, 0)
    const invoice = await issue(shop, order?.code ?? '')
    expect(invoice.grossMinor).toBe((5 - withdrawn) * 499 + 399)
  })

  test('is corrected by a cancellation in the same sequence and a new one', async () => {
    const shop = await openCounterShop(makeStore)
    const { code } = await place(shop, { customer: { name: 'Zoe Quirrenbach', address: counterAddress } })
    await packed(shop)
    const first = await issue(shop, code)
    const buyer = { name: 'Example Ltd', lines: ['2 High Street'], postcode: '10115', city: 'Berlin', country: 'DE' }
    const { cancellation, invoice } = await cancelInvoice(shop.workshop, shop.caller, {
      invoice: first.number,
      reason: 'Ms Quirrenbach moved',
      reissue: true,
      buyer,
    })
    expect(cancellation).toMatchObject({
      number: '2026-00002',
      kind: 'cancellation',
      cancels: { id: first.id, number: '2026-00001' },
      netMinor: 0 - first.netMinor,
      taxMinor: 0 - first.taxMinor,
      grossMinor: 0 - first.grossMinor,
    })
    expect(invoice).toMatchObject({ number: '2026-00003', grossMinor: first.grossMinor })
    await readInvoice(shop.workshop, shop.caller, '2026-00002')
    expect(lastPaper(shop).personal.reason).toBe('Ms Quirrenbach moved')
    expect(shop.written()).not.toContain('Quirrenbach')
    expect(lastPaper(shop).personal.buyer?.name).toBe('Zoe Quirrenbach')
    await readInvoice(shop.workshop, shop.caller, '2026-00003')
    expect(lastPaper(shop).personal.buyer?.name).toBe('Example Ltd')
    const cancel = (number: string) => cancelInvoice(shop.workshop, shop.caller, { invoice: number, reason: 'again' })
    await expect(cancel('2026-00001')).rejects.toMatchObject({
      code: 'ERR_INVOICE_CANCELLED',
      details: { invoice: '2026-00001', by: '2026-00002' },
    })
    await expect(cancel('2026-00002')).rejects.toMatchObject({ details: { why: 'is-cancellation' } })
    await expect(cancel('2026-00099')).rejects.toMatchObject({ code: 'ERR_INVOICE_NOT_FOUND' })
    expect(await checkInvoices(shop.workshop, shop.caller)).toMatchObject({
      isSound: true,
      series: [{ series: '2026', last: 3, count: 3, missing: [] }],
    })
  })

  test('outlives purge and erasure, which say that it stays, until its own time is over', async () => {
    const shop = await openCounterShop(makeStore, { keepYears: 8 })
    const customer = { name: 'Zoe Quirrenbach', address: counterAddress }
    const { code, orderId } = await place(shop, { customer })
    await packed(shop)
    await handOverAtCounter(shop.workshop, shop.caller, code)
    const invoice = await issue(shop, code)
    const { userId } = await orderOf(shop, orderId)
    shop.clock.forward(15 * dayMs)
    expect(await purgeOldOrders(shop.workshop, shop.caller)).toMatchObject({ orders: 1 })
    const erased = await erasePerson(shop.workshop, shop.caller, userId)
    expect(erased.invoicesKept).toMatchObject([{ number: invoice.number, keepUntil: invoice.keepUntil }])
    await readInvoice(shop.workshop, shop.caller, invoice.number)
    expect(lastPaper(shop).personal.buyer?.name).toBe('Zoe Quirrenbach')
    expect(new Date(invoice.keepUntil).toISOString().slice(0, 4)).toBe('2035')

    expect(await endOldInvoices(shop.workshop, shop.caller)).toBe(0)
    shop.clock.forward(invoice.keepUntil - shop.clock.now())
    expect(await endOldInvoices(shop.workshop, shop.caller)).toBe(1)
    await expect(readInvoice(shop.workshop, shop.caller, invoice.number)).rejects.toMatchObject({
      code: 'ERR_INVOICE_NOT_POSSIBLE',
      details: { why: 'too-old' },
    })
    const { rows } = await shop.store.listInvoices({ offset: 0, limit: 9 })
    expect(rows).toMatchObject([{ number: invoice.number, issuedOn: '2026-11-22', grossMinor: 998, isWhole: false }])
    expect((await erasePerson(shop.workshop, shop.caller, userId)).invoicesKept).toEqual([])
    expect(await checkInvoices(shop.workshop, shop.caller)).toMatchObject({ isSound: true, checked: 1 })
  })

  test('of a wave and of a day: every packed order once, and why one got none', async () => {
    const shop = await openCounterShop(makeStore)
    const odd = priced({ MUG: 1 })
    const tax = { currency: 'EUR', minor: odd.totals.tax.minor + 9 }
    await takeOrders(shop, [priced({ TEA: 1 }), { ...odd, totals: { ...odd.totals, tax } }])
    const waveId = await packed(shop)
    const { wave } = await load(shop, waveId)
    const orders = await packedOrders(shop.workshop, { wave: wave.code })
    expect(orders).toHaveLength(2)
    expect(await packedOrders(shop.workshop, { day: '2026-11-22' })).toEqual(orders)
    expect(await packedOrders(shop.workshop, { day: '2026-11-21' })).toEqual([])
    const { issued: made, skipped } = await issueInvoices(shop.workshop, shop.caller, orders)
    expect(made).toMatchObject([{ number: '2026-00001' }])
    expect(skipped).toMatchObject([{ code: 'ERR_INVOICE_NOT_POSSIBLE', why: 'totals-differ' }])
    expect(await packedOrders(shop.workshop, { wave: wave.code })).toHaveLength(1)
    expect(await issueInvoices(shop.workshop, shop.caller, orders)).toMatchObject({ issued: [] })
  })

  test('comes by itself where the shop wants it, for what is packed from then on', async () => {
    const shop = await openCounterShop(makeStore)
    await place(shop)
    await packed(shop)
    shop.clock.forward(1000)
    expect((await issueDueInvoices(shop.workshop, shop.caller)).issued).toEqual([])
    const settings = { ...usualInvoiceSettings, vatId: 'DE1', automatic: 'packed' as const }
    await configureInvoices(shop.workshop, shop.caller, settings)
    expect((await issueDueInvoices(shop.workshop, shop.caller)).issued).toEqual([])
    shop.clock.forward(1000)
    const { code } = await place(shop)
    await packed(shop)
    // Saving the settings again does not begin anew.
    shop.clock.forward(1000)
    await configureInvoices(shop.workshop, shop.caller, { ...settings, footer: 'x' })
    expect((await issueDueInvoices(shop.workshop, shop.caller)).issued).toMatchObject([{ order: code }])
    expect((await issueDueInvoices(shop.workshop, shop.caller)).issued).toEqual([])
  })
})

describe('no invoice', () => {
  const why = (reason: string) => ({ code: 'ERR_INVOICE_NOT_POSSIBLE', details: { why: reason } })

  test('before the order is packed, nor of one that was cancelled', async () => {
    const shop = await openCounterShop()
    const { code } = await place(shop)
    await expect(issue(shop, code)).rejects.toMatchObject(why('not-packed'))
    await packed(shop)
    const made = await issue(shop, code)
    expect(await returnUncollected(shop.workshop, shop.caller, code)).toEqual({ order: code, invoice: made.number })
    await cancelInvoice(shop.workshop, shop.caller, { invoice: made.number, reason: 'not-collected' })
    await expect(issue(shop, code)).rejects.toMatchObject(why('nothing-delivered'))
  })

  test('without a tax number of the seller, nor of much money without a buyer', async () => {
    const shop = await openCounterShop(undefined, { vatId: '' })
    const { code } = await place(shop)
    await packed(shop)
    await expect(issue(shop, code)).rejects.toMatchObject(why('seller-tax-number'))
    await configureInvoices(shop.workshop, shop.caller, { ...usualInvoiceSettings, taxNumber: '1', automatic: 'off' })
    expect(await issue(shop, code)).toMatchObject({ number: '2026-00001' })
    const dear = await shop.store.findProduct('MUG')
    if (!dear) throw new Error('mug')
    const audit = { id: 'a', at: 0, actor: 'cli:test', action: 'x', entity: 'x', entityId: 'x' }
    await shop.store.saveProducts([{ ...dear.product, priceMinor: 25_001 }], [], audit)
    const second = await place(shop, { lines: [{ code: 'MUG', quantity: 1 }] })
    await packed(shop)
    await expect(issue(shop, second.code)).rejects.toMatchObject(why('buyer-missing'))
    const buyer = { name: 'Example Ltd', lines: ['1 Road'], postcode: '1', city: 'Town', country: 'DE' }
    const made = await issueInvoice(shop.workshop, shop.caller, { order: second.code, buyer })
    expect(made.number).toBe('2026-00002')
  })

  test('takes a number when it cannot be drawn', async () => {
    const shop = await openCounterShop()
    const { code } = await place(shop)
    await packed(shop)
    const blank = { ...shop.workshop.documents, invoice: () => Promise.reject(new Error('no ink')) }
    await expect(issueInvoice({ ...shop.workshop, documents: blank }, shop.caller, { order: code })).rejects.toThrow('ink') // prettier-ignore
    expect(await shop.store.checkInvoiceNumbers()).toEqual([])
    expect(await issue(shop, code)).toMatchObject({ sequence: 1 })
  })
})

describe('for the tax adviser', () => {
  test('a period as CSV: a line for each rate, numbers only, in the figures of the shop', async () => {
    const shop = await openCounterShop()
    const { code } = await place(shop, { customer: { name: 'Zoe Quirrenbach', address: counterAddress } })
    await packed(shop)
    const made = await issue(shop, code)
    await cancelInvoice(shop.workshop, shop.caller, { invoice: made.number, reason: 'x' })
    const period = { from: '2026-11-01', to: '2026-11-30' }
    const { csv, fileName, invoices } = await invoicesCsv(shop.workshop, period)
    expect(fileName).toBe('invoices-2026-11-01-2026-11-30.csv')
    expect(invoices).toBe(2)
    expect(csv.split('\r\n')).toEqual([
      'number,kind,cancels,cancelled_by,issued_on,delivered_on,order,currency,tax_rate,net,tax,gross',
      `2026-00001,invoice,,2026-00002,2026-11-22,2026-11-22,${code},EUR,7,9.33,0.65,9.98`,
      `2026-00002,cancellation,2026-00001,,2026-11-22,2026-11-22,${code},EUR,7,-9.33,-0.65,-9.98`,
      '',
    ])
    for (const word of personalWords) expect(csv.includes(word)).toBe(false)
    const settings = await shop.store.findSettings()
    if (!settings) throw new Error('settings')
    const german = { ...settings, shop: { ...settings.shop, locale: 'de' } }
    const audit = { id: 'b', at: 0, actor: 'cli:test', action: 'x', entity: 'x', entityId: 'x' }
    await shop.store.saveSettings(german, audit)
    expect((await invoicesCsv(shop.workshop, period)).csv).toContain(';7;9,33;0,65;9,98\r\n')
    expect((await invoicesCsv(shop.workshop, { from: '2026-12-01', to: '2026-12-31' })).invoices).toBe(0)
  })
})
