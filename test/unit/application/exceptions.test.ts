import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder, holdOrder, releaseOrder } from '../../../src-main/application/change-order.ts'
import { confirmPick } from '../../../src-main/application/confirm-pick.ts'
import { openOf } from '../../../src-main/application/save-stop.ts'
import { changeAddress } from '../../../src-main/application/change-address.ts'
import { nextSteps } from '../../../src-main/application/consequences.ts'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import { sendRest, splitOrder } from '../../../src-main/application/follow-up.ts'
import { mergeOrders } from '../../../src-main/application/merge-orders.ts'
import { reportShortPick } from '../../../src-main/application/report-short-pick.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { substitute } from '../../../src-main/application/substitute.ts'
import { makeAudit, makeHandling, makeMovement, makeProduct } from '../../fixtures/builders.ts'
import { counterAddress, orderOf, place, removeCounterShops, stores } from './counter-shop.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, load, packAll, packed, pickAll, planned, shelves, takeOrders, told } from './line-of-work.ts'
import { openTestShop, type TestShop } from './test-shop.ts'

afterAll(removeCounterShops)

const codes = (steps: readonly { readonly code: string }[] | undefined): readonly string[] | undefined =>
  steps?.map(({ code }) => code)

async function taken(shop: TestShop, lines: Record<string, number>) {
  const [order] = await takeOrders(shop, [storefrontOrder(lines)])
  if (!order) throw new Error('no order')
  return order
}

describe.each(stores)('cancelling after labelling, %s', (_name, makeStore) => {
  test('says beforehand what will happen, voids the papers at once and puts everything back', async () => {
    const shop = await openTestShop({ makeStore })
    const order = await taken(shop, { TEA: 2 })
    const waveId = await packed(shop)
    const steps = await nextSteps(shop.workshop, order.code)
    expect(codes(steps.cancel)).toEqual(['sheet-cross-out', 'slip-void', 'open-package', 'label-void', 'pieces-to-shelf', 'customer-told']) // prettier-ignore
    expect(steps.cancel?.find(({ code }) => code === 'pieces-to-shelf')?.facts).toEqual({ pieces: 2, places: 'A-1' })
    await cancelOrder(shop.workshop, shop.caller, { order: order.code, reason: 'by-customer' })
    const { documents, parcels } = await load(shop, waveId)
    const subjects = new Set([order.id, ...parcels.map(({ id }) => id)])
    expect(documents.filter(({ subjectId }) => subjects.has(subjectId))).toEqual([])
    expect(documents.some(({ kind }) => kind === 'pick-sheet')).toBe(true)
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0] })
    expect(await nextSteps(shop.workshop, order.code)).toMatchObject({ merge: [], owed: [], followers: [] })
    expect((await nextSteps(shop.workshop, order.code)).cancel).toBeUndefined()
  })
})

describe('cancelling while people pick', () => {
  test('leaves the picker nothing to take for it, and the tour comes to its end', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 2 })
    const other = await taken(shop, { MUG: 1 })
    const waveId = await issued(shop)
    await confirmPick(shop.workshop, shop.caller, { waveId, tour: 1, ...(await stopOf(shop, waveId, order.id)), quantity: 1 }) // prettier-ignore
    await cancelOrder(shop.workshop, shop.caller, { order: order.code, reason: 'by-customer' })
    const open = (await load(shop, waveId)).tours.flatMap(({ stops }) => stops).filter((stop) => openOf(stop) > 0)
    expect(open.map(({ orderId }) => orderId)).toEqual([other.id])
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    expect((await load(shop, waveId)).wave.stage).toBe('packed')
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [10, 0] })
  })
})

async function stopOf(shop: TestShop, waveId: string, orderId: string) {
  const stop = (await load(shop, waveId)).tours.flatMap(({ stops }) => stops).find((one) => one.orderId === orderId)
  return { seq: stop?.seq ?? 0, code: stop?.sku ?? '' }
}

describe('holding an order that is in work', () => {
  test('keeps it from its courier until it is released, and the customer hears both', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 1 })
    const waveId = await packed(shop)
    await holdOrder(shop.workshop, shop.caller, order.code)
    expect((await exportManifests(shop.workshop, shop.caller, { waveId })).closed).toEqual([])
    const steps = await nextSteps(shop.workshop, order.code)
    expect([steps.hold, steps.release]).toEqual([undefined, []])
    await releaseOrder(shop.workshop, shop.caller, order.code)
    expect((await orderOf(shop, order.id)).holds).toEqual([])
    expect((await exportManifests(shop.workshop, shop.caller, { waveId })).closed).toHaveLength(1)
    await reportStatus(shop.workshop, shop.caller)
    expect(told(shop, order)).toEqual(['planned', 'picking:parcel', 'packed:parcel', 'on-hold', 'packed', 'handed-over:parcel']) // prettier-ignore
  })
})

