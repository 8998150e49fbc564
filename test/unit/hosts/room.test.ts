import { afterAll, describe, expect, test } from 'vitest'
import { createRoom, type Visitor } from '../../../src-main/hosts/handlers.ts'
import { keepInTouch } from '../../../src-main/hosts/keep-in-touch.ts'
import { tryCounter } from '../../../src-main/hosts/handlers/tries.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { operations } from '../../../src-main/contract/operations.ts'
import { storefrontOrder } from '../application/fake-storefront.ts'
import { takeOrders } from '../application/line-of-work.ts'
import { openTestShop, removeTestShops } from '../application/test-shop.ts'

afterAll(removeTestShops)
const manager: Visitor = { door: 'desktop', actor: 'desktop' }

describe('the room', () => {
  test('runs commands one at a time in the order they came, and queries at once', async () => {
    const shop = await openTestShop()
    const room = createRoom(shop.workshop)
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 })])
    const done: string[] = []
    const call = async (name: string, operation: string, input: unknown): Promise<void> => {
      const reply = await room.call(operation, input, manager, name)
      done.push(`${name} ${reply.ok ? 'ok' : reply.error.code}`)
    }
    await Promise.all([
      call('plan', 'waves.plan', {}),
      call('again', 'waves.plan', {}),
      call('hold', 'orders.hold', { order: '326-01' }),
      call('ask', 'today.get', {}),
    ])
    expect(done).toEqual(['ask ok', 'plan ok', 'again ERR_WAVE_EMPTY', 'hold ok'])
  })

  test('lets people work on while a storefront does not answer', async () => {
    const shop = await openTestShop()
    const room = createRoom(shop.workshop)
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    let letGo = (): void => undefined
    const hanging = new Promise<void>((resolve) => (letGo = resolve))
    const { pullOrders } = shop.storefront
    shop.storefront.pullOrders = async (cursor) => hanging.then(() => pullOrders(cursor))
    shop.storefront.orders.push(storefrontOrder({ MUG: 1 }))
    const done: string[] = []
    const call = async (name: string, operation: string, input: unknown): Promise<void> => {
      const reply = await room.call(operation, input, manager, name)
      done.push(`${name} ${reply.ok ? 'ok' : reply.error.code}`)
    }
    const syncing = call('sync', 'storefronts.sync', {})
    const again = call('again', 'storefronts.sync', {})
    await call('plan', 'waves.plan', {})
    await call('hold', 'orders.hold', { order: '326-01' })
    expect(done).toEqual(['plan ok', 'hold ok'])
    letGo()
    await Promise.all([syncing, again])
    expect(done.slice(2)).toEqual(['sync ok', 'again ok'])
    expect((await shop.store.listOrders({ offset: 0, limit: 9 })).total).toBe(2)
  })

  test('tells that something has changed after a round that failed too: why it failed is written down', async () => {
    const shop = await openTestShop()
    const room = createRoom(shop.workshop)
    const changed: string[] = []
    room.subscribe((topic, event) => {
      if (topic === 'changed' && 'operation' in event) changed.push(event.operation)
    })
    shop.storefront.before = () => {
      throw new AppError('ERR_STOREFRONT_UNREACHABLE', { what: 'no-connection' })
    }
    expect(await room.call('storefronts.sync', {}, manager, 'sync')).toMatchObject({ ok: false })
    expect(changed).toEqual(['storefronts.sync'])
    expect(await room.call('storefronts.log', {}, manager, 'log')).toMatchObject({ ok: true })
  })

  test('goes on after a bug, writes it down, and tells nobody outside what it was', async () => {
    const shop = await openTestShop()
    const bugs: unknown[] = []
    const broken = { ...shop.workshop, store: { ...shop.workshop.store, loadCartons: () => Promise.reject(new Error('secret detail')) } } // prettier-ignore
    const room = createRoom(broken, { logBug: (operation, error) => void bugs.push([operation, String(error)]) })
    expect(await room.call('cartons.list', {}, manager, 'a')).toEqual({ ok: false, error: { code: 'ERR_INTERNAL', details: {} } }) // prettier-ignore
    expect(bugs).toEqual([['cartons.list', 'Error: secret detail']])
  })

  test('stops a job at its next step when it is cancelled, and only while it runs', async () => {
    const shop = await openTestShop()
    shop.storefront.orders.push(...Array.from({ length: 6 }, () => storefrontOrder({ TEA: 1 })))
    const room = createRoom(shop.workshop)
    room.cancel('sync-1')
    shop.storefront.before = (call, cursor) => {
      if (call === 'pullOrders' && cursor === '2') room.cancel('sync-1')
    }
    const stopped = await room.call('storefronts.sync', {}, manager, 'sync-1')
    expect(stopped).toMatchObject({ ok: false, error: { code: 'ERR_CANCELLED' } })
    expect((await shop.store.listOrders({ offset: 0, limit: 1 })).total).toBe(4)
    shop.storefront.before = () => undefined
    expect(await room.call('storefronts.sync', {}, manager, 'sync-1')).toMatchObject({ ok: true })
  })

  test('has an operation for each handler, named by area, with a door that may call it', () => {
    for (const [name, operation] of Object.entries(operations)) {
      expect(name).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/)
      expect(operation.audience.length).toBeGreaterThan(0)
    }
  })

  test('lets a station change nothing but what the floor does', () => {
    const commands = Object.entries(operations).filter(([, one]) => one.kind === 'command' && one.audience.includes('station')) // prettier-ignore
    expect(commands.map(([name]) => name).toSorted()).toEqual(['counter.hand-over', 'pack.confirm', 'pack.open-recipient', 'pick.confirm', 'pick.short', 'products.photo-remove', 'products.photo-set', 'returns.take', 'returns.undo', 'staff.sign-in', 'staff.sign-out', 'terminals.redeem', 'tours.claim', 'tours.release', 'waves.substitute']) // prettier-ignore
  })
})

