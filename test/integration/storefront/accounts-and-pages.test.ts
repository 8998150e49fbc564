import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CustomerClient } from './customer-client.ts'
import { newFolder, shopToken, startProcess, type StorefrontProcess } from './running-storefront.ts'

let storefront: StorefrontProcess
const folder = newFolder()
beforeAll(async () => {
  storefront = await startProcess(folder)
})
afterAll(() => storefront.stop())

const guest = (): CustomerClient => new CustomerClient(storefront.address)
const post = (client: CustomerClient, body: object) => client.send('POST', '/session', { body })

describe('accounts', () => {
  test('the very first request of a terminal may fill a basket: one session, one cookie', async () => {
    const client = guest()
    const answer = await client.send('PUT', '/cart', { body: { lines: [{ sku: 'TEA-01', quantity: 3 }] } })
    expect(answer.headers.getSetCookie()).toHaveLength(1)
    expect(answer.json.lines).toHaveLength(1)
    expect((await client.get('/cart')).json).toEqual(answer.json)
    const signUp = { mode: 'sign-up', email: 'first@example.org', password: 'long enough' }
    expect((await guest().send('POST', '/session', { body: signUp })).headers.getSetCookie()).toHaveLength(1)
  })

  test('a signed-up customer keeps user id, basket and orders, here and on another terminal', async () => {
    const here = guest()
    const { userId } = (await here.get('/session')).json.user
    await here.send('PUT', '/cart', { body: { lines: [{ sku: 'TEA-01', quantity: 1 }] } })
    const cookie = here.cookie
    const signedUp = await post(here, {
      mode: 'sign-up',
      email: 'Grace@Example.org',
      password: 'correct horse',
      name: 'Grace',
    })
    expect(signedUp.json.user).toMatchObject({ userId, kind: 'account', identifiedBy: 'password' })
    expect(here.cookie, 'a new session begins with the account').not.toBe(cookie)

    const there = guest()
    await there.send('PUT', '/cart', { body: { lines: [{ sku: 'HAM-300', quantity: 1 }] } })
    const signedIn = await post(there, { mode: 'sign-in', email: 'grace@example.org', password: 'correct horse' })
    expect(signedIn.json.user).toMatchObject({ userId, name: 'Grace' })
    const skus = (await there.get('/cart')).json.lines.map((line: { product: { sku: string } }) => line.product.sku)
    expect(skus).toEqual(['HAM-300', 'TEA-01'])
    await post(there, { mode: 'sign-out' })
    expect((await there.get('/session')).json.user.kind).toBe('guest')
  })

  test('signing up with an address that is known is answered like any other, and opens nothing of the first account', async () => {
    const told = { mode: 'sign-up', email: 'only@example.org', name: 'First', phone: '+49 30 123456' }
    const first = await post(guest(), { ...told, password: 'long enough' })
    const stranger = guest()
    const second = await post(stranger, { ...told, email: 'ONLY@example.org', password: 'a guess at it' })
    const shapeOf = ({ status, json }: typeof first) => [status, json.user.kind, Object.keys(json.user).toSorted()]
    expect(shapeOf(second)).toEqual(shapeOf(first))
    expect(second.json.user.userId).not.toBe(first.json.user.userId)
    const again = await post(guest(), { mode: 'sign-in', email: 'only@example.org', password: 'a guess at it' })
    expect(again.json.user.userId, 'each finds their own again').toBe(second.json.user.userId)
    const owner = await post(guest(), { mode: 'sign-in', email: 'only@example.org', password: 'long enough' })
    expect(owner.json.user.userId).toBe(first.json.user.userId)
    const forgetful = await post(guest(), { ...told, password: 'long enough' })
    expect(forgetful.json.user.userId, 'with the right password it is a sign-in').toBe(first.json.user.userId)
  })

  test('guessing at a password by signing up ends like guessing by signing in', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) {
      const answer = await post(guest(), { mode: 'sign-up', email: 'guessed@example.org', password: `long guess ${i}` })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  test('a changed password ends every other session, and the old one opens nothing', async () => {
    const [here, there] = [guest(), guest()]
    const account = { email: 'moves@example.org', password: 'the first one' }
    await post(here, { mode: 'sign-up', ...account })
    await post(there, { mode: 'sign-in', ...account })
    const wrong = await post(here, { mode: 'password', password: 'not it at all', newPassword: 'the second one' })
    expect([wrong.status, wrong.json.error.code]).toEqual([401, 'not-your-password'])
    const cookie = here.cookie
    const changed = await post(here, { mode: 'password', password: account.password, newPassword: 'the second one' })
    expect([changed.status, changed.json.user.kind]).toEqual([200, 'account'])
    expect(here.cookie).not.toBe(cookie)
    expect((await here.get('/session')).json.user.kind).toBe('account')
    expect((await there.get('/session')).json.user.kind).toBe('guest')
    expect((await post(guest(), { mode: 'sign-in', ...account })).status).toBe(401)
    const renewed = { mode: 'sign-in', email: account.email, password: 'the second one' }
    expect((await post(guest(), renewed)).status).toBe(200)
  })

  test('wrong passwords are answered alike whether the account exists or not, and after five with a wait', async () => {
    await post(guest(), { mode: 'sign-up', email: 'tried@example.org', password: 'the right one' })
    const unknown = await post(guest(), { mode: 'sign-in', email: 'nobody@example.org', password: 'guess' })
    const codes: unknown[] = []
    for (let i = 0; i < 6; i++) {
      const answer = await post(guest(), { mode: 'sign-in', email: 'tried@example.org', password: `guess ${i}` })
      codes.push(answer.status)
      if (i === 0) expect(answer.json).toEqual(unknown.json)
      if (i === 5) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(codes).toEqual([401, 401, 401, 401, 401, 429])
    const right = await post(guest(), { mode: 'sign-in', email: 'tried@example.org', password: 'the right one' })
    expect(right.status).toBe(429)
  })

  test('a returning guest gets a new user id that names the earlier one to the shop, and sees no earlier order', async () => {
    const first = guest()
    await first.identify('again@example.org')
    const { userId } = (await first.get('/session')).json.user
    const { id } = (await first.order([{ sku: 'RICE-05', quantity: 1 }])).json
    const second = guest()
    const known = await second.identify('again@example.org')
    expect(known.json.user.userId).not.toBe(userId)
    expect(known.json.user.previousUserId, 'whoever types an address is not told that it is known').toBeUndefined()
    const placed = (await second.order([{ sku: 'RICE-05', quantity: 1 }])).json
    const read = await fetch(`${storefront.address}/orders/${placed.id}`, {
      headers: { authorization: `Bearer ${shopToken}` },
    })
    const told = (await read.json()) as { user: { previousUserId?: string } } // the open protocol's order
    expect(told.user.previousUserId).toBe(userId)
    expect((await second.get(`/orders/${id}`)).status).toBe(404)
    expect((await second.get(`/orders/${id}/events`)).status).toBe(404)
    expect((await second.get('/orders')).json.orders).toHaveLength(1)
    expect((await guest().get('/orders/no-such-order')).json).toEqual((await second.get(`/orders/${id}`)).json)
  })
})

describe('pages without scripts', () => {
  const fieldsOf = (html: string, action: string): Record<string, string> => {
    const form = html.split('<form').find((part) => part.includes(`action="${action}"`)) ?? ''
    const inputs = form.split('</form>')[0]?.match(/<input[^>]*>/g) ?? []
    const attribute = (tag: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
    return Object.fromEntries(inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]))
  }

  test('lead from the search through the basket to an order page, by forms alone', async () => {
    const client = guest()
    expect((await client.page('/')).text).toContain('Categories')
    expect((await client.page('/search?q=tumblr')).text).toContain('Tumbler set of six')
    const product = await client.page('/products/TEA-01')
    expect(product.text).toContain('Assam black tea')
    const added = await client.send('POST', '/cart', { form: { ...fieldsOf(product.text, '/cart'), quantity: '2' } })
    expect([added.status, added.headers.get('location')]).toEqual([303, '/cart'])
    expect((await client.page('/cart')).text).toContain('Travels in one parcel.')
    const checkout = await client.page('/checkout')
    const order = {
      ...fieldsOf(checkout.text, '/orders'),
      service: 'standard',
      payment: 'invoice',
      window: '',
      email: 'page@example.org',
      recipient: 'Zoë <b>Bold</b>',
      street: 'Weg 1',
      city: 'Berlin',
      postcode: '10115',
      country: 'de',
    }
    const placed = await client.send('POST', '/orders', { form: order })
    expect(placed.status, placed.text).toBe(303)
    const twice = await client.send('POST', '/orders', { form: order })
    expect(twice.headers.get('location'), 'the same form sent twice is one order').toBe(placed.headers.get('location'))
    const page = await client.page(placed.headers.get('location') ?? '')
    expect(page.text).toContain('One parcel')
    expect(page.text).toContain('2 × Assam black tea 250 g')
    expect(page.text).toContain('Zoë &lt;b&gt;Bold&lt;/b&gt;')
    expect(page.text).not.toContain('<b>Bold')
    expect(page.text.replace('<script src="/order.js" defer></script>', '')).not.toContain('<script')
  })

  test('refuse a form without the token of its session, and requests of other sites', async () => {
    const client = guest()
    await client.page('/')
    const bare = await client.send('POST', '/cart', { form: { sku: 'TEA-01', quantity: '1' } })
    expect(bare.status).toBe(403)
    const foreign = await client.send('PUT', '/cart', {
      body: { lines: [] },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(foreign.status).toBe(403)
    const stolen = await guest().send('POST', '/cart', {
      form: { ...fieldsOf((await client.page('/products/TEA-01')).text, '/cart') },
    })
    expect(stolen.status).toBe(403)
  })

  test('run no script, sit in no frame and are kept by no cache', async () => {
    const { headers } = await guest().page('/cart')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toContain('no-store')
  })

  test('say what went wrong in words', async () => {
    const missing = await guest().page('/products/NO-SUCH')
    expect([missing.status, missing.text.includes('That did not work')]).toEqual([404, true])
  })
})

describe('wrong requests', () => {
  test.each<{ method: string; path: string; body?: unknown; no: [status: number, code: string] }>([
    { method: 'PUT', path: '/cart', body: '{"lines":[', no: [400, 'not-json'] },
    { method: 'PUT', path: '/cart', body: { lines: [{ sku: 'TEA-01', quantity: 0 }] }, no: [422, 'invalid'] },
    { method: 'PUT', path: '/cart', body: { lines: [{ sku: 'TEA-01', quantity: 1.5 }] }, no: [422, 'invalid'] },
    { method: 'PUT', path: '/cart', body: { lines: [{ sku: 'NO-SUCH', quantity: 1 }] }, no: [422, 'unknown-product'] },
    { method: 'PUT', path: '/cart', body: { lines: [], also: 1 }, no: [422, 'invalid'] },
    {
      method: 'PUT',
      path: '/cart',
      body: {
        lines: [
          { sku: 'TEA-01', quantity: 1 },
          { sku: 'TEA-01', quantity: 2 },
        ],
      },
      no: [422, 'invalid'],
    },
    { method: 'POST', path: '/session', body: { mode: 'guest', email: 'not an address' }, no: [422, 'invalid'] },
    {
      method: 'POST',
      path: '/session',
      body: { mode: 'sign-up', email: 'a@example.org', password: 'short' },
      no: [422, 'invalid'],
    },
    { method: 'POST', path: '/session', body: { mode: 'admin' }, no: [422, 'invalid'] },
    { method: 'POST', path: '/orders', body: { service: 'standard', payment: 'invoice' }, no: [422, 'missing'] },
    { method: 'GET', path: '/search?limit=0', no: [422, 'invalid'] },
    { method: 'GET', path: '/nothing', no: [404, 'not-found'] },
  ])('$method $path $body is answered $no', async ({ method, path, body, no }) => {
    const answer = await guest().send(method, path, { body })
    expect([answer.status, answer.json.error.code]).toEqual(no)
  })

  test('a body too large is refused before it is read', async () => {
    const answer = await guest().send('PUT', '/cart', { body: { lines: [], pad: 'x'.repeat(300_000) } })
    expect(answer.status).toBe(413)
  })

  test('an order without address, contact or offered window names what is missing', async () => {
    const client = guest()
    await client.send('PUT', '/cart', { body: { lines: [{ sku: 'TEA-01', quantity: 1 }] } })
    const pathOf = async (extra: object): Promise<unknown> =>
      (await client.checkOut(crypto.randomUUID(), extra)).json.error?.details.path
    expect(await pathOf({})).toBe('deliveryAddress')
    expect(await pathOf({ service: 'collect' })).toBe('contact')
    const contact = { contact: { phone: '+49 30 1' } }
    const window = { from: '2001-01-01T09:00:00Z', to: '2001-01-01T12:00:00Z' }
    expect(await pathOf({ service: 'collect', ...contact, window })).toBe('window')
    expect((await client.checkOut(crypto.randomUUID(), { service: 'collect', ...contact })).status).toBe(201)
  })
})

describe('what lies on the disk', () => {
  test('holds no name, address or e-mail in the clear, and its key is its owner’s alone', async () => {
    const client = guest()
    await client.identify('very.private@example.org', { name: 'Unmistakable Nameson' })
    await client.order([{ sku: 'TEA-01', quantity: 1 }])
    const files = ['storefront.sqlite', 'storefront.sqlite-wal'].map((name) =>
      readFileSync(join(folder, 'data', name), 'latin1'),
    )
    for (const secret of ['very.private', 'Unmistakable', 'Teststra', shopToken, client.cookie.split('=')[1] ?? '?']) {
      expect(
        files.some((text) => text.includes(secret)),
        secret,
      ).toBe(false)
    }
    if (process.platform !== 'win32') expect(statSync(join(folder, 'data', 'storefront.key')).mode & 0o777).toBe(0o600)
  })
})
