import { connect } from 'node:net'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configurationSchema, type Configuration } from '../../../src-storefront/configuration.ts'
import { startStorefront, type RunningStorefront } from '../../../src-storefront/server.ts'
import { CustomerClient } from './customer-client.ts'
import { fixture, newFolder, packagingRulesFixture, shopToken } from './running-storefront.ts'

const running: RunningStorefront[] = []
const folders: string[] = []

async function start(more: object = {}): Promise<RunningStorefront> {
  const folder = newFolder()
  folders.push(folder)
  const configuration: Configuration = configurationSchema.parse({ packagingRules: packagingRulesFixture(), ...more })
  const options = { folder, configuration, clock: { now: () => Date.now() }, host: '127.0.0.1', port: 0 }
  const server = await startStorefront({
    ...options,
    isSecure: true,
    shopToken,
    catalogueFile: fixture('catalogue.csv'),
  })
  running.push(server)
  return server
}

let shop: RunningStorefront
beforeAll(async () => void (shop = await start()))
afterAll(async () => {
  for (const server of running) await server.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const client = (server = shop): CustomerClient => new CustomerClient(server.address)
const tokenOf = (html: string): string => /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? ''
const cart = { body: { lines: [{ sku: 'TEA-01', quantity: 1 }] } }

describe('another site', () => {
  test.each([
    ['its form', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }],
    ['a browser that only says where the page is from', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ])('changes nothing: %s', async (_, headers) => {
    const who = client()
    await who.send('PUT', '/cart', cart)
    const formToken = tokenOf((await who.page('/cart')).text)
    const form = { formToken, sku: 'TEA-01', quantity: '0', how: 'set' }
    expect((await who.send('POST', '/cart', { form, headers })).status).toBe(403)
    expect((await who.send('PUT', '/cart', { body: { lines: [] }, headers })).status).toBe(403)
    expect((await who.get('/cart')).json.lines).toHaveLength(1)
  })

  test('cannot send JSON as plain text, which no browser asks permission for', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect((await client().send('POST', '/erasures', { body: {}, headers })).status).toBe(415)
  })

  test.each(['/session', '/cart', '/orders', '/orders/find', '/erasures', '/cart/preview'])(
    'nor a form to %s without the token of the session',
    async (path) => {
      const who = client()
      await who.page('/')
      for (const formToken of ['', 'x', tokenOf((await client().page('/cart')).text)])
        expect((await who.send('POST', path, { form: { formToken, mode: 'sign-out' } })).status).toBe(403)
    },
  )
})

describe('the session', () => {
  test('has a cookie that no script reads, that other sites do not send, over HTTPS only', async () => {
    const set = (await client().get('/session')).headers.get('set-cookie') ?? ''
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) expect(set).toContain(flag)
    expect(set).not.toContain('Domain')
  })

  test('that somebody put into a browser beforehand is not the one that is signed in', async () => {
    const victim = client()
    victim.cookie = 'storefront=chosen-by-the-attacker'
    await victim.get('/session')
    expect(victim.cookie).not.toContain('chosen')
    const before = victim.cookie
    const account = { email: 'fixed@example.org', password: 'long enough' }
    await victim.send('POST', '/session', { body: { mode: 'sign-up', ...account } })
    expect(victim.cookie).not.toBe(before)
    const attacker = client()
    attacker.cookie = before
    expect((await attacker.get('/session')).json.user.kind).toBe('guest')
    const signedIn = victim.cookie
    await victim.send('POST', '/session', { body: { mode: 'sign-out' } })
    attacker.cookie = signedIn
    expect((await attacker.get('/session')).json.user.kind, 'a cookie of before the sign-out').toBe('guest')
  })
})

describe('addresses to go back to', () => {
  test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/a\r\nX-Evil: 1', 'javascript:alert(1)'])(
    '%j leads nowhere else and adds no header',
    async (evil) => {
      const who = client()
      const formToken = tokenOf((await who.page('/session')).text)
      const told = { formToken, mode: 'update', locale: 'de', back: evil }
      const switched = await who.send('POST', '/session', { form: told })
      expect([switched.status, switched.headers.get('location')]).toEqual([303, '/'])
      expect(switched.headers.get('x-evil')).toBeNull()
      const page = await who.page(`/session?next=${encodeURIComponent(evil)}`)
      expect(page.text).toMatch(/name="next"\s+value=""/)
      const added = { formToken, sku: 'TEA-01', back: evil }
      expect((await who.send('POST', '/cart', { form: added })).headers.get('location')).toBe('/cart')
    },
  )
})

