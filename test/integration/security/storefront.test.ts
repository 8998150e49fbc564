import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configurationSchema } from '../../../src-storefront/configuration.ts'
import { closeShop, openShop, tidy } from '../../../src-storefront/open-shop.ts'
import { requestErasure } from '../../../src-storefront/shop/erasure.ts'
import { identifyAsGuest, newGuest, signIn, signUp } from '../../../src-storefront/shop/customers.ts'
import { placeOrder } from '../../../src-storefront/shop/place-order.ts'
import { takeReport } from '../../../src-storefront/shop/take-report.ts'
import { putCart } from '../../../src-storefront/shop/basket.ts'
import { findCustomer, saveCustomer } from '../../../src-storefront/store/customers.ts'
import { eventsOf, findOrder } from '../../../src-storefront/store/orders.ts'
import { CustomerClient } from '../storefront/customer-client.ts'
import { fixture, newFolder, startProcess, type StorefrontProcess } from '../storefront/running-storefront.ts'

const dayMs = 86_400_000
const folders: string[] = []
const folderOfTest = (): string => {
  const folder = newFolder()
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function openForTest() {
  const folder = folderOfTest()
  let now = Date.UTC(2026, 10, 22, 12)
  const clock = { now: () => now, forward: (ms: number) => void (now += ms) }
  const { shop } = openShop({
    folder,
    configuration: configurationSchema.parse({}),
    clock,
    catalogueFile: fixture('catalogue.csv'),
  })
  const onDisk = (): Buffer =>
    Buffer.concat(
      ['', '-wal'].flatMap((suffix) => {
        const path = join(folder, `storefront.sqlite${suffix}`)
        return existsSync(path) ? [readFileSync(path)] : []
      }),
    )
  return { shop, clock, onDisk }
}
type Opened = ReturnType<typeof openForTest>

const address = { name: 'Zoe Quirrenbach', lines: ['Xylophonallee 12'], city: 'Berlin', country: 'DE' }
const personal = { email: 'quirrenbach@example.org', name: 'Zoe Quirrenbach', deliveryAddresses: [address] }

function guestOf({ shop }: Opened) {
  const row = newGuest(shop, 'en')
  saveCustomer(shop.db, row)
  return identifyAsGuest(shop, row, { mode: 'guest', ...personal })
}

function orderOf({ shop }: Opened, customer = guestOf({ shop } as Opened)): string {
  putCart(shop, customer.user_id, [{ sku: 'RICE-05', quantity: 1 }])
  const request = { service: 'standard', payment: 'invoice', deliveryAddress: address } as const
  return placeOrder(shop, customer, { key: crypto.randomUUID(), request }).orderId
}

const report = (orderId: string, sequence: number, reason: string) =>
  ({ id: crypto.randomUUID(), orderId, kind: 'cancelled', sequence, at: '2026-11-22T12:00:00Z', reason }) as const

describe('what a customer leaves behind', () => {
  test('nothing personal stands in the file in clear, and after an erasure not even its keys and ciphertexts', () => {
    const opened = openForTest()
    const { shop, onDisk } = opened
    const customer = guestOf(opened)
    const orderId = orderOf(opened, customer)
    for (const text of ['Quirrenbach', 'quirrenbach@', 'Xylophonallee'])
      expect(onDisk().includes(Buffer.from(text))).toBe(false)
    const sealed = [findCustomer(shop.db, customer.user_id), findOrder(shop.db, orderId)].flatMap((row) =>
      row?.sealed && row.wrapped_key ? [row.sealed, row.wrapped_key] : [],
    )
    expect(sealed.every((bytes) => onDisk().includes(bytes))).toBe(true)
    takeReport(shop, report(orderId, 1, 'Mrs Quirrenbach has moved'))
    requestErasure(shop, customer.user_id)
    expect(sealed).toHaveLength(4)
    for (const bytes of sealed) expect(onDisk().includes(bytes.subarray(0, 40))).toBe(false)
    closeShop(shop)
  })

  test('what people wrote as a reason goes with the order, and a code stays', () => {
    const opened = openForTest()
    const { shop, clock, onDisk } = opened
    const [told, coded] = [orderOf(opened), orderOf(opened)]
    takeReport(shop, report(told, 1, 'Mrs Quirrenbach has moved'))
    takeReport(shop, report(coded, 1, 'nobody-home'))
    clock.forward(15 * dayMs)
    tidy(shop)
    expect(onDisk().includes(Buffer.from('Quirrenbach'))).toBe(false)
    expect(eventsOf(shop.db, told).map((event) => event.reason)).toEqual([null, null])
    expect(eventsOf(shop.db, coded).map((event) => event.reason)).toEqual([null, 'nobody-home'])
    closeShop(shop)
  })

  test('a guest who comes no more is forgotten once no order needs the name', () => {
    const opened = openForTest()
    const { shop, clock } = opened
    const waiting = guestOf(opened)
    orderOf(opened, waiting)
    const gone = guestOf(opened)
    clock.forward(91 * dayMs)
    tidy(shop)
    expect(findCustomer(shop.db, waiting.user_id)?.sealed).not.toBeNull()
    expect(findCustomer(shop.db, gone.user_id)?.sealed ?? null).toBeNull()
    expect(findCustomer(shop.db, gone.user_id)?.email_index ?? null).toBeNull()
    closeShop(shop)
  })

  test('an account erased while its password is being compared does not come back', async () => {
    const opened = openForTest()
    const { shop } = opened
    const row = newGuest(shop, 'en')
    saveCustomer(shop.db, row)
    const account = await signUp(shop, row, { mode: 'sign-up', ...personal, password: 'a good password' })
    const told = { mode: 'sign-in', email: personal.email, password: 'a good password' } as const
    const signingIn = signIn(shop, newGuest(shop, 'en'), told)
    requestErasure(shop, account.user_id)
    expect(await signingIn).toBeUndefined()
    expect(findCustomer(shop.db, account.user_id)).toMatchObject({
      sealed: null,
      email_index: null,
      password_hash: null,
    })
    closeShop(shop)
  })
})

describe('one customer against the others', () => {
  let server: StorefrontProcess
  beforeAll(async () => {
    server = await startProcess(folderOfTest())
  })
  afterAll(async () => void (await server.stop()))
  const client = (): CustomerClient => new CustomerClient(server.address)
  const session = (who: CustomerClient, body: object) => who.send('POST', '/session', { body })

  test('a basket of thousands of pieces is not planned while everybody waits', async () => {
    const skus = ['RICE-05', 'TEA-01']
    const lines = skus.map((sku) => ({ sku, quantity: 999 }))
    const preview = await client().send('POST', '/cart/preview', { body: { lines } })
    expect(preview.json.travel).toMatchObject({ isKnown: false, packages: [] })
    expect(preview.json.shipping.length).toBeGreaterThan(0)
    const usual = await client().send('POST', '/cart/preview', { body: { lines: [{ sku: 'RICE-05', quantity: 3 }] } })
    expect(usual.json.travel.isKnown).toBe(true)
  })

  test('whoever has an account of their own cannot guess at others’ without end', async () => {
    const own = { email: 'guesser@example.org', password: 'my own password' }
    await session(client(), { mode: 'sign-up', ...own })
    const statuses: number[] = []
    for (let guess = 0; guess < 36; guess++) {
      if (guess % 10 === 9) await session(client(), { mode: 'sign-in', ...own })
      const email = `victim-${guess}@example.org`
      statuses.push((await session(client(), { mode: 'sign-in', email, password: 'guess' })).status)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    expect(statuses.at(-1)).toBe(429)
  })

  test('quantities that are no quantities and prices of one’s own are refused', async () => {
    const who = client()
    for (const quantity of [-1, 0, 1.5, 1000, 1e21, '2', null]) {
      const answer = await who.send('PUT', '/cart', { body: { lines: [{ sku: 'RICE-05', quantity }] } })
      expect([quantity, answer.status]).toEqual([quantity, 422])
    }
    const priced = { lines: [{ sku: 'RICE-05', quantity: 1, unitPriceMinor: 1 }] }
    expect((await who.send('PUT', '/cart', { body: priced })).status).toBe(422)
    const polluted = '{"lines":[],"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'
    expect((await who.send('PUT', '/cart', { body: polluted })).status).toBe(422)
  })

  test('a key used by one customer says nothing to another, and a foreign form changes nothing', async () => {
    const [first, second] = [client(), client()]
    await first.identify('first@example.org')
    await second.identify('second@example.org')
    const one = await first.order([{ sku: 'RICE-05', quantity: 1 }], 'the-same-key')
    const two = await second.order([{ sku: 'RICE-05', quantity: 1 }], 'the-same-key')
    expect([one.status, two.status]).toEqual([201, 201])
    expect(one.json.id).not.toBe(two.json.id)
    const form = { sku: 'RICE-05', quantity: '3', formToken: 'guessed' }
    expect((await first.send('POST', '/cart', { form })).status).toBe(403)
    const cancel = { form: { formToken: '' } }
    expect((await first.send('POST', `/orders/${one.json.id}/cancel`, cancel)).status).toBe(403)
    const json = { body: {}, headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await first.send('POST', `/orders/${one.json.id}/cancel`, json)).status).toBe(403)
    expect((await second.send('POST', `/orders/${one.json.id}/cancel`, { body: {} })).status).toBe(404)
  })

  test('a page never holds what was typed as markup, and a search is never run as a query', async () => {
    const evil = '"><script>alert(1)</script>'
    for (const path of [`/search?q=${encodeURIComponent(evil)}`, `/search?category=${encodeURIComponent(evil)}`])
      expect((await client().page(path)).text).not.toContain('<script')
    for (const q of ['" OR 1=1 --', 'a" AND NEAR(', "'; DROP TABLE customer; --", 'name:x*', '^"', '((((', '\u0000'])
      expect((await client().get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200)
  })
})
