import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StatusReport } from '../../src-main/domain/outbox.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { ProductChange, Pull, RefusedEntry, Storefront, StorefrontOrder } from '../../src-main/ports/storefront.ts'

/** A shop that a connector talks to, and the hands of its customers and staff. */
export interface SuiteShop {
  readonly storefront: Storefront
  /** The same shop, asked with a key that it does not know. */
  readonly stranger: Storefront
  /** A connector for an address where nothing answers. */
  readonly nowhere: Storefront
  /** Two SKUs that the shop sells and counts, with at least 10 pieces each. */
  readonly skus: readonly [string, string]
  placeOrder(lines: readonly { readonly sku: string; readonly quantity: number }[]): Promise<string>
  /** What the shop counts of a SKU now. */
  stockOf(sku: string): Promise<number>
  /** How often customers were told something, where the shop can say so. */
  toldCount?(): number
  /** Lets some minutes go by, where the test decides the time. */
  minutesPass(): void
  close(): Promise<void>
}

type PageOf<Entry> = Extract<Pull<Entry>, { kind: 'page' }>

function pageOf<Entry>(pull: Pull<Entry>): PageOf<Entry> {
  if (pull.kind !== 'page') throw new Error(pull.kind)
  return pull
}

/** Reads on until the feed has no more; a feed that does not end is a failure. */
export async function readToEnd<Entry>(
  pull: (cursor: string | undefined) => Promise<Pull<Entry>>,
  from: string | undefined,
): Promise<{ readonly entries: readonly Entry[]; readonly refused: readonly RefusedEntry[]; readonly cursor: string }> {
  const entries: Entry[] = []
  const refused: RefusedEntry[] = []
  let cursor = from
  for (let calls = 0; calls < 500; calls += 1) {
    const page = pageOf(await pull(cursor))
    entries.push(...page.entries)
    refused.push(...page.refused)
    if (!page.hasMore) return { entries, refused, cursor: page.cursor }
    cursor = page.cursor
  }
  throw new Error('the feed does not end')
}

