import { afterAll, describe, expect, test } from 'vitest'
import { changeAddress } from '../../../src-main/application/change-address.ts'
import { cancelOrder, holdOrder, releaseOrder } from '../../../src-main/application/change-order.ts'
import { confirmPick } from '../../../src-main/application/confirm-pick.ts'
import { nextSteps } from '../../../src-main/application/consequences.ts'
import { erasePerson } from '../../../src-main/application/erase-person.ts'
import { sendRest, splitOrder } from '../../../src-main/application/follow-up.ts'
import { mergeOrders } from '../../../src-main/application/merge-orders.ts'
import { openPersonal } from '../../../src-main/application/open-personal.ts'
import { queryTokens } from '../../../src-main/application/search-tokens.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { planWave } from '../../../src-main/application/run-wave.ts'
import { takeBack } from '../../../src-main/application/take-back.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import { untoldMs } from '../../../src-main/domain/take-back.ts'
import { counterAddress, orderOf, place, removeCounterShops, stores } from './counter-shop.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { cartonsPromised, issued, load, packAll, packed, pickAll, planned, shelves, takeOrders, told } from './line-of-work.ts' // prettier-ignore
import { openTestShop, type TestShop } from './test-shop.ts'

afterAll(removeCounterShops)

const undoMs = 30_000
const over = { code: 'ERR_UNDO_OVER' }
const changed = { code: 'ERR_UNDO_CHANGED' }
const berlin = { name: 'Quirrenbach', lines: ['Neue Gasse 4'], postcode: '10999', city: 'Berlin', country: 'DE' }
const munich = { ...berlin, postcode: '80331', city: 'München' }

const undo = (shop: TestShop, order: string, id?: string) => takeBack(shop.workshop, shop.caller, { order, undo: id })

async function taken(shop: TestShop, lines: Record<string, number> = { TEA: 2 }): Promise<Order> {
  const [order] = await takeOrders(shop, [storefrontOrder(lines)])
  if (!order) throw new Error('no order')
  return order
}

/** Two orders of one customer to one address, taken at the counter; the second one is on hold. */
async function twoAtTheCounter(shop: TestShop) {
  const customer = { name: 'Quirrenbach', address: counterAddress }
  const first = await place(shop, { service: 'standard', customer, shippingMinor: 490 })
  const { userId } = await orderOf(shop, first.code)
  const lines = [{ code: 'MUG', quantity: 1 }]
  const second = await place(shop, { service: 'standard', customer: { ...customer, userId }, lines })
  await holdOrder(shop.workshop, shop.caller, second.code)
  return [first.code, second.code] as const
}

describe.each(stores)('a merge taken back, %s', (_name, makeStore) => {
  test('leaves both orders as they were, lines, holds, totals and all', async () => {
    const shop = await openTestShop({ makeStore })
    const [into, other] = await twoAtTheCounter(shop)
    const before = [await orderOf(shop, into), await orderOf(shop, other)]
    const merged = await mergeOrders(shop.workshop, shop.caller, { into, other })
    expect(merged.undo?.ms).toBe(untoldMs)
    expect(await undo(shop, into, merged.undo?.id)).toEqual({ deed: 'merge-orders', orders: [into, other] })
    expect([await orderOf(shop, into), await orderOf(shop, other)]).toEqual(before)
    expect((await shop.store.findOrder(other))?.events.at(-1)).toMatchObject({ status: 'on-hold', reason: 'merge-taken-back' }) // prettier-ignore
    await expect(undo(shop, into)).rejects.toMatchObject(over)
  })

  test('parts again what had been split off, and the storefront never hears of it', async () => {
    const shop = await openTestShop({ makeStore })
    const order = await taken(shop, { TEA: 2, MUG: 1 })
    const parts = [{ orderLineId: order.lines[0]?.id ?? '', quantity: 1 }]
    const { code } = await splitOrder(shop.workshop, shop.caller, { order: order.code, parts })
    const before = [await orderOf(shop, order.code), await orderOf(shop, code)]
    await mergeOrders(shop.workshop, shop.caller, { into: order.code, other: code })
    await undo(shop, code)
    expect([await orderOf(shop, order.code), await orderOf(shop, code)]).toEqual(before)
    expect((await nextSteps(shop.workshop, order.code)).owed).toEqual([])
    await reportStatus(shop.workshop, shop.caller)
    expect(told(shop, order)).not.toContain('cancelled')
  })
})

