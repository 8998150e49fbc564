import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServerResponse } from 'node:http'
import { shopFolder, start } from './backroom.ts'
import { sendOrders, startWireHost, wireOrder, type WireHost } from './wire-host.ts'

const folder = shopFolder()
let host: WireHost
afterAll(async () => {
  folder.remove()
  await host.close()
})
beforeAll(async () => {
  host = await startWireHost()
  await folder.run('init', '--sample')
})

interface Orders {
  readonly rows: readonly { readonly order: { readonly externalId: string; readonly code: string; readonly status: string; readonly holds: readonly unknown[] } }[] // prettier-ignore
  readonly total: number
}
const orders = async (): Promise<Orders> => (await folder.run('orders', '--json')).json<Orders>()

describe('a storefront', () => {
  test('that is not there, or no address, is not connected', async () => {
    const down = await folder.run('connect', 'http://127.0.0.1:1', '--token', 't', '--json')
    expect([down.code, down.failure()]).toMatchObject([3, { code: 'ERR_STOREFRONT_UNREACHABLE', details: { what: 'no-connection' } }]) // prettier-ignore
    const far = await folder.run('connect', 'http://shop.example', '--token', 't', '--json')
    expect([far.code, far.failure().details['what']]).toEqual([3, 'host-unknown'])
    expect((await folder.run('connect', 'no address', '--token', 't')).code).toBe(2)
    const none = await folder.run('sync', '--json')
    expect([none.code, none.failure().code]).toEqual([2, 'ERR_STOREFRONT_NOT_FOUND'])
  })

  test('is connected, and its token is written nowhere in clear', async () => {
    const ended = await folder.run('connect', host.address, '--token', 'a-very-secret-token', '--json')
    expect([ended.code, ended.json()]).toEqual([0, { name: 'Wire Shop', platform: 'open-protocol', url: host.address }])
    expect((await folder.run('status', '--json')).out).not.toContain('a-very-secret-token')
  })

  test('that breaks off half way leaves what was read, and the next round goes on from there', async () => {
    host.orders.push(...[1, 2, 3, 4, 5].map((n) => wireOrder(`o-${n}`, { 'GROC-001': 1 })))
    host.misbehave = (response, cursor) => {
      const text = JSON.stringify({ entries: host.orders.slice(0, 2), cursor: '2', hasMore: true })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) })
      if (cursor === null) response.end(text)
      else response.write(text.slice(0, 40), () => response.destroy())
    }
    const ended = await folder.run('sync', '--json')
    expect([ended.code, ended.failure()]).toMatchObject([3, { code: expect.stringMatching(/^ERR_STOREFRONT_(UNREACHABLE|ANSWER)$/), details: { path: '/orders' } }]) // prettier-ignore
    expect((await orders()).total).toBe(2)
    host.misbehave = undefined
    expect((await folder.run('sync', '--json')).json<object[]>()[0]).toMatchObject({ orders: { read: 3, new: 3 } })
    expect((await folder.run('sync', '--json')).json<object[]>()[0]).toMatchObject({ orders: { read: 0, new: 0 } })
    const { rows } = await orders()
    expect(rows.map((row) => row.order.externalId).toSorted()).toEqual(['o-1', 'o-2', 'o-3', 'o-4', 'o-5'])
  })

  test('may be left in the middle: after a power cut or Ctrl C the next round takes each order once', async () => {
    const before = (await orders()).total
    for (const [signal, code] of [
      ['SIGKILL', null],
      ['SIGINT', 130],
    ] as const) {
      const from = host.orders.length
      host.orders.push(...[1, 2, 3, 4].map((n) => wireOrder(`${signal}-${n}`, { 'GR-0101': 1 })))
      const half = new Promise<ServerResponse>((resolve) => {
        host.misbehave = (response, cursor) => {
          if (Number(cursor) > from) resolve(response)
          else sendOrders(host, response, Number(cursor))
        }
      })
      const syncing = start(folder.path, 'sync')
      const waiting = await half
      syncing.end(signal)
      setTimeout(() => sendOrders(host, waiting, from + 2), 300)
      expect([signal, await syncing.code]).toEqual([signal, code])
      host.misbehave = undefined
      expect((await folder.run('sync', '--json')).code).toBe(0)
    }
    const { rows, total } = await orders()
    expect(total).toBe(before + 8)
    expect(new Set(rows.map((row) => row.order.externalId)).size).toBe(total)
  })

  test.each([
    ['answers with a page for people', 'text/html', '<html>Are you human?</html>', 'html-page'],
    ['answers with something else', 'application/json', '{"entries": "none"}', 'wrong-shape'],
    ['puts a notice before its answer', 'application/json', '<b>Notice</b>{}', 'not-json'],
  ])('that %s is told apart in words', async (...[, type, body, what]) => {
    host.misbehave = (response) => void response.writeHead(200, { 'content-type': type }).end(body)
    const ended = await folder.run('sync', '--json')
    expect([ended.code, ended.failure()]).toMatchObject([3, { code: 'ERR_STOREFRONT_ANSWER', details: { what } }])
    host.misbehave = undefined
  })

  test('that asks for patience or no longer knows us says so', async () => {
    host.misbehave = (response) => void response.writeHead(503, { 'retry-after': '120' }).end()
    const busy = await folder.run('sync', '--json')
    expect([busy.code, busy.failure().details]).toMatchObject([3, { what: 'unavailable', retryAfterMs: 120_000 }])
    host.misbehave = (response) => void response.writeHead(401).end()
    const sentence = await folder.run('sync')
    expect(sentence.code).toBe(3)
    expect(sentence.words).toContain('unauthorised')
    expect(sentence.words).not.toContain('secret')
    host.misbehave = undefined
  })

  test('with one unreadable order among good ones loses only that one, and names it', async () => {
    host.orders.push({ ...wireOrder('o-bad', {}), lines: 'none' }, wireOrder('o-6', { 'GROC-001': 1 }))
    const [synced] = (await folder.run('sync', '--json')).json<{ orders: { new: number; refused: object[] } }[]>()
    expect(synced?.orders).toMatchObject({ new: 1, refused: [{ id: 'o-bad', path: expect.stringContaining('lines') }] })
  })
})

