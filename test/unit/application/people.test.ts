import { afterAll, describe, expect, test } from 'vitest'
import { erasePerson, purgeOldOrders, repeatErasures } from '../../../src-main/application/erase-person.ts'
import { explainOrder } from '../../../src-main/application/explain-order.ts'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { importStatus } from '../../../src-main/application/import-status.ts'
import { findTerminal, pairTerminal, revokeTerminal } from '../../../src-main/application/pair-terminal.ts'
import { saveStaff, signIn } from '../../../src-main/application/staff.ts'
import { queryTokens } from '../../../src-main/application/search-tokens.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { courierSays, issued, packed, planned, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops, type TestShop } from './test-shop.ts'

afterAll(removeTestShops)

const dayMs = 86_400_000

describe('finding an order by its customer', () => {
  test('works by word, beginning, e-mail and telephone, and not by guessing at the store', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [
      storefrontOrder({ TEA: 1 }),
      storefrontOrder({ TEA: 1 }, { user: { ...storefrontOrder({}).user, name: 'Bo', contact: {} }, address: { name: 'Bo Li', phone: '+1 555 0100', city: 'Zürich' } }), // prettier-ignore
    ])
    const find = async (typed: string) =>
      (await shop.store.listOrders({ tokens: queryTokens(shop.workshop.vault, typed), offset: 0, limit: 9 })).rows.map((row) => row.order.code) // prettier-ignore
    expect(await find('quirrenb')).toEqual(['326-01'])
    expect(await find('Zoe QUIRRENBACH')).toEqual(['326-01'])
    expect(await find('quirrenbach@example.org')).toEqual(['326-01'])
    expect(await find('+49 30 9988776')).toEqual(['326-01'])
    expect(await find('zurich')).toEqual(['326-02'])
    expect(await find('nobody')).toEqual([])
  })
})

describe('forgetting people', () => {
  async function delivered(shop: TestShop) {
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    const { number: manifest } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const pid = (await shop.store.loadManifest(manifest)).parcels[0]?.number ?? ''
    const events = [{ pid, status: 'delivered' as const, at: shop.clock.now() }]
    await importStatus(shop.workshop, shop.caller, await courierSays(shop, 'VAN', { manifest, sequence: 1, events }))
    if (!order) throw new Error('the order was taken')
    return { order, manifest }
  }

  test('purges an order some days after delivery: data, label files and sealed blocks', async () => {
    const shop = await openTestShop()
    const { order, manifest } = await delivered(shop)
    shop.clock.forward(14 * dayMs)
    expect(await purgeOldOrders(shop.workshop, shop.caller)).toMatchObject({ orders: 0 })
    const files = shop.files.size
    shop.clock.forward(dayMs)
    const counts = await purgeOldOrders(shop.workshop, shop.caller)
    expect(counts).toMatchObject({ orders: 1 })
    expect(shop.files.size).toBe(files - 2)
    expect((await shop.store.findOrder(order.id))?.order).toMatchObject({ personal: undefined, status: 'delivered' })
    const { documents } = await shop.store.loadManifest(manifest)
    expect(documents.find((document) => document.kind === 'delivery')?.text).toContain('"sealed":""')
    expect(await purgeOldOrders(shop.workshop, shop.caller)).toMatchObject({ orders: 0 })
  })

  test('leaves orders alone that are still on their way', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    shop.clock.forward(400 * dayMs)
    expect(await purgeOldOrders(shop.workshop, shop.caller)).toMatchObject({ orders: 0 })
  })

  test('erases a person with all of their orders, finds nothing the second time, and can be repeated', async () => {
    const shop = await openTestShop()
    const { order } = await delivered(shop)
    const first = await erasePerson(shop.workshop, shop.caller, order.userId)
    expect(first).toMatchObject({ orders: 1, users: 1 })
    expect(await erasePerson(shop.workshop, shop.caller, order.userId)).toMatchObject({ orders: 0, users: 0 })
    expect(await shop.store.loadErasures()).toEqual([order.userId])
    expect(await repeatErasures(shop.workshop, shop.caller, [order.userId, 'somebody-else'])).toBe(2)
    expect(await explainOrder(shop.workshop, order.code)).toMatchObject({ status: 'delivered' })
  })

  test('stops the label of an erased customer with the facts instead of printing an empty one', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await planned(shop)
    await erasePerson(shop.workshop, shop.caller, order?.userId ?? '')
    const [again] = await takeOrders(shop, [storefrontOrder({ MUG: 1 })])
    expect(again?.status).toBe('received')
    await expect(issued(shop)).resolves.toBeDefined()
  })
})

describe('who works here', () => {
  test('a terminal’s token opens nothing after it was revoked, and is kept nowhere', async () => {
    const shop = await openTestShop()
    const { token, terminalId } = await pairTerminal(shop.workshop, shop.caller, 'Tablet 1')
    expect((await findTerminal(shop.workshop, token))?.name).toBe('Tablet 1')
    expect(await findTerminal(shop.workshop, `${token}0`)).toBeUndefined()
    expect(shop.written()).not.toContain(`"${token}"`)
    await revokeTerminal(shop.workshop, shop.caller, terminalId)
    expect(await findTerminal(shop.workshop, token)).toBeUndefined()
    await expect(revokeTerminal(shop.workshop, shop.caller, 'nothing')).rejects.toMatchObject({
      code: 'ERR_NOT_PAIRED',
    })
  })

  test('a PIN belongs to one name; staff without one cannot sign in', async () => {
    const shop = await openTestShop()
    await saveStaff(shop.workshop, shop.caller, { name: 'Pat', role: 'picker', pin: '4711' })
    await saveStaff(shop.workshop, shop.caller, { name: 'Kim', role: 'packer' })
    expect(await signIn(shop.workshop, { name: 'Pat', pin: '4711' })).toMatchObject({ name: 'Pat', role: 'picker' })
    await expect(signIn(shop.workshop, { name: 'Pat', pin: '4712' })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' })
    await expect(signIn(shop.workshop, { name: 'Kim', pin: '' })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' })
    await expect(signIn(shop.workshop, { name: 'Eve', pin: '1' })).rejects.toMatchObject({ code: 'ERR_STAFF_NOT_FOUND' }) // prettier-ignore
    await saveStaff(shop.workshop, shop.caller, { name: 'Pat', role: 'manager' })
    expect(await signIn(shop.workshop, { name: 'Pat', pin: '4711' })).toMatchObject({ role: 'manager' })
    expect(shop.written()).not.toContain('4711')
  })
})

describe('explaining an order', () => {
  test('replays totals against limits, the rules in force and what they keep apart', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 2, PAINT: 1 })])
    expect(await explainOrder(shop.workshop, order?.code ?? '')).toMatchObject({ parcels: [], rules: undefined, pieceCount: 3 }) // prettier-ignore
    await planned(shop)
    const explained = await explainOrder(shop.workshop, order?.id ?? '')
    expect(explained).toMatchObject({ moreThanOne: true, rules: { keepApart: [['food', 'chemicals']] }, proof: { isFewest: true } }) // prettier-ignore
    for (const parcel of explained.parcels) {
      expect(parcel.totals.grossG).toBeLessThanOrEqual(parcel.totals.allowableG)
      expect(parcel.totals.piecesCm3).toBeLessThanOrEqual(parcel.totals.allowableCm3)
      expect(parcel.why.code).not.toBe('')
    }
    await expect(explainOrder(shop.workshop, 'nothing')).rejects.toMatchObject({ code: 'ERR_ORDER_NOT_FOUND' })
  })
})