describe('a merge', () => {
  test('is not taken back once the order was planned, split or its time is past', async () => {
    const shop = await openTestShop()
    const [into, other] = await twoAtTheCounter(shop)
    await mergeOrders(shop.workshop, shop.caller, { into, other })
    const parts = [{ orderLineId: (await orderOf(shop, into)).lines[0]?.id ?? '', quantity: 1 }]
    const { code } = await splitOrder(shop.workshop, shop.caller, { order: into, parts })
    await expect(undo(shop, into)).rejects.toMatchObject(changed)
    const back = await mergeOrders(shop.workshop, shop.caller, { into, other: code })
    await expect(undo(shop, other)).rejects.toMatchObject(over)
    await expect(undo(shop, into, 'another')).rejects.toMatchObject(over)
    shop.clock.forward(untoldMs)
    await expect(undo(shop, into, back.undo?.id)).rejects.toMatchObject(over)
  })
})

describe.each(stores)('a change of address taken back, %s', (_name, makeStore) => {
  test('brings back the sealed address, where it goes and the words it is found by', async () => {
    const shop = await openTestShop({ makeStore })
    const order = await taken(shop)
    const found = async (word: string): Promise<number> =>
      (await shop.store.listOrders({ tokens: queryTokens(shop.workshop.vault, word), offset: 0, limit: 5 })).total
    const { recipient } = openPersonal(shop.workshop.vault, order) ?? {}
    const words = [recipient?.name, recipient?.city].map((text) => text?.split(' ')[0] ?? '')
    expect(await Promise.all(words.map(found))).toEqual([1, 1])
    const { outcome, undo: offer } = await changeAddress(shop.workshop, shop.caller, { order: order.code, recipient: munich }) // prettier-ignore
    expect([outcome, await found('München'), (await orderOf(shop, order.id)).postcodeArea]).toEqual(['kept', 1, '80'])
    expect(await undo(shop, order.code, offer?.id)).toMatchObject({ deed: 'change-address', address: 'kept' })
    expect(await orderOf(shop, order.id)).toEqual(order)
    expect(await Promise.all([...words, 'München'].map(found))).toEqual([1, 1, 0])
    expect(shop.written()).not.toContain(recipient?.lines[0])
  })

  test('makes the label anew for the former address, and plans again where it was another area', async () => {
    const shop = await openTestShop({ makeStore })
    const order = await taken(shop)
    const waveId = await packed(shop)
    const label = async () => (await load(shop, waveId)).documents.find(({ kind }) => kind === 'label')?.id
    const near = { ...berlin, postcode: `${order.postcodeArea}999` }
    await changeAddress(shop.workshop, shop.caller, { order: order.code, recipient: near })
    const moved = await label()
    expect(await undo(shop, order.code)).toMatchObject({ address: 'relabelled' })
    expect([moved, undefined]).not.toContain(await label())
    const other = await openTestShop({ makeStore })
    const planned = await taken(other)
    await issued(other)
    await changeAddress(other.workshop, other.caller, { order: planned.code, recipient: munich })
    expect(await undo(other, planned.code)).toMatchObject({ address: 'replanned' })
    expect(await orderOf(other, planned.id)).toMatchObject({ postcodeArea: planned.postcodeArea, status: 'planned' })
  })

  test('is forgotten with its time, and with the person', async () => {
    const shop = await openTestShop({ makeStore })
    const order = await taken(shop)
    const move = () => changeAddress(shop.workshop, shop.caller, { order: order.code, recipient: berlin })
    await move()
    await shop.store.forgetTakeBacks(shop.clock.now() + untoldMs)
    expect(await shop.store.findTakeBack(order.id)).toBeUndefined()
    await move()
    await erasePerson(shop.workshop, shop.caller, order.userId)
    expect(await shop.store.findTakeBack(order.id)).toBeUndefined()
    await expect(undo(shop, order.code)).rejects.toMatchObject(over)
  })
})

/** What is true of an order and of the wave it is in. */
const worldOf = async (shop: TestShop, order: Order, waveId?: string) => ({
  order: await orderOf(shop, order.id),
  bundle: waveId === undefined ? undefined : await load(shop, waveId),
  shelves: await shelves(shop),
  cartons: await cartonsPromised(shop),
})

const steps: Readonly<Record<string, (shop: TestShop) => Promise<string | undefined>>> = {
  'nobody has touched': async () => undefined,
  'is planned': planned,
  'has its papers': issued,
  'is half picked': async (shop) => {
    const waveId = await issued(shop)
    const { seq = 0, sku = '' } = (await load(shop, waveId)).tours[0]?.stops[0] ?? {}
    await confirmPick(shop.workshop, shop.caller, { waveId, tour: 1, seq, code: sku, quantity: 1 })
    return waveId
  },
  'is packed': packed,
}

