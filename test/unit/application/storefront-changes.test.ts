import { afterAll, describe, expect, test } from 'vitest'
import { cancelOrder, holdOrder, releaseOrder } from '../../../src-main/application/change-order.ts'
import { exportManifests } from '../../../src-main/application/export-manifest.ts'
import { issueDocuments } from '../../../src-main/application/issue-documents.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { readBeforeLabels } from '../../../src-main/application/read-before-labels.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { dismissMessage, retryMessage } from '../../../src-main/application/settle-message.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import { keepAsItIs, takeOverChange } from '../../../src-main/application/take-over-change.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import type { StorefrontOrder } from '../../../src-main/ports/storefront.ts'
import { makeAddress, storefrontOrder } from './fake-storefront.ts'
import { issued, load, openedDelivery, packAll, pickAll, planned, takeOrders, told } from './line-of-work.ts'
import { openTestShop, removeTestShops, type ShopOptions, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const unsealed: ShopOptions = { settings: { privacy: { sealing: 'off', labelDays: 60, purgeDaysAfterDelivery: 14 } } }
const sync = (shop: TestShop) => syncStorefronts(shop.workshop, shop.caller)
const orderOf = async (shop: TestShop, id: string): Promise<Order> => {
  const [order] = await shop.store.findImported('main', [id])
  if (!order) throw new Error(id)
  return order
}
const moved = (order: StorefrontOrder, line: string): StorefrontOrder => ({ ...order, deliveryAddress: makeAddress({ lines: [line] }) }) // prettier-ignore
const labelsOf = async (shop: TestShop, waveId: string) => {
  const { documents, parcels } = await load(shop, waveId)
  const current = documents.filter(({ kind, withdrawnAt }) => kind === 'label' && withdrawnAt === undefined)
  return current.map(({ subjectId, version }) => [parcels.find(({ id }) => id === subjectId)?.orderCode, version]).toSorted() // prettier-ignore
}
const deliveryText = async (shop: TestShop, waveId: string): Promise<string> =>
  JSON.stringify(await openedDelivery(shop, (await load(shop, waveId)).documents))

async function readAndIssue(shop: TestShop, waveId: string): Promise<void> {
  const asOf = await readBeforeLabels(shop.workshop, shop.caller, waveId)
  await issueLabels(shop.workshop, shop.caller, waveId, asOf)
}

describe('before a label is issued', () => {
  test('the order is read again, and a new address stands on the label without anybody asking', async () => {
    const shop = await openTestShop(unsealed)
    const order = storefrontOrder({ TEA: 1 })
    await takeOrders(shop, [order])
    const waveId = await planned(shop)
    await issueDocuments(shop.workshop, shop.caller, waveId)
    shop.storefront.orders.push(moved(order, 'Zypressenweg 12'))
    await readAndIssue(shop, waveId)
    expect(await deliveryText(shop, waveId)).toContain('Zypressenweg 12')
    expect((await orderOf(shop, order.id)).holds).toEqual([])
  })

  test('an order cancelled meanwhile gets none, and the manager is asked; the others get theirs', async () => {
    const shop = await openTestShop()
    const [one, two] = [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })]
    await takeOrders(shop, [one, two])
    const waveId = await planned(shop)
    await issueDocuments(shop.workshop, shop.caller, waveId)
    shop.storefront.orders.push({ ...one, status: 'cancelled' })
    await readAndIssue(shop, waveId)
    const [first, second] = [await orderOf(shop, one.id), await orderOf(shop, two.id)]
    expect(await labelsOf(shop, waveId)).toEqual([[second.code, 1]])
    expect(first.holds).toMatchObject([{ facts: { changed: 'cancelled-at-storefront' } }])
    await pickAll(shop, waveId)
    await packAll(shop, waveId)
    expect((await exportManifests(shop.workshop, shop.caller, { waveId })).closed).toMatchObject([{ parcels: 1 }])
    expect((await orderOf(shop, one.id)).status).toBe('packed')
    expect(await takeOverChange(shop.workshop, shop.caller, { order: first.code })).toBe('cancelled')
    expect((await orderOf(shop, one.id)).status).toBe('cancelled')
  })

  test('a storefront that is away holds nothing up: the label says since when its address is known', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const waveId = await planned(shop)
    await issueDocuments(shop.workshop, shop.caller, waveId)
    const heardAt = shop.clock.now()
    shop.clock.forward(900_000)
    shop.storefront.before = () => {
      throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'no-connection' })
    }
    await readAndIssue(shop, waveId)
    expect(await deliveryText(shop, waveId)).toContain(`"addressAsOf":${heardAt}`)
    expect(await labelsOf(shop, waveId)).toHaveLength(1)
  })
})