describe('what people type', () => {
  const evil = `"'><img src=x onerror=alert(1)><script>alert(1)</script>`

  test('is text on every page it comes back to', async () => {
    const who = client()
    await who.send('PUT', '/cart', cart)
    const address = { recipient: evil, company: evil, street: evil, street2: evil, city: evil, region: evil }
    const fields = { ...address, postcode: '10115', country: 'DE', email: 'evil@example.org', phone: '+49301234567' }
    const form = { ...fields, formToken: tokenOf((await who.page('/cart')).text), instructions: evil }
    const choices = { service: 'standard', payment: 'invoice', idempotencyKey: 'evil', window: '' }
    const refused = await who.send('POST', '/orders', { form: { ...form, ...choices, email: evil } })
    expect(refused.status).toBe(422)
    const placed = await who.send('POST', '/orders', { form: { ...form, ...choices } })
    expect(placed.status).toBe(303)
    const page = await who.page(placed.headers.get('location') ?? '')
    const found = await who.send('POST', '/orders/find', {
      form: { formToken: form.formToken, number: evil, email: evil },
    })
    await who.send('POST', '/session', {
      body: { mode: 'sign-up', email: 'evil@example.org', password: evil, name: evil },
    })
    await who.send('POST', '/session', { body: { mode: 'update', deliveryWishes: { instructions: evil } } })
    const account = await who.page('/session')
    const checkout = await who.page('/checkout')
    const search = await who.page(`/search?q=${encodeURIComponent(evil)}&category=${encodeURIComponent(evil)}`)
    for (const { text } of [refused, page, found, account, checkout, search]) {
      expect(text).not.toContain('<img')
      expect(text).not.toContain('<script>')
    }
    expect(page.text).toContain('&lt;img src=x')
  })

  test('runs no script even if it got onto a page: only the order page loads one, from the shop itself', async () => {
    for (const path of ['/', '/cart', '/session', '/checkout', '/data', '/orders/find', '/nowhere']) {
      const policy = (await client().page(path)).headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
    }
    expect((await client().get('/order.js')).headers.get('content-type')).toContain('text/javascript')
  })
})

describe('who is a customer here', () => {
  const number = async (who: CustomerClient, email: string): Promise<{ id: string; number: string; link: string }> => {
    await who.identify(email)
    return (await who.order([{ sku: 'TEA-01', quantity: 1 }])).json
  }

  test('is told to nobody: a wrong number and a wrong address are answered alike, and tries run out', async () => {
    const order = await number(client(), 'known@example.org')
    const find = (who: CustomerClient, body: object) => who.send('POST', '/orders/find', { body })
    const wrongNumber = await find(client(), { number: '999999', email: 'known@example.org' })
    const wrongEmail = await find(client(), { number: order.number, email: 'other@example.org' })
    expect([wrongNumber.status, wrongNumber.text]).toEqual([404, wrongEmail.text])
    const finder = client()
    const found = await find(finder, { number: order.number, email: 'KNOWN@example.org' })
    expect(found.json).toMatchObject({ id: order.id, access: 'look-up', canBeCancelled: false })
    expect(Object.keys(found.json)).not.toContain('deliveryAddress')
    expect(Object.keys(found.json)).not.toContain('link')
    expect((await finder.page(`/orders/${order.id}`)).text).not.toContain('Teststra')
    expect((await finder.send('POST', `/orders/${order.id}/cancel`, { body: {} })).status).toBe(404)
    const statuses: number[] = []
    for (let i = 0; i < 10; i++)
      statuses.push((await find(client(), { number: `${5000 + i}`, email: 'a@example.org' })).status)
    expect(statuses.at(-1)).toBe(429)
  })

  test('the link of an order opens it anywhere, and a wrong one looks like no order', async () => {
    const server = await start()
    const order = await number(client(server), 'linked@example.org')
    const elsewhere = client(server)
    const opened = await elsewhere.get(order.link)
    expect(opened.json).toMatchObject({ id: order.id, access: 'link', deliveryAddress: { city: 'Berlin' } })
    expect((await elsewhere.get(`/orders/${order.id}`)).status).toBe(200)
    const wrong = await client(server).get(`${order.link.slice(0, -1)}${order.link.endsWith('A') ? 'B' : 'A'}`)
    const none = await client(server).get('/orders/no-such/link/x')
    expect([wrong.status, wrong.text]).toEqual([404, none.text])
    const data = (await elsewhere.get('/data')).json.people
    expect(data).toHaveLength(2)
    expect(data[1].user.contact.email).toBe('linked@example.org')
    expect((await elsewhere.send('POST', '/erasures', { body: {} })).json.openOrders).toBe(1)
    expect(
      (await client(server).send('POST', '/session', { body: { mode: 'guest', email: 'linked@example.org' } })).status,
    ).toBe(200)
  })

  test('an account is erased with its password only', async () => {
    const who = client()
    await who.send('POST', '/session', {
      body: { mode: 'sign-up', email: 'gone@example.org', password: 'long enough' },
    })
    expect((await who.send('POST', '/erasures', { body: {} })).status).toBe(422)
    expect((await who.send('POST', '/erasures', { body: { password: 'a wrong one' } })).status).toBe(401)
    expect((await who.send('POST', '/erasures', { body: { password: 'long enough' } })).status).toBe(200)
    const again = { mode: 'sign-in', email: 'gone@example.org', password: 'long enough' }
    expect((await who.send('POST', '/session', { body: again })).status).toBe(401)
  })
})

