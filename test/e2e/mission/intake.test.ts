import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf, Refused } from '../../../src-main/hosts/demo/http.ts'
import { products } from '../stage/catalogue.ts'
import { buy, parcelsInWords, sameParcels, sampleCustomers, type Bought } from '../stage/customers.ts'
import {
  commandLine,
  initShop,
  openFolder,
  resources,
  serveShop,
  startStorefront,
  type Served,
  type Shop,
  type Storefront,
  type Terminal,
} from '../stage/programs.ts'
import { slowLine, type SlowLine } from '../stage/slow-line.ts'

interface OrderRow {
  readonly order: { readonly id: string; readonly code: string; readonly externalId: string; readonly userId: string }
  readonly pieces: number
}
interface Rows<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}
type Synced = readonly { readonly orders: { readonly read: number; readonly new: number; readonly changed: number } }[]

const ordersPerPage = 3
const openings: (() => Promise<void> | void)[] = []
let storefront: Storefront
let line: SlowLine
let shop: Shop
const bought: Bought[] = []

function nth<Value>(list: readonly Value[], index: number): Value {
  const found = list.at(index)
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}
const customer = (index: number) => nth(sampleCustomers, index)
const [account, guest, abroad] = [customer(2), customer(19), customer(52)]
const secondBasket = [{ sku: 'BK-0110', quantity: 1 }]

/** An account and a guest who both come twice, and five who come once. */
async function everybodyBuys(): Promise<void> {
  const visits = [
    () => buy(storefront.address, account),
    () => buy(storefront.address, guest),
    () => buy(storefront.address, customer(34)),
    () => buy(storefront.address, account, { returns: true, basket: secondBasket }),
    () => buy(storefront.address, guest, { basket: secondBasket }),
    () => buy(storefront.address, customer(10)),
    () => buy(storefront.address, customer(20)),
    () => buy(storefront.address, customer(25)),
    () => buy(storefront.address, abroad),
    () => buy(storefront.address, customer(27)),
  ]
  for (const visit of visits) bought.push(await visit())
}

beforeAll(async () => {
  const folder = openFolder('intake')
  openings.push(folder.close)
  ;[storefront, shop] = await Promise.all([startStorefront(folder.path), initShop(folder.path)])
  openings.push(storefront.stop)
  line = await slowLine(storefront.address, ordersPerPage)
  openings.push(line.stop)
  await shop.command('connect', line.address, '--token', storefront.token)
  await shop.command('sync')
  await everybodyBuys()
}, 600_000)

afterAll(async () => {
  for (const close of openings.toReversed()) await close()
})

/** Runs the sync as a process of its own and kills it when it asks for one more page than `pages`. */
function killedSync(pages: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [commandLine, 'sync', '--data', shop.data, '--json'], { stdio: 'ignore' })
  line.breakAfter(pages, () => child.kill('SIGKILL'))
  return new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
}

const ordersInShop = () => shop.command<Rows<OrderRow>>('orders')

describe('the purchase request', () => {
  test('M2: a sync killed half way and run again leaves every order once', async () => {
    expect(await killedSync(1)).toBe('SIGKILL')
    expect((await ordersInShop()).total).toBe(ordersPerPage)
    expect(await killedSync(1)).toBe('SIGKILL')
    expect((await ordersInShop()).total).toBe(2 * ordersPerPage)
    const [synced] = await shop.command<Synced>('sync')
    expect(synced?.orders.new).toBe(bought.length - 2 * ordersPerPage)
    const { rows, total } = await ordersInShop()
    expect(total).toBe(bought.length)
    expect(rows.map(({ order }) => order.externalId).toSorted()).toEqual(bought.map((one) => one.answer.id).toSorted())
    expect(new Set(rows.map(({ order }) => order.code)).size).toBe(bought.length)
  })

  test('M2: one more sync brings nothing new, and the same order sent twice is one order', async () => {
    const first = nth(bought, 0)
    const again = await first.again()
    expect(again.id).toBe(first.answer.id)
    expect(parcelsInWords(again.packages)).toEqual(parcelsInWords(first.answer.packages))
    const [synced] = await shop.command<Synced>('sync')
    expect(synced?.orders).toMatchObject({ new: 0, changed: 0 })
    expect((await ordersInShop()).total).toBe(bought.length)
  })

  test('M2: every product of every order arrives in its quantity', async () => {
    const { rows } = await ordersInShop()
    for (const one of bought) {
      const row = rows.find(({ order }) => order.externalId === one.answer.id)
      const { order } = await callOrder(row?.order.code ?? '')
      const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }))
      expect(lines.toSorted(bySku)).toEqual(one.lines.toSorted(bySku))
    }
  })
})