describe('an order that cannot be planned', () => {
  test('with an unknown SKU waits, says why, and is released by the import that brings it', async () => {
    host.orders.push(wireOrder('o-ghost', { GHOST: 2 }))
    await folder.run('sync')
    const held = (await orders()).rows.find((row) => row.order.externalId === 'o-ghost')
    expect(held?.order).toMatchObject({ status: 'on-hold', holds: [{ code: 'unknown-sku', facts: { sku: 'GHOST' } }] })
    const csv = join(folder.path, 'ghost.csv')
    writeFileSync(csv, 'sku,name,price_minor\nGHOST,Ghost,100\n')
    expect((await folder.run('import-catalogue', csv, '--json')).json()).toMatchObject({ new: 1, released: 0 })
    const bare = await folder.run('explain', held?.order.code ?? '', '--json')
    expect(bare.json()).toMatchObject({ holds: [{ code: 'missing-measures', facts: { sku: 'GHOST', missing: 'weight' } }] }) // prettier-ignore
    const location = (await folder.run('call', 'floor.get', '--json')).json<{ locations: { code: string }[] }>().locations[0]?.code // prettier-ignore
    writeFileSync(csv, `sku,name,price_minor,length_mm,width_mm,height_mm,weight_g,locations\nGHOST,Ghost,100,90,60,40,80,${location ?? ''}:5\n`) // prettier-ignore
    expect((await folder.run('import-catalogue', csv, '--json')).json()).toMatchObject({ changed: 1, released: 1 })
  })

  test('because everything is larger than every carton is set aside with the facts, and the rest is planned', async () => {
    const csv = join(folder.path, 'huge.csv')
    const location = (await folder.run('call', 'floor.get', '--json')).json<{ locations: { code: string }[] }>().locations[0]?.code // prettier-ignore
    writeFileSync(csv, `sku,name,price_minor,length_mm,width_mm,height_mm,weight_g,locations\nHUGE,Huge,100,5000,3000,2000,400,${location ?? ''}:5\n`) // prettier-ignore
    await folder.run('import-catalogue', csv)
    host.orders.push(wireOrder('o-huge', { HUGE: 1 }))
    await folder.run('sync')
    const plan = await folder.run('plan', '--json')
    expect(plan.code).toBe(0)
    const { wave, parcels, unplanned } = plan.json<{ wave: string; parcels: number; unplanned: { reasons: object[] }[] }>() // prettier-ignore
    expect(parcels).toBeGreaterThan(0)
    expect(unplanned).toHaveLength(1)
    expect(unplanned[0]?.reasons[0]).toMatchObject({ code: 'unpackable', facts: { sku: 'HUGE' } })
    await folder.run('documents', wave)
    const labels = await folder.run('labels', wave, '--json')
    expect([labels.code, labels.failure().code]).toEqual([3, 'ERR_COURIER_KEY_MISSING'])
    expect((await folder.run('labels', wave)).words.split('\n')[0]).toMatch(/key/i)
    const nothing = await folder.run('plan', '--json')
    expect([nothing.code, nothing.failure().code]).toEqual([2, 'ERR_WAVE_EMPTY'])
  })
})