describe('too much at once', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })

  test('is refused to the address that asks, behind a trusted proxy, and to no other', async () => {
    const limits = { sessionsPerMinute: 3, signUpsPerHour: 2, previewsPerMinute: 2 }
    const server = await start({ trustProxy: 1, limits })
    const open = (headers: object) => client(server).send('GET', '/session', { headers })
    const statuses = async (count: number, headers: object): Promise<number[]> => {
      const all: number[] = []
      for (let i = 0; i < count; i++) all.push((await open(headers)).status)
      return all
    }
    expect(await statuses(4, from('192.0.2.1'))).toEqual([200, 200, 200, 429])
    expect(await statuses(1, from('192.0.2.2'))).toEqual([200])
    // What a customer writes into the header stands left of what the proxy adds.
    expect(await statuses(1, from('203.0.113.9, 192.0.2.1'))).toEqual([429])
    const page = await client(server).send('GET', '/', { headers: { ...from('192.0.2.1'), accept: 'text/html' } })
    expect([page.status, page.text.includes('<h1'), page.headers.get('retry-after') !== null]).toEqual([
      429,
      true,
      true,
    ])
    const planner = client(server)
    const preview = () => planner.send('POST', '/cart/preview', { body: {}, headers: from('192.0.2.7') })
    expect([(await preview()).status, (await preview()).status, (await preview()).status]).toEqual([200, 200, 429])
  })

  test('a wrong password is counted for the customer’s own address, not for the proxy’s', async () => {
    const server = await start({ trustProxy: 1 })
    const attempt = async (address: string, email: string): Promise<number> => {
      const body = { mode: 'sign-in', email, password: 'a guess' }
      return (await client(server).send('POST', '/session', { body, headers: from(address) })).status
    }
    const statuses = await Promise.all(Array.from({ length: 31 }, (_, i) => attempt('192.0.2.1', `a${i}@example.org`)))
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
    expect(await attempt('192.0.2.2', 'b@example.org')).toBe(401)
  })

  test('a body larger than a form can be is refused, also when it does not say how large it is', async () => {
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(65_536)))
      },
    })
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const send = fetch(`${shop.address}/session`, {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit) // duplex is not in the type yet
    const status = await send.then(
      (answer) => answer.status,
      () => 'closed',
    )
    expect([413, 'closed']).toContain(status)
    expect((await client().get('/session')).status).toBe(200)
  })

  test('a form larger than any page has is refused in words', async () => {
    const { status, text } = await client().send('POST', '/orders', { form: { instructions: 'x'.repeat(300_000) } })
    expect([status, text.includes('That was too much at once.')]).toEqual([413, true])
  })

  test('a header larger than any browser sends is refused, and the shop goes on', async () => {
    const { hostname, port } = new URL(shop.address)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`),
      )
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString('latin1')))
      socket.on('close', () => resolve(text))
      socket.on('error', () => undefined)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 431|^$/)
    expect((await client().get('/session')).status).toBe(200)
  })
})