describe('an order changed at the storefront while people work on it', () => {
  test('stays as it is, says what differs without anything personal, and asks no more when it is as it was', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 2, MUG: 1 })
    await takeOrders(shop, [order])
    await issued(shop)
    const other = {
      ...moved(order, 'Zypressenweg 12'),
      service: 'express' as const,
      lines: [{ ...order.lines[0]!, quantity: 3 }],
    }
    const [asked] = await takeOrders(shop, [other])
    expect(asked?.holds).toEqual([
      { code: 'by-hand', facts: { changed: 'changed-at-storefront', lines: 'TEA 2→3, MUG −1', address: 'other', service: 'standard→express' } },
    ]) // prettier-ignore
    expect(asked?.lines.map(({ quantity }) => quantity)).toEqual([2, 1])
    const [again] = await takeOrders(shop, [{ ...order, changedAt: order.changedAt + 5 }])
    expect(again?.holds).toEqual([])
  })

  test('taken over, a new address gets a new label, and only that one', async () => {
    const shop = await openTestShop()
    const [one, two] = [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })]
    await takeOrders(shop, [one, two])
    const waveId = await issued(shop)
    await takeOrders(shop, [moved(one, 'Zypressenweg 12')])
    const [first, second] = [await orderOf(shop, one.id), await orderOf(shop, two.id)]
    expect(await takeOverChange(shop.workshop, shop.caller, { order: first.code })).toBe('moved')
    expect(await labelsOf(shop, waveId)).toEqual([[first.code, 2], [second.code, 1]]) // prettier-ignore
    expect((await orderOf(shop, one.id)).holds).toEqual([])
    await sync(shop)
    expect((await orderOf(shop, one.id)).holds).toEqual([])
  })

  test('taken over, other lines are planned again while nobody has begun, and refused once somebody has', async () => {
    const shop = await openTestShop()
    const [one, two] = [storefrontOrder({ TEA: 1 }), storefrontOrder({ TEA: 1 })]
    await takeOrders(shop, [one, two])
    const waveId = await issued(shop)
    const more = (order: StorefrontOrder, quantity: number) => ({ ...order, lines: order.lines.map((line) => ({ ...line, quantity })) }) // prettier-ignore
    await takeOrders(shop, [more(one, 3)])
    expect(await takeOverChange(shop.workshop, shop.caller, { order: (await orderOf(shop, one.id)).code })).toBe('replanned') // prettier-ignore
    expect(await orderOf(shop, one.id)).toMatchObject({ status: 'planned', holds: [], lines: [{ quantity: 3 }] })
    expect((await load(shop, waveId)).tours.flatMap(({ stops }) => stops).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4) // prettier-ignore
    await issueDocuments(shop.workshop, shop.caller, waveId)
    await issueLabels(shop.workshop, shop.caller, waveId)
    await pickAll(shop, waveId)
    await takeOrders(shop, [more(two, 2)])
    const late = (await orderOf(shop, two.id)).code
    await expect(takeOverChange(shop.workshop, shop.caller, { order: late })).rejects.toMatchObject({ code: 'ERR_CHANGE_TOO_LATE' }) // prettier-ignore
    await keepAsItIs(shop.workshop, shop.caller, late)
    await sync(shop)
    expect((await orderOf(shop, two.id)).holds).toEqual([])
  })

  test('comes back to life here when the storefront takes its own cancelling back', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 1 })
    await takeOrders(shop, [order])
    await takeOrders(shop, [{ ...order, status: 'cancelled' }])
    expect((await orderOf(shop, order.id)).status).toBe('cancelled')
    const [revived] = await takeOrders(shop, [{ ...order, changedAt: 7 }])
    expect(revived).toMatchObject({ status: 'received', holds: [] })
  })

  test('cancelled here and open there is asked about once, kept or brought back', async () => {
    const shop = await openTestShop()
    const order = storefrontOrder({ TEA: 1 })
    const [taken] = await takeOrders(shop, [order])
    await cancelOrder(shop.workshop, shop.caller, { order: taken?.code ?? '', reason: 'by-shop' })
    await sync(shop)
    await sync(shop)
    expect((await orderOf(shop, order.id)).holds).toMatchObject([{ facts: { changed: 'open-at-storefront' } }])
    await keepAsItIs(shop.workshop, shop.caller, taken?.code ?? '')
    await sync(shop)
    expect((await orderOf(shop, order.id)).holds).toMatchObject([{ facts: { kept: 'open-at-storefront' } }])
  })
})

