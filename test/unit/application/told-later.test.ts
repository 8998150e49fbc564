import { afterAll, describe, expect, test } from 'vitest'
import { createRoom } from '../../../src-main/hosts/handlers.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, takeOrders } from './line-of-work.ts'
import { gtins, openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

const minute = 60_000

/** A wave issued an hour ago, and two people with a PIN at one tablet; the second of them is signed in. */
async function openFloor() {
  const shop = await openTestShop()
  await takeOrders(shop, [storefrontOrder({ TEA: 3 })])
  const wave = await issued(shop)
  shop.clock.forward(60 * minute)
  const room = createRoom(shop.workshop)
  const desktop = { door: 'desktop', actor: 'desktop' } as const
  for (const [name, pin] of [
    ['Ida', '4821'],
    ['Jo', '7305'],
  ] as const)
    // prettier-ignore
    await room.call('staff.save', { name, role: 'packer', pin }, desktop, 'job')
  const [ida = '', jo = ''] = (await shop.store.loadStaff()).map(({ id }) => id)
  const tablet = { door: 'station', actor: 'station:1', isRemote: true } as const
  await room.call('staff.sign-in', { name: 'Jo', pin: '7305' }, tablet, 'job')
  const call = (operation: string, input: object) => room.call(operation, input, tablet, 'job')
  const pick = { wave, tour: 1, seq: 1, code: gtins.TEA, quantity: 1 }
  const now = shop.clock.now()
  const last = async () => {
    const { tours, orders } = await shop.store.loadWave(wave)
    const events = (await shop.store.findOrder(orders[0]?.id ?? ''))?.events ?? []
    const [audit] = (await shop.store.listAudit({ actions: ['confirm-pick', 'short-pick'], offset: 0, limit: 1 })).rows
    return { tour: tours[0], event: events.find(({ status }) => status === 'picking'), audit }
  }
  return { call, ida, jo, pick, now, last }
}

describe('a pick that waited at its station', () => {
  test('was done when and by whom it was done; the log says when and by whom it was told', async () => {
    const { call, ida, jo, pick, now, last } = await openFloor()
    expect(await call('pick.confirm', { ...pick, quantity: 3, agoMs: 20 * minute, by: ida })).toMatchObject({
      ok: true,
    })
    const { tour, event, audit } = await last()
    expect(tour?.walk?.done).toEqual([[1, now - 20 * minute]])
    expect(event).toMatchObject({ at: now - 20 * minute, actor: `staff:${ida}` })
    expect(audit).toMatchObject({ at: now, actor: `staff:${ida}`, facts: { toldBy: `staff:${jo}` } })
    expect(audit?.facts).toHaveProperty('doneAt')
  })

  test('is not believed to have been before its tour was planned', async () => {
    const { call, pick, now, last } = await openFloor()
    await call('pick.confirm', { ...pick, agoMs: 24 * 60 * minute })
    const { event, audit } = await last()
    expect(event?.at).toBe(now)
    expect(audit?.facts).toHaveProperty('notBelievedAt')
  })

  test('nor in the future, nor by somebody who does not work here', async () => {
    const { call, jo, pick, now, last } = await openFloor()
    expect(await call('pick.confirm', { ...pick, agoMs: -1 })).toMatchObject({ error: { code: 'ERR_INPUT_INVALID' } })
    await call('pick.confirm', { ...pick, by: 'nobody' })
    const { event, audit } = await last()
    expect(event).toMatchObject({ at: now, actor: `staff:${jo}` })
    expect(audit?.facts).toEqual({ tour: 1 })
  })

  test('told at once is an ordinary one, and a short pick is told like a pick', async () => {
    const { call, ida, jo, pick, now, last } = await openFloor()
    await call('pick.confirm', { ...pick, agoMs: 40, by: jo })
    expect((await last()).audit).toMatchObject({ at: now, actor: `staff:${jo}`, facts: { tour: 1 } })
    const { code: _none, ...short } = pick
    await call('pick.short', { ...short, agoMs: 5 * minute, by: ida })
    expect((await last()).audit).toMatchObject({ action: 'short-pick', actor: `staff:${ida}`, facts: { toldBy: `staff:${jo}` } }) // prettier-ignore
  })
})