/** The promises of ports/storefront.ts that every adapter keeps, whatever it talks to. */
export function storefrontSuite(name: string, open: () => Promise<SuiteShop>): void {
  describe(`${name} keeps the promises of a storefront`, () => {
    let shop: SuiteShop
    beforeAll(async () => {
      shop = await open()
    })
    afterAll(() => shop.close())

    const orders = (from?: string) => readToEnd<StorefrontOrder>((cursor) => shop.storefront.pullOrders(cursor), from)
    const reportOf = (id: string, part: Partial<StatusReport> & Pick<StatusReport, 'kind' | 'sequence'>) => ({
      externalOrderId: id,
      report: { id: crypto.randomUUID(), orderId: 'ours', at: Date.UTC(2026, 10, 22, 9, part.sequence), ...part },
    })
    const packagesOf = (order: StorefrontOrder) => [
      {
        parcelId: crypto.randomUUID(),
        letter: 'A',
        carton: null,
        grossG: 900,
        contents: order.lines.map((line) => ({ externalLineId: line.id, sku: line.sku, quantity: line.quantity })),
        why: { code: 'alone', facts: {} },
      },
    ]

    test('says what it is in terms the back office can use', async () => {
      const described = await shop.storefront.describe()
      expect(described.platform).not.toBe('')
      expect(described.currency).toMatch(/^[A-Z]{3}$/)
      expect(() => new Intl.DateTimeFormat('en', { timeZone: described.timeZone })).not.toThrow()
      expect(described.reportKinds).toContain('planned')
      expect(Number.isInteger(described.clockOffsetMs)).toBe(true)
    })

    test('tests access part by part and never throws for what it finds', async () => {
      const fine = await shop.storefront.testAccess()
      expect(fine.map(({ check }) => check)).toEqual(expect.arrayContaining(['transport', 'address', 'read', 'write']))
      expect(fine.every(({ ok }) => ok)).toBe(true)
      const refused = await shop.stranger.testAccess()
      expect(refused.find(({ check }) => check === 'read')).toMatchObject({
        ok: false,
        details: { what: 'unauthorised' },
      })
      const away = await shop.nowhere.testAccess()
      expect(away.find(({ check }) => check === 'address')).toMatchObject({
        ok: false,
        details: { what: 'no-connection' },
      })
    })

    test('says in facts that a host does not answer, and that a key is refused', async () => {
      const broken = await shop.nowhere.pullOrders(undefined).catch((error: unknown) => error)
      expect(broken).toBeInstanceOf(AppError)
      expect(broken).toMatchObject({ code: 'ERR_STOREFRONT_UNREACHABLE', details: { what: 'no-connection' } })
      const refused = await shop.stranger.pullOrders(undefined).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'ERR_STOREFRONT_REFUSED', details: { what: 'unauthorised', status: 401 } })
      expect(JSON.stringify([broken, refused])).not.toMatch(/cs_|Bearer|Basic/)
    })

    test('brings every product once in a pull, each with a SKU of its own, and ends', async () => {
      const { entries, refused } = await readToEnd<ProductChange>(
        (cursor) => shop.storefront.pullProducts(cursor),
        undefined,
      )
      expect(refused).toEqual([])
      const products = entries.flatMap((entry) => (entry.kind === 'product' ? [entry.product] : []))
      expect(new Set(products.map(({ id }) => id)).size).toBe(products.length)
      expect(new Set(products.map(({ sku }) => sku)).size).toBe(products.length)
      expect(products.map(({ sku }) => sku)).toEqual(expect.arrayContaining([...shop.skus]))
      for (const { price, measures } of products) {
        expect(Number.isInteger(price.minor)).toBe(true)
        if (measures.weightG !== undefined) expect(measures.weightG).toBeGreaterThan(0)
      }
    })

    test('brings an order that was placed, also to a reader who lost the page and asks again', async () => {
      const before = await orders()
      const id = await shop.placeOrder([{ sku: shop.skus[0], quantity: 2 }])
      const found = await orders(before.cursor)
      const again = await orders(before.cursor)
      for (const { entries } of [found, again]) {
        const order = entries.find((entry) => entry.id === id)
        expect(order?.status).toBe('open')
        expect(order?.lines).toEqual([expect.objectContaining({ sku: shop.skus[0], quantity: 2 })])
        expect(order?.deliveryAddress?.country).toMatch(/^[A-Z]{2}$/)
      }
      expect((await orders()).entries.map((entry) => entry.id)).toContain(id)
    })

    test('never takes a foreign cursor for one of its own', async () => {
      const pull = await shop.storefront.pullOrders('somebody-else-wrote-this').catch((error: unknown) => error)
      if (pull instanceof AppError) expect(pull.code).toBe('ERR_STOREFRONT_REFUSED')
      else expect(pull).toEqual({ kind: 'cursor-expired' })
    })

    test('reads named orders whatever a cursor says, and names those it does not know', async () => {
      const ids = [await shop.placeOrder([{ sku: shop.skus[0], quantity: 1 }]), await shop.placeOrder([{ sku: shop.skus[1], quantity: 1 }])] // prettier-ignore
      const now = await shop.storefront.getOrders([...ids, '424242424242'])
      expect(now.found.map(({ id }) => id).sort()).toEqual([...ids].sort())
      expect(now.missing).toEqual(['424242424242'])
      expect(await shop.storefront.getOrders([])).toEqual({ found: [], missing: [], refused: [] })
    })

    test('lists what is open, with the date by which a change is seen', async () => {
      const id = await shop.placeOrder([{ sku: shop.skus[1], quantity: 1 }])
      const open = (await shop.storefront.listOpenIds()).find((entry) => entry.id === id)
      const [order] = (await shop.storefront.getOrders([id])).found
      expect(open).toMatchObject({ id, status: 'open' })
      expect(open?.changedAt).toBe(order?.changedAt)
    })

    test('answers stock levels in the order given, and leaves alone what is not what was expected', async () => {
      const [first, second] = shop.skus
      const present = await shop.stockOf(first)
      const answers = await shop.storefront.pushStock([
        { sku: 'NOBODY-SELLS-THIS', quantity: 1 },
        { sku: first, quantity: present - 3, expected: present },
        { sku: second, quantity: 1, expected: 987_654 },
      ])
      expect(answers).toEqual([
        { sku: 'NOBODY-SELLS-THIS', outcome: 'unknown-sku' },
        { sku: first, outcome: 'set', present: present - 3 },
        { sku: second, outcome: 'conflict', present: await shop.stockOf(second) },
      ])
      expect(await shop.stockOf(first)).toBe(present - 3)
    })

    test('takes a report once, knows it again, and lets no older one overwrite it', async () => {
      const id = await shop.placeOrder([{ sku: shop.skus[0], quantity: 2 }])
      const [order] = (await shop.storefront.getOrders([id])).found
      if (!order) throw new Error('the order is there')
      const packages = packagesOf(order)
      const parcelId = packages[0]?.parcelId
      const planned = reportOf(id, { kind: 'planned', sequence: 1, contents: packages })
      const picking = reportOf(id, { kind: 'picking', sequence: 2, parcelId })
      const packed = reportOf(id, { kind: 'packed', sequence: 3, parcelId })
      expect(await shop.storefront.pushReports([planned, packed])).toEqual([
        { id: planned.report.id, outcome: 'accepted' },
        { id: packed.report.id, outcome: 'accepted' },
      ])
      const told = shop.toldCount?.()
      expect(await shop.storefront.pushReports([packed, picking])).toEqual([
        { id: packed.report.id, outcome: 'duplicate' },
        { id: picking.report.id, outcome: 'stale', presentKind: 'packed', presentSequence: 3 },
      ])
      expect(shop.toldCount?.()).toBe(told)
    })

    test('rejects a report on an order that is not there, and takes the others', async () => {
      const id = await shop.placeOrder([{ sku: shop.skus[0], quantity: 1 }])
      const [order] = (await shop.storefront.getOrders([id])).found
      if (!order) throw new Error('the order is there')
      const lost = reportOf('424242424242', { kind: 'planned', sequence: 1, contents: [] })
      const fine = reportOf(id, { kind: 'planned', sequence: 1, contents: packagesOf(order) })
      const answers = await shop.storefront.pushReports([lost, fine])
      expect(answers.map(({ outcome }) => outcome)).toEqual(['rejected', 'accepted'])
    })

    test('does not call its own reports news', async () => {
      const id = await shop.placeOrder([{ sku: shop.skus[0], quantity: 1 }])
      const [before] = (await shop.storefront.getOrders([id])).found
      if (!before) throw new Error('the order is there')
      shop.minutesPass()
      await shop.storefront.pushReports([reportOf(id, { kind: 'planned', sequence: 1, contents: packagesOf(before) })])
      const [after] = (await shop.storefront.getOrders([id])).found
      expect({ ...after, changedAt: 0 }).toEqual({ ...before, changedAt: 0 })
    })

    test('takes packaging rules twice and answers when nobody asked to be forgotten', async () => {
      const rules = {
        version: 'suite-1',
        cartons: [{ code: 'S', innerMm: [300, 200, 150] as const, maxGrossG: 5000 }],
        rules: {},
        products: [],
      }
      await shop.storefront.publishPackagingRules(rules)
      await shop.storefront.publishPackagingRules(rules)
      const erasures = pageOf(await shop.storefront.pullErasures(undefined))
      expect(erasures.entries).toEqual([])
      expect(pageOf(await shop.storefront.pullErasures(erasures.cursor)).entries).toEqual([])
    })
  })
}