describe('orders that are gone at the storefront', () => {
  test('are cancelled one by one, but put to the manager when most are gone at once', async () => {
    const shop = await openTestShop()
    const orders = Array.from({ length: 10 }, () => storefrontOrder({ TEA: 1 }))
    await takeOrders(shop, orders)
    const without = (gone: readonly StorefrontOrder[]): void => {
      const ids = new Set(gone.map(({ id }) => id))
      const kept = shop.storefront.orders.filter(({ id }) => !ids.has(id))
      shop.storefront.orders.splice(0, Infinity, ...kept)
    }
    without(orders.slice(0, 1))
    expect((await sync(shop))[0]?.reconciled).toMatchObject({ compared: 9, gone: 1, repaired: 1 })
    expect((await shop.store.listOrders({ status: ['cancelled'], offset: 0, limit: 9 })).total).toBe(1)
    without(orders)
    await sync(shop)
    expect((await shop.store.listOrders({ status: ['cancelled'], offset: 0, limit: 9 })).total).toBe(1)
    const held = await shop.store.listOrders({ isHeld: true, offset: 0, limit: 20 })
    expect(held.rows.map(({ order }) => order.holds[0]?.facts['changed'])).toEqual(Array.from({ length: 9 }, () => 'gone-at-storefront')) // prettier-ignore
    shop.storefront.orders.push(...orders.slice(1))
    await sync(shop)
    expect((await shop.store.listOrders({ status: ['received'], offset: 0, limit: 20 })).total).toBe(9)
  })
})

describe('the outbox', () => {
  test('tells nobody of a slip that was taken back in time', async () => {
    const shop = await openTestShop({ settings: { undoMs: 30_000 } })
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await holdOrder(shop.workshop, shop.caller, order?.code ?? '')
    shop.clock.forward(10_000)
    await releaseOrder(shop.workshop, shop.caller, order?.code ?? '')
    shop.clock.forward(60_000)
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual([])
    await holdOrder(shop.workshop, shop.caller, order?.code ?? '')
    shop.clock.forward(40_000)
    await reportStatus(shop.workshop, shop.caller)
    await releaseOrder(shop.workshop, shop.caller, order?.code ?? '')
    shop.clock.forward(40_000)
    await reportStatus(shop.workshop, shop.caller)
    expect(order && told(shop, order)).toEqual(['on-hold', 'received'])
  })

  test('says once that an order is on hold, however often it is put there', async () => {
    const shop = await openTestShop({ settings: { undoMs: 30_000 } })
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const code = order?.code ?? ''
    const afterAll = async (...steps: readonly (typeof holdOrder)[]) => {
      for (const step of steps) await step(shop.workshop, shop.caller, code)
      shop.clock.forward(60_000)
      await reportStatus(shop.workshop, shop.caller)
      return order && told(shop, order)
    }
    expect(await afterAll(releaseOrder, holdOrder, holdOrder, releaseOrder, releaseOrder)).toEqual([])
    expect(await afterAll(holdOrder, holdOrder)).toEqual(['on-hold'])
  })

  test('sends a refused report again when asked, or lays it aside with the reason', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    shop.storefront.answerReport = ({ report }) => ({ id: report.id, outcome: 'rejected', reason: 'kind-unknown' })
    await holdOrder(shop.workshop, shop.caller, order?.code ?? '')
    await reportStatus(shop.workshop, shop.caller)
    const refused = async () => (await shop.store.listMessages({ state: 'refused', offset: 0, limit: 9 })).rows
    const [message] = await refused()
    expect(message).toMatchObject({ lastProblem: 'kind-unknown' })
    await retryMessage(shop.workshop, shop.caller, message?.id ?? '')
    await reportStatus(shop.workshop, shop.caller)
    expect(await refused()).toHaveLength(1)
    await dismissMessage(shop.workshop, shop.caller, { message: message?.id ?? '', reason: 'told-otherwise' })
    expect(await refused()).toEqual([])
    await expect(retryMessage(shop.workshop, shop.caller, message?.id ?? '')).rejects.toMatchObject({ code: 'ERR_MESSAGE_SETTLED' }) // prettier-ignore
  })
})

describe('a storefront that fails', () => {
  test('is left alone for a while, longer each time, but not when a person asks', async () => {
    const shop = await openTestShop()
    await sync(shop)
    const calls: string[] = []
    shop.storefront.before = (call) => {
      calls.push(call)
      throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'too-many-requests', retryAfterMs: 120_000 })
    }
    const background = () => syncStorefronts(shop.workshop, shop.caller, { isAsked: false })
    await expect(background()).rejects.toMatchObject({ details: { what: 'too-many-requests' } })
    expect(await background()).toEqual([])
    expect(calls).toHaveLength(1)
    const [connection] = await shop.store.loadConnections()
    expect(JSON.parse(connection?.lastSyncSummary ?? '{}')).toMatchObject({ at: shop.clock.now(), failure: { what: 'too-many-requests', times: 1, retryAt: shop.clock.now() + 120_000 } }) // prettier-ignore
    await expect(sync(shop)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_UNREACHABLE' })
    shop.clock.forward(3_600_000)
    shop.storefront.before = () => undefined
    expect((await background())[0]?.failure).toBeUndefined()
  })
})