describe('another address', () => {
  const recipient = { name: 'Quirrenbach', lines: ['Neue Gasse 4'], postcode: '10999', city: 'Berlin', country: 'DE' }

  test('in the same area voids the label and makes a new one', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 1 })
    const before = await orderOf(shop, order.id)
    const waveId = await packed(shop)
    const label = async () => (await load(shop, waveId)).documents.find(({ kind }) => kind === 'label')?.id
    const old = await label()
    const to = { ...recipient, postcode: `${before.postcodeArea}999` }
    expect(codes((await nextSteps(shop.workshop, order.code)).address)).toEqual(['label-new', 'area-fixed'])
    expect(await changeAddress(shop.workshop, shop.caller, { order: order.code, recipient: to })).toMatchObject({
      outcome: 'relabelled',
    })
    expect(await label()).toBeDefined()
    expect(await label()).not.toBe(old)
    expect(shop.written()).not.toContain('Neue Gasse')
  })

  test('in another area is planned again, but not once people have begun to pick', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 1 })
    await issued(shop)
    const to = { ...recipient, postcode: '80331', city: 'München' }
    expect(await changeAddress(shop.workshop, shop.caller, { order: order.code, recipient: to })).toMatchObject({
      outcome: 'replanned',
    })
    expect((await orderOf(shop, order.id)).postcodeArea).toBe('80')
    const other = await openTestShop()
    const begun = await taken(other, { TEA: 1 })
    await packed(other)
    const late = changeAddress(other.workshop, other.caller, { order: begun.code, recipient: to })
    await expect(late).rejects.toMatchObject({ code: 'ERR_CHANGE_TOO_LATE' })
  })
})

describe('parts of an order', () => {
  test('split before planning travel apart, at the same prices, and the storefront sees both', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 2, MUG: 1 })
    const line = order.lines.find(({ sku }) => sku === 'MUG')
    const parts = [{ orderLineId: line?.id ?? '', quantity: 1 }]
    const { code } = await splitOrder(shop.workshop, shop.caller, { order: order.code, parts })
    expect((await orderOf(shop, code)).lines).toMatchObject([
      { sku: 'MUG', quantity: 1, externalId: line?.externalId, unitPriceMinor: line?.unitPriceMinor },
    ])
    expect((await nextSteps(shop.workshop, order.code)).followers).toMatchObject([{ code, why: 'split' }])
    expect((await nextSteps(shop.workshop, order.code)).owed).toEqual([])
    const whole = splitOrder(shop.workshop, shop.caller, { order: code, parts: [] })
    await expect(whole).rejects.toMatchObject({ code: 'ERR_SPLIT_WHOLE' })
    const waveId = await packed(shop)
    expect((await load(shop, waveId)).parcels).toHaveLength(2)
    await reportStatus(shop.workshop, shop.caller)
    const packages = shop.storefront.reports.flatMap(({ report }) => (report.contents ? [report.contents] : []))
    expect(packages.at(-1)?.map(({ letter }) => letter)).toEqual(['A', 'B'])
    const late = splitOrder(shop.workshop, shop.caller, { order: order.code, parts })
    await expect(late).rejects.toMatchObject({ code: 'ERR_STATUS_NOT_ALLOWED' })
  })

  test('come back into the whole as if nothing had been split', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 2, MUG: 1 })
    const parts = [{ orderLineId: order.lines.find(({ sku }) => sku === 'TEA')?.id ?? '', quantity: 1 }]
    const { code } = await splitOrder(shop.workshop, shop.caller, { order: order.code, parts })
    expect((await nextSteps(shop.workshop, order.code)).merge).toEqual([{ code, pieces: 1 }])
    await mergeOrders(shop.workshop, shop.caller, { into: order.code, other: code })
    expect((await orderOf(shop, order.code)).lines).toEqual(order.lines)
    expect((await orderOf(shop, code)).status).toBe('cancelled')
    expect((await nextSteps(shop.workshop, order.code)).owed).toEqual([])
    await reportStatus(shop.workshop, shop.caller)
    expect(told(shop, order)).not.toContain('cancelled')
  })

  test('that were missing can be sent later', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { MUG: 8 })
    const waveId = await issued(shop)
    await reportShortPick(shop.workshop, shop.caller, { waveId, tour: 1, seq: 1, quantity: 2 })
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    const steps = await nextSteps(shop.workshop, order.code)
    expect(steps.owed).toMatchObject([{ sku: 'MUG', quantity: 2 }])
    const rest = await sendRest(shop.workshop, shop.caller, { order: order.code })
    expect(rest).toMatchObject({ pieces: 2, isNew: true })
    expect((await nextSteps(shop.workshop, order.code)).owed).toEqual([])
    const nothing = sendRest(shop.workshop, shop.caller, { order: order.code })
    await expect(nothing).rejects.toMatchObject({ code: 'ERR_SPLIT_WHOLE' })
  })

  test('cancelled one by one never cancel the order that the storefront knows', async () => {
    const shop = await openTestShop()
    const order = await taken(shop, { TEA: 2, MUG: 1 })
    const line = order.lines.find(({ sku }) => sku === 'MUG')
    const parts = [{ orderLineId: line?.id ?? '', quantity: 1 }]
    const { code } = await splitOrder(shop.workshop, shop.caller, { order: order.code, parts })
    await planned(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: code, reason: 'by-customer' })
    await reportStatus(shop.workshop, shop.caller)
    expect(told(shop, order)).toContain('cancelled:parcel')
    expect(told(shop, order)).not.toContain('cancelled')
  })
})