describe('keeping in touch', () => {
  test('sends reports soon after a change, and not in answer to its own', async () => {
    const shop = await openTestShop()
    const room = createRoom(shop.workshop)
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const heard: string[] = []
    room.subscribe((topic, event) => {
      if (topic === 'changed' && 'operation' in event) heard.push(event.operation)
    })
    const touch = keepInTouch(room, { syncSeconds: 3_600 })
    await room.call('waves.plan', {}, manager, 'plan')
    await expect.poll(() => shop.storefront.reports.map(({ report }) => report.kind), { timeout: 5_000 }).toEqual(['planned']) // prettier-ignore
    await new Promise((resolve) => setTimeout(resolve, 600))
    await touch.stop()
    expect(heard.filter((operation) => operation !== 'storefronts.sync')).toEqual(['waves.plan', 'reports.deliver'])
  })

  test('looks at the storefronts at once when the window wakes, but not for each of many signs of it', async () => {
    const shop = await openTestShop()
    const calls: string[] = []
    const room = createRoom(shop.workshop)
    const counted = { ...room, call: (...args: Parameters<typeof room.call>) => (calls.push(args[0]), room.call(...args)) } // prettier-ignore
    const touch = keepInTouch(counted, { syncSeconds: 3_600 })
    for (let sign = 0; sign < 5; sign++) touch.wake()
    await expect.poll(() => calls.filter((name) => name === 'storefronts.sync').length).toBe(1)
    await touch.stop()
  })
})

describe('tries', () => {
  test('are five, then a rest of five minutes, each person for themselves', () => {
    let now = 1_000
    const tries = tryCounter({ now: () => now })
    for (let i = 0; i < 5; i++) {
      tries.check('tablet')
      tries.failed('tablet')
    }
    expect(() => tries.check('tablet')).toThrow(expect.objectContaining({ code: 'ERR_TOO_MANY_TRIES', details: { waitSeconds: 300 } })) // prettier-ignore
    tries.check('another')
    now += 299_000
    expect(() => tries.check('tablet')).toThrow()
    now += 1_000
    tries.check('tablet')
    tries.failed('tablet')
    tries.succeeded('tablet')
    tries.check('tablet')
  })
})