const bySku = (a: { readonly sku: string }, b: { readonly sku: string }): number => (a.sku < b.sku ? -1 : 1)
let served: Served | undefined
let tablet: Terminal | undefined

/** The shop opened to the floor; from here on the command line goes through it. */
async function open(): Promise<{ readonly served: Served; readonly tablet: Terminal }> {
  if (!served) {
    served = await serveShop(shop)
    openings.push(served.stop)
  }
  tablet ??= await served.pair('intake tablet')
  return { served, tablet }
}

async function callOrder(code: string): Promise<{
  readonly order: {
    readonly userId: string
    readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  }
}> {
  return (await open()).served.call('orders.get', { order: code })
}

describe('who the customer is', () => {
  const inShop = async (one: Bought) =>
    (await (await open()).served.call<Rows<OrderRow>>('orders.list')).rows.find(
      ({ order }) => order.externalId === one.answer.id,
    )?.order

  test('M1: whoever opens the storefront is somebody before there is an order', async () => {
    const { user } = await callerOf(storefront.address).get<{ user: { userId: string; kind: string } }>('/session')
    expect(user).toMatchObject({ kind: 'guest', identifiedBy: 'guest-session' })
    expect(bought.map((one) => one.userId)).not.toContain(user.userId)
  })

  test('M1: an account that signs in again is the same user, and both orders carry it into the back office', async () => {
    const [first, second] = [nth(bought, 0), nth(bought, 3)]
    expect(second.userId).toBe(first.userId)
    expect((await inShop(first))?.userId).toBe(first.userId)
    expect((await inShop(second))?.userId).toBe(first.userId)
  })

  test('M1: a guest who comes again is a new user, recognised by e-mail in the back office and told nothing of it', async () => {
    const [first, second] = [nth(bought, 1), nth(bought, 4)]
    expect(second.userId).not.toBe(first.userId)
    const { user } = await second.http.get<{ user: { previousUserId?: string } }>('/session')
    expect(user.previousUserId, 'whoever types an address is not told that it is known').toBeUndefined()
    const found = await shop.command<Rows<OrderRow>>('orders', guest.email)
    expect(found.rows.map(({ order }) => order.userId).toSorted()).toEqual([first.userId, second.userId].toSorted())
  })

  test('M1: a wrong password signs nobody in', async () => {
    const http = callerOf(storefront.address)
    const attempt = http.send('POST', '/session', { mode: 'sign-in', email: account.email, password: 'not this one' })
    await expect(attempt).rejects.toMatchObject({ status: 401 })
  })
})