describe('merging', () => {
  test('makes two orders of one customer at the counter one', async () => {
    const shop = await openTestShop()
    const customer = { name: 'Quirrenbach', address: counterAddress }
    const first = await place(shop, { service: 'standard', customer })
    const { userId } = await orderOf(shop, first.code)
    const second = await place(shop, { service: 'standard', customer: { ...customer, userId }, lines: [{ code: 'MUG', quantity: 1 }] }) // prettier-ignore
    const stranger = await place(shop, { service: 'standard', customer: { name: 'Other', address: counterAddress } })
    expect((await nextSteps(shop.workshop, first.code)).merge).toEqual([{ code: second.code, pieces: 1 }])
    const steps = await nextSteps(shop.workshop, second.code)
    expect([steps.merge.map(({ code }) => code), steps.apart]).toEqual([[first.code], []])
    await mergeOrders(shop.workshop, shop.caller, { into: first.code, other: second.code })
    expect((await orderOf(shop, first.code)).lines.map(({ sku }) => sku)).toEqual(['TEA', 'MUG'])
    expect((await orderOf(shop, second.code)).status).toBe('cancelled')
    const apart = mergeOrders(shop.workshop, shop.caller, { into: first.code, other: stranger.code })
    await expect(apart).rejects.toMatchObject({ code: 'ERR_MERGE_APART' })
  })

  test('is not offered for orders of a storefront, whose customer follows each under its own number, and they are named', async () => {
    const shop = await openTestShop()
    const entry = storefrontOrder({ TEA: 1 })
    const [one, two] = await takeOrders(shop, [entry, { ...storefrontOrder({ MUG: 1 }), user: entry.user, deliveryAddress: entry.deliveryAddress }]) // prettier-ignore
    const steps = await nextSteps(shop.workshop, one?.code ?? '')
    expect([steps.merge, steps.apart]).toEqual([[], [two?.code]])
    expect((await nextSteps(shop.workshop, two?.code ?? '')).apart).toEqual([one?.code])
  })
})

describe('a substitute', () => {
  async function withGreenTea() {
    const shop = await openTestShop()
    await shop.store.saveProducts(
      [
        makeProduct({ sku: 'GREEN', gtin: '2000000000053', name: 'Green tea', handling: makeHandling({ class: 'food' }) }), // prettier-ignore
        makeProduct({ sku: 'CRATE', sizeMm: [900, 900, 900], handling: makeHandling({ class: 'food' }) }),
      ],
      [makeMovement({ sku: 'GREEN', location: 'C-1', quantity: 5 })],
      makeAudit(),
    )
    const order = await taken(shop, { TEA: 2 })
    const waveId = await issued(shop)
    const wish = { waveId, tour: 1, seq: 1, quantity: 1, code: '2000000000053', hasConsent: true, isMissing: true }
    return { shop, order, waveId, wish }
  }

  test('takes a stop and the room of the other, and the customer is told the new contents', async () => {
    const { shop, order, waveId, wish } = await withGreenTea()
    const done = await substitute(shop.workshop, shop.caller, wish)
    expect(done).toMatchObject({ sku: 'GREEN', location: 'C-1', seq: 2, stop: { short: 1 } })
    expect(await shelves(shop)).toMatchObject({ 'TEA A-1': [9, 1], 'GREEN C-1': [5, 1] })
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    const [parcel] = (await load(shop, waveId)).parcels
    expect(parcel?.contents).toMatchObject([{ sku: 'TEA', quantity: 1 }, { sku: 'GREEN', quantity: 1 }]) // prettier-ignore
    expect(parcel?.placements.map(({ sku }) => sku).toSorted()).toEqual(['GREEN', 'TEA'])
    await reportStatus(shop.workshop, shop.caller)
    expect(shop.storefront.reports.find(({ report }) => report.reason === 'substituted')?.report.contents?.[0]?.contents).toMatchObject([{ sku: 'TEA' }, { sku: 'GREEN' }]) // prettier-ignore
    expect((await orderOf(shop, order.id)).lines[0]?.withdrawn).toBe(0)
  })

  test('needs consent, room and enough pieces', async () => {
    const { shop, wish } = await withGreenTea()
    const ask = (given: Partial<typeof wish>) => substitute(shop.workshop, shop.caller, { ...wish, ...given })
    await expect(ask({ hasConsent: false })).rejects.toMatchObject({ code: 'ERR_CONSENT_NEEDED' })
    await expect(ask({ code: 'CRATE' })).rejects.toMatchObject({ code: 'ERR_SUBSTITUTE_UNFIT', details: { why: 'size' } }) // prettier-ignore
    await expect(ask({ code: 'PAINT' })).rejects.toMatchObject({ details: { why: 'handling' } })
    await expect(ask({ code: 'nothing' })).rejects.toMatchObject({ code: 'ERR_PRODUCT_NOT_FOUND' })
  })
})