describe.each(stores)('a cancelling taken back, %s', (_name, makeStore) => {
  test.each(Object.keys(steps))(
    'leaves everything as it was for an order that %s, and nobody hears of it',
    async (name) => {
      const shop = await openTestShop({ makeStore, settings: { undoMs } })
      const order = await taken(shop, { TEA: 2, PAINT: 1 })
      const waveId = await steps[name]?.(shop)
      const before = await worldOf(shop, order, waveId)
      const offer = await cancelOrder(shop.workshop, shop.caller, { order: order.code, reason: 'by-customer' })
      expect(offer?.ms).toBe(undoMs)
      expect(await orderOf(shop, order.id)).toMatchObject({ status: 'cancelled' })
      expect(await undo(shop, order.code, offer?.id)).toEqual({ deed: 'cancel-order', orders: [order.code] })
      expect(await worldOf(shop, order, waveId)).toEqual(before)
      shop.clock.forward(undoMs)
      if (waveId !== undefined && before.bundle?.wave.stage !== 'planned') {
        await pickAll(shop, waveId)
        await packAll(shop, waveId)
        expect((await load(shop, waveId)).wave.stage).toBe('packed')
      }
      shop.clock.forward(undoMs)
      await reportStatus(shop.workshop, shop.caller)
      expect(told(shop, order).filter((word) => word.startsWith('cancelled'))).toEqual([])
    },
  )

  test('stays once the storefront was told, and of an order of ours for longer', async () => {
    const shop = await openTestShop({ settings: { undoMs } })
    const order = await taken(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: order.code, reason: 'by-shop' })
    shop.clock.forward(undoMs)
    await expect(undo(shop, order.code)).rejects.toMatchObject(over)
    const { code } = await place(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: code, reason: 'by-shop' })
    shop.clock.forward(untoldMs - 1)
    await undo(shop, code)
    expect((await orderOf(shop, code)).status).toBe('received')
  })

  test('of a part stays once the same pieces were sent again', async () => {
    const shop = await openTestShop({ settings: { undoMs } })
    const order = await taken(shop, { TEA: 2 })
    const parts = [{ orderLineId: order.lines[0]?.id ?? '', quantity: 1 }]
    const { code } = await splitOrder(shop.workshop, shop.caller, { order: order.code, parts })
    await cancelOrder(shop.workshop, shop.caller, { order: code, reason: 'by-shop' })
    await sendRest(shop.workshop, shop.caller, { order: order.code })
    await expect(undo(shop, code)).rejects.toMatchObject(changed)
  })

  test('stays once its wave was planned anew, or its storefront has changed the order', async () => {
    const shop = await openTestShop({ settings: { undoMs } })
    const [one, two] = [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })]
    const [order] = await takeOrders(shop, [one, two])
    const waveId = await planned(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: order?.code ?? '', reason: 'by-shop' })
    await changeAddress(shop.workshop, shop.caller, { order: (await orderOf(shop, (await shop.store.findImported('main', [two.id]))[0]?.id ?? '')).code, recipient: munich }) // prettier-ignore
    await planWave(shop.workshop, shop.caller, waveId)
    await expect(undo(shop, order?.code ?? '')).rejects.toMatchObject(changed)
    const [fresh] = [storefrontOrder({ TEA: 1 })]
    const [later] = await takeOrders(shop, [fresh])
    await cancelOrder(shop.workshop, shop.caller, { order: later?.code ?? '', reason: 'by-shop' })
    await takeOrders(shop, [{ ...fresh, lines: fresh.lines.map((line) => ({ ...line, quantity: 3 })) }])
    await expect(undo(shop, later?.code ?? '')).rejects.toMatchObject(changed)
  })
})

describe('an order that came back while only cancelled parcels are left of it', () => {
  test('can be held, released and cancelled like any other', async () => {
    const shop = await openTestShop()
    const entry = storefrontOrder({ TEA: 1 })
    const [order] = await takeOrders(shop, [entry])
    const code = order?.code ?? ''
    await planned(shop)
    await cancelOrder(shop.workshop, shop.caller, { order: code, reason: 'by-customer' })
    await takeOrders(shop, [{ ...entry, status: 'cancelled' }])
    const [revived] = await takeOrders(shop, [{ ...entry, changedAt: 7 }])
    expect(revived?.status).toBe('received')
    expect((await nextSteps(shop.workshop, code)).cancel).toBeDefined()
    await holdOrder(shop.workshop, shop.caller, code)
    expect((await orderOf(shop, code)).status).toBe('on-hold')
    await releaseOrder(shop.workshop, shop.caller, code)
    expect((await orderOf(shop, code)).status).toBe('received')
    await packed(shop)
    expect((await orderOf(shop, code)).status).toBe('packed')
  })
})