describe('what the customer finds and is told', () => {
  const search = (words: string) =>
    callerOf(storefront.address).get<{ products: readonly { sku: string; name: string }[]; searchedFor?: string }>(
      `/search?q=${encodeURIComponent(words)}`,
    )

  test.each([
    ['red lentils', 'GR-0110'],
    ['red lentlis', 'GR-0110'],
    ['bukwheat flour', 'GR-0104'],
    ['RISOTO', 'GR-0108'],
    ['гречка', 'GR-0105'],
    ['こしひかり', 'GR-0109'],
    ['ข้าวหอมมะลิ', 'GR-0107'],
    ['2043210001106', 'GR-0110'],
    ['gr-0110', 'GR-0110'],
  ])('M13: %j finds %s among the first three', async (words, sku) => {
    const { products: found } = await search(words)
    expect(found.slice(0, 3).map((product) => product.sku)).toContain(sku)
  })

  const isLatin = (text: string): boolean => /^[\p{Script=Latin}\p{Script=Common}\p{M}]+$/u.test(text.normalize('NFD'))

  test('M13: accents make no difference, typed or left out', async () => {
    const accented = [...products.values()].filter(({ name }) => /\p{M}/u.test(name.normalize('NFD')) && isLatin(name))
    expect(accented.length).toBeGreaterThan(4)
    for (const { name, sku } of accented) {
      const bare = name.normalize('NFD').replaceAll(/\p{M}/gu, '')
      for (const words of [name, bare, name.toUpperCase()]) {
        expect((await search(words)).products.slice(0, 5).map((product) => product.sku)).toContain(sku)
      }
    }
  })

  test('M13: a product from any part of the catalogue is found by its own name', async () => {
    for (const { name, sku } of [...products.values()].filter((_, index) => index % 23 === 0)) {
      expect((await search(name)).products.slice(0, 5).map((product) => product.sku)).toContain(sku)
    }
  })

  test('M10: one catalogue holds every kind of product, at the storefront and in the back office', async () => {
    const { categories } = await callerOf(storefront.address).get<{
      categories: readonly { name: string; products: number }[]
    }>('/search')
    const expected = Map.groupBy(products.values(), (product) => product.category)
    expect(new Map(categories.map((one) => [one.name, one.products]))).toEqual(
      new Map([...expected].map(([name, list]) => [name, list.length])),
    )
    expect(expected.size).toBeGreaterThan(9)
    const { total } = await (await open()).served.call<Rows<object>>('catalogue.list')
    expect(total).toBe(products.size)
  })

  test('M9: when the shop packs otherwise than promised, the order page says what changed', async () => {
    const one = nth(bought, -1)
    const promised = one.preview[0]?.carton
    expect(promised).toBeTypeOf('string')
    const stock = shop.put('cartons.csv', cartonsWithout(promised ?? ''))
    await shop.command('import-cartons', stock)
    const { rows } = await (await open()).served.call<Rows<OrderRow>>('orders.list')
    const id = rows.find(({ order }) => order.externalId === one.answer.id)?.order.id
    await releaseReportsAtOnce()
    await shop.command('plan', id ?? '')
    await shop.command('report')
    const page = await one.look()
    expect(page.packagesFrom).toBe('shop')
    expect(sameParcels(page.packages, one.preview)).toBe(false)
    expect(page.changes.map((change) => change.code)).toEqual(['other-carton'])
    expect(page.changes[0]?.text).toMatch(/\w/)
  })

  /** Reports wait for half a minute so that a slip can be taken back; here nobody slips. */
  async function releaseReportsAtOnce(): Promise<void> {
    const { served: room } = await open()
    const settings = await room.call<object>('settings.get')
    await room.call('settings.save', { settings: { ...settings, undoMs: 0 } })
  }
})

/** The shop's file of cartons with none left of one of them. */
function cartonsWithout(code: string): string {
  const rows = readFileSync(join(resources, 'cartons.csv'), 'utf8').trim().split('\n')
  return rows.map((row) => (row.startsWith(`${code},`) ? noneLeft(row) : row)).join('\n') + '\n'
}

/** The stock stands in the fifth column from the right; only the name, further left, may hold a comma. */
const noneLeft = (row: string): string => row.split(',').with(-5, '0').join(',')

