import { readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { openDatabase } from '../../../src-storefront/store/database.ts'
import { CustomerClient, type Answer } from './customer-client.ts'
import { newFolder, shopToken, startProcess, type StorefrontProcess } from './running-storefront.ts'

let storefront: StorefrontProcess
beforeAll(async () => void (storefront = await startProcess(newFolder())))
afterAll(() => storefront.stop())

const token = (html: string): string => /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? ''
const valueOf = (html: string, name: string): string =>
  new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? ''

/** A browser without scripts: forms only, each with the token of its page. */
class Visitor extends CustomerClient {
  async submit(from: string, action: string, fields: object): Promise<Answer> {
    const { text } = await this.page(from)
    return this.send('POST', action, { form: { formToken: token(text), ...fields } })
  }
}
const visitor = (): Visitor => new Visitor(storefront.address)

const person = {
  recipient: 'Ada Test',
  street: 'Weg 1',
  postcode: '10115',
  city: 'Berlin',
  country: 'DE',
  email: 'ada@example.org',
  service: 'standard',
  payment: 'invoice',
}

async function atCheckout(sku = 'TEA-01', quantity = '1'): Promise<{ who: Visitor; form: Record<string, string> }> {
  const who = visitor()
  await who.submit(`/products/${sku}`, '/cart', { sku, quantity })
  const { text } = await who.page('/checkout')
  const hidden = { totals: valueOf(text, 'totals'), idempotencyKey: valueOf(text, 'idempotencyKey') }
  return { who, form: { ...person, ...hidden } }
}

describe('the checkout', () => {
  test('names every mistake beside its field and at the top, and keeps what was typed', async () => {
    const { who, form } = await atCheckout()
    const wrong = { ...form, recipient: '', postcode: '1011', email: 'not an address', phone: '12', city: 'Bärlin', instructions: 'x'.repeat(501) } // prettier-ignore
    const { status, text } = await who.submit('/checkout', '/orders', wrong)
    expect(status).toBe(422)
    for (const field of ['recipient', 'postcode', 'email', 'phone', 'instructions']) {
      expect(text).toContain(`href="#${field}"`)
      expect(text).toContain(`id="${field}-problem"`)
      expect(text).toMatch(new RegExp(`aria-describedby="${field}-problem[^"]*"`))
    }
    expect(text, 'the focus begins at the list of mistakes').toMatch(/id="problems"\s+autofocus/)
    expect(text).not.toContain('city-problem')
    expect(text).toContain('value="Bärlin"')
    expect(text).toContain(`value="${form['idempotencyKey']}"`)
    expect((await who.get('/orders')).json.orders).toEqual([])
  })

  test('shows the price for another country before anything is ordered', async () => {
    const { who, form } = await atCheckout()
    const shown = await who.submit('/checkout', '/orders', {
      ...form,
      country: 'FR',
      postcode: '75001',
      then: 'prices',
    })
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Shipping prices to France')
    expect(valueOf(shown.text, 'totals')).not.toBe(form['totals'])
    const early = await who.submit('/checkout', '/orders', { ...form, country: 'FR', postcode: '75001' })
    expect(early.status, 'ordered with the price of another country in view').toBe(409)
    expect(early.text).toContain('Nothing has been ordered yet')
    const fields = { ...form, country: 'FR', postcode: '75001', totals: valueOf(early.text, 'totals') }
    expect((await who.submit('/checkout', '/orders', fields)).status).toBe(303)
  })

  test('says in plain words that something was sold in the meantime, and what is left', async () => {
    const { who, form } = await atCheckout('LAST-1')
    const faster = visitor()
    await faster.identify('faster@example.org')
    expect((await faster.order([{ sku: 'LAST-1', quantity: 1 }])).status).toBe(201)
    const late = await who.submit('/checkout', '/orders', form)
    expect(late.status).toBe(409)
    expect(late.text).toContain('Nothing has been ordered.')
    expect(late.text).toContain('Last lantern: you wanted 1, 0 are left.')
    expect(late.text).toContain('value="Ada Test"')
    expect((await who.page('/cart')).text).toContain('Sold out: please remove it.')
  })

  test('asks for no address from who collects, and says where and when to come', async () => {
    const { who, form } = await atCheckout()
    const { recipient: _, street: __, city: ___, postcode: ____, ...rest } = form
    const placed = await who.submit('/checkout', '/orders', { ...rest, service: 'collect', payment: 'on-delivery' })
    expect(placed.status).toBe(303)
    const { text } = await who.page(placed.headers.get('location') ?? '')
    for (const words of ['Thank you', 'Collection in the shop', 'Corner Shop', 'Pay when you collect']) expect(text).toContain(words) // prettier-ignore
  })

  test('a phone number told without the address travels with it, for that is all a courier reads', async () => {
    const who = visitor()
    await who.identify('phoned@example.org', { phone: '+49 30 1234567' })
    const { json } = await who.order([{ sku: 'TEA-01', quantity: 1 }])
    expect(json.deliveryAddress.phone).toBe('+49 30 1234567')
  })

  test('a form sent twice buys once, and once more with other words says so', async () => {
    const { who, form } = await atCheckout()
    const [first, second] = [
      await who.submit('/checkout', '/orders', form),
      await who.submit('/checkout', '/orders', form),
    ]
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    const other = await who.submit('/checkout', '/orders', { ...form, city: 'Bremen' })
    expect([other.status, (await who.get('/orders')).json.orders.length]).toEqual([422, 1])
  })

  test('the order page lists the parcels that the cart showed', async () => {
    const { who, form } = await atCheckout('PAINT-25')
    await who.submit('/products/TEA-01', '/cart', { sku: 'TEA-01', quantity: '2' })
    const boxes = (html: string): string[] =>
      [...html.matchAll(/<li>\s*<span dir="auto">(\d+ × [^<]+)<\/span>/g)].map(([, line = '']) => line)
    const cart = boxes((await who.page('/cart')).text)
    const { text } = await who.page('/checkout')
    const placed = await who.submit('/checkout', '/orders', { ...form, totals: valueOf(text, 'totals') })
    expect(boxes((await who.page(placed.headers.get('location') ?? '')).text)).toEqual(cart)
    expect(cart).toHaveLength(2)
  })
})

describe('the account page', () => {
  const account = async (): Promise<Visitor> => {
    const who = visitor()
    const email = `${crypto.randomUUID()}@example.org`
    await who.submit('/session', '/session', { mode: 'sign-up', email, password: 'long enough' })
    return who
  }
  const place = { ...person, mode: 'update' }
  const citiesOf = async (who: Visitor): Promise<string[]> =>
    (await who.get('/session')).json.user.deliveryAddresses.map(({ city }: { city: string }) => city)

  test('adds, changes, reorders and removes addresses', async () => {
    const who = await account()
    await who.submit('/session', '/session', { ...place, address: '0' })
    await who.submit('/session', '/session', { ...place, address: '1', city: 'Bremen' })
    expect(await citiesOf(who)).toEqual(['Berlin', 'Bremen'])
    await who.submit('/session', '/session', { ...place, address: '0', city: 'Bonn' })
    await who.submit('/session', '/session', { mode: 'update', address: '1', then: 'first' })
    expect(await citiesOf(who)).toEqual(['Bremen', 'Bonn'])
    await who.submit('/session', '/session', { mode: 'update', address: '0', then: 'remove' })
    expect(await citiesOf(who)).toEqual(['Bonn'])
    const refused = await who.submit('/session', '/session', { ...place, address: '1', postcode: 'x' })
    expect([refused.status, refused.text.includes('href="#address1-postcode"')]).toEqual([422, true])
    expect((await who.page('/checkout')).text).toContain('empty')
  })

  test('keeps wishes, which the checkout then fills in', async () => {
    const who = await account()
    await who.submit('/session', '/session', { mode: 'update', wishes: 'yes', service: 'express', instructions: 'Ring twice' }) // prettier-ignore
    await who.submit('/products/TEA-01', '/cart', { sku: 'TEA-01', quantity: '1' })
    const { text } = await who.page('/checkout')
    expect(text).toContain('Ring twice')
    expect(text).toMatch(/value="express"\s+checked/)
    await who.submit('/session', '/session', { mode: 'update', wishes: 'yes' })
    expect((await who.get('/session')).json.user.deliveryWishes).toEqual({})
  })

  test('a wrong password comes back with the address and without the password', async () => {
    const who = visitor()
    const { status, text } = await who.submit('/session', '/session', { mode: 'sign-in', email: 'who@example.org', password: 'secret guess' }) // prettier-ignore
    expect([status, text.includes('value="who@example.org"'), text.includes('secret guess')]).toEqual([
      401,
      true,
      false,
    ])
    expect(text).toContain('E-mail and password do not belong together.')
  })

  test('an order is ordered again beside what is in the basket, and what is sold no more is named', async () => {
    const who = await account()
    const told = { mode: 'update', deliveryAddresses: [{ name: 'A', lines: ['Weg 1'], city: 'Berlin', country: 'DE' }] }
    await who.send('POST', '/session', { body: told })
    const { id } = (await who.order([{ sku: 'RICE-05', quantity: 2 }])).json
    await who.send('PUT', '/cart', { body: { lines: [{ sku: 'TEA-01', quantity: 1 }] } })
    const again = await who.submit(`/orders/${id}`, `/orders/${id}/again`, {})
    expect([again.status, again.headers.get('location')]).toEqual([303, '/cart'])
    const lines = (await who.get('/cart')).json.lines.map((line: { product: { sku: string } }) => line.product.sku)
    expect(lines).toEqual(['RICE-05', 'TEA-01'])
  })

  test('exports everything known, and deletes it with the password and a clear yes', async () => {
    const who = await account()
    await who.submit('/session', '/session', { ...place, address: '0' })
    await who.order([{ sku: 'TEA-01', quantity: 1 }])
    const file = await who.get('/data/export')
    expect(file.headers.get('content-disposition')).toContain('attachment')
    expect(file.json.people[0]).toMatchObject({
      user: { kind: 'account', deliveryAddresses: [{ city: 'Berlin' }] },
      orders: [{ order: { deliveryAddress: { city: 'Berlin' } }, user: { kind: 'account' } }],
    })
    const { userId } = (await who.get('/session')).json.user
    expect((await who.submit('/data', '/erasures', { password: 'long enough' })).status).toBe(422)
    expect((await who.submit('/data', '/erasures', { password: 'wrong', confirm: 'yes' })).status).toBe(401)
    const gone = await who.submit('/data', '/erasures', { password: 'long enough', confirm: 'yes' })
    expect([gone.status, gone.headers.get('location')]).toEqual([303, '/data?erased=1'])
    expect((await who.page('/data?erased=1')).text).toContain('Your data is deleted.')
    const feed = await fetch(`${storefront.address}/erasures`, { headers: { authorization: `Bearer ${shopToken}` } })
    expect(await feed.text()).toContain(userId)
  })
})

describe('categories', () => {
  test('are sorted, filtered and paged, and say where one is', async () => {
    const skusOf = async (query: string): Promise<string[]> =>
      (await visitor().get(`/search?category=Household&${query}`)).json.products.map(({ sku }: { sku: string }) => sku)
    expect(await skusOf('sort=price-up')).toEqual(['BLEACH-1', 'PAINT-25'])
    expect(await skusOf('sort=price-down')).toEqual(['PAINT-25', 'BLEACH-1'])
    expect(await skusOf('limit=1&offset=1')).toEqual(['PAINT-25'])
    const { text } = await visitor().page('/search?category=Household&limit=1&inStock=true')
    for (const words of ['You are here', 'rel="next"', 'Page 1 of 2']) expect(text).toContain(words)
    expect((await visitor().page('/products/RAKE-L')).text).toContain('Only 5 left')
  })
})

describe('a storefront of yesterday', () => {
  test('opens with its accounts, and takes what came since', () => {
    const folder = newFolder()
    const file = join(folder, 'storefront.sqlite')
    const sql = readFileSync(new URL('../../../src-storefront/store/migrations/0001-shop.sql', import.meta.url), 'utf8')
    const old = new Database(file)
    old.exec('CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT') // prettier-ignore
    old.exec(sql)
    old.prepare('INSERT INTO migration VALUES (1, ?, ?, 0)').run('0001-shop.sql', createHash('sha256').update(sql).digest('hex')) // prettier-ignore
    const insert =
      "INSERT INTO customer VALUES (?, 'account', 'password', 0, 'en', 'index', 'hash', NULL, NULL, NULL, NULL)"
    old.prepare(insert).run('first')
    old.close()
    const db = openDatabase(file, 0)
    db.prepare(insert).run('second')
    expect(db.prepare('SELECT count(*) FROM customer').pluck().get()).toBe(2)
    db.close()
    rmSync(folder, { recursive: true })
  })
})