describe('the storefront’s protocol', () => {
  const http = () => callerOf(storefront.address, storefront.token)

  test('M16: feeds of products and orders are read page by page over HTTP, each entry once', async () => {
    const description = await http().get<{ protocolVersions: readonly string[]; reportKinds: readonly string[] }>(
      '/.well-known/storefront',
    )
    expect(description.protocolVersions.length).toBeGreaterThan(0)
    for (const [path, expected] of [
      ['/orders', bought.length],
      ['/products', products.size],
    ] as const) {
      expect(new Set(await idsOfFeed(path)).size).toBe(expected)
    }
  })

  async function idsOfFeed(path: string): Promise<readonly string[]> {
    const ids: string[] = []
    for (let cursor = ''; ;) {
      const page = await http().get<{
        entries: readonly { id?: string; sku?: string }[]
        cursor: string
        hasMore: boolean
      }>(`${path}?limit=${path === '/orders' ? 4 : 200}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      ids.push(...page.entries.map((entry) => entry.id ?? entry.sku ?? ''))
      if (!page.hasMore) return ids
      cursor = page.cursor
    }
  }

  test('M16: a report has one effect however often it comes, another body under its id is refused, an older one is stale', async () => {
    const one = nth(bought, 8)
    const report = {
      id: randomUUID(),
      orderId: one.answer.id,
      kind: 'picking',
      sequence: 41,
      at: '2026-11-22T10:00:00Z',
    }
    const send = (body: { readonly id: string }) =>
      http().send<{ outcome: string }>('POST', `/orders/${one.answer.id}/reports`, body, { 'idempotency-key': body.id })
    expect(await send(report)).toMatchObject({ outcome: 'accepted' })
    const before = await one.look()
    expect(await send(report)).toMatchObject({ outcome: 'accepted', replayed: true })
    expect(await one.look()).toEqual(before)
    await expect(send({ ...report, ...{ kind: 'packed' } })).rejects.toMatchObject({ status: 422 })
    const older = { ...report, id: randomUUID(), kind: 'planned', sequence: 40 }
    await expect(send(older)).rejects.toMatchObject({ status: 409 })
    expect(await one.look()).toEqual(before)
  })

  test('M16: without the back office’s token the protocol answers nobody', async () => {
    for (const token of [undefined, 'not-a-token']) {
      await expect(callerOf(storefront.address, token).get('/orders:open')).rejects.toMatchObject({ status: 401 })
    }
  })

  test('M16: a storefront that is down is named, and nothing is lost', async () => {
    await line.stop()
    await expect(shop.command('sync')).rejects.toMatchObject({ exitCode: 3 })
    expect((await ordersInShop()).total).toBe(bought.length)
  })
})

/** The floor is told what to fetch, not what it costs. */
function withoutPrices(answer: unknown): unknown {
  const priced: ReadonlySet<string> = new Set(['unitPriceMinor', 'taxRate', 'totals'])
  return JSON.parse(JSON.stringify(answer, (name: string, value: unknown) => (priced.has(name) ? undefined : value)))
}

describe('the doors', () => {
  test('M15: command line and station answer the same operation alike', async () => {
    const { served: room, tablet: floor } = await open()
    for (const [operation, input] of [
      ['orders.list', {}],
      ['settings.get', {}],
      ['catalogue.list', { search: 'lentils' }],
      ['cartons.list', {}],
      ['today.get', {}],
    ] as const) {
      const typed = await shop.command('call', operation, JSON.stringify(input))
      expect(await floor.call(operation, input)).toEqual(operation === 'orders.list' ? withoutPrices(typed) : typed)
      expect(await room.call(operation, input)).toEqual(typed)
    }
  })

  test('M15: the command line answers the same with the station closed', async () => {
    const { served: room } = await open()
    const before = await room.call<Rows<OrderRow>>('orders.list')
    await room.stop()
    expect(await shop.command('call', 'orders.list')).toEqual(before)
  })
})

test('M15: a terminal that is not paired is refused, and a station may not do a manager’s work', async () => {
  const room = await serveShop(shop)
  try {
    const stranger = callerOf(room.address, 'not-a-token')
    await expect(stranger.send('POST', '/call/orders.list', {})).rejects.toMatchObject({ status: 401 })
    const floor = await room.pair('second tablet')
    const attempt = floor.call('backup.create')
    await expect(attempt).rejects.toBeInstanceOf(Refused)
    await expect(attempt).rejects.toMatchObject({ status: 403 })
  } finally {
    await room.stop()
  }
})

test('M14: sealing is switched off only when the manager confirms it', async () => {
  const room = await serveShop(shop)
  try {
    const settings = await room.call<{ privacy: object }>('settings.get')
    const off = { ...settings, privacy: { ...settings.privacy, sealing: 'off' } }
    await expect(room.call('settings.save', { settings: off })).rejects.toMatchObject({ status: 422 })
    expect(await room.call('settings.get')).toEqual(settings)
    await room.call('settings.save', { settings: off, confirmed: true })
    expect(await room.call('settings.get')).toEqual(off)
  } finally {
    await room.stop()
  }
})
