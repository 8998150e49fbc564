import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import type { Clock } from '../../src-main/kernel/time.ts'
import type { StorefrontOrderStatus } from '../../src-main/ports/storefront.ts'
import { configurationSchema } from '../../src-storefront/configuration.ts'
import { protocolRoutes } from '../../src-storefront/protocol/routes.ts'
import { seal } from '../../src-storefront/sealing/seal.ts'
import { news } from '../../src-storefront/shop/news.ts'
import type { Shop } from '../../src-storefront/shop/shop.ts'
import { nextInSequence, openDatabase, type Db } from '../../src-storefront/store/database.ts'
import type { eventsOf } from '../../src-storefront/store/orders.ts'
import {
  findOrder,
  insertOrder,
  linesOf,
  packagesOf,
  setState,
  type OrderLineRow,
  type OrderRow,
} from '../../src-storefront/store/orders.ts'
import { productStore } from '../../src-storefront/store/products.ts'
import { allowToken } from '../../src-storefront/store/tokens.ts'
import { skus, type Person, type Telling, type World, type WorldOrder } from './world.ts'

const token = 'token-of-the-histories'
const start = { TEA: 30, MUG: 20, PAINT: 12 } as const

/** The rows of an order that lies in the bin. */
interface Binned {
  readonly order: OrderRow
  readonly lines: readonly OrderLineRow[]
  readonly rest: readonly { readonly table: 'package' | 'order_event'; readonly rows: readonly object[] }[]
}

/** The bundled storefront itself, in this process, with its database in memory. */
export function bundledWorld(clock: Clock): World {
  const { shop, app } = openBundled(clock)
  const { db } = shop
  const bin = new Map<string, Binned>()
  const persons = new Map<string, Person>()
  let placed = 0

  const tell = (id: string, telling: Telling): void => {
    if (telling.isSilent) return
    db.prepare('UPDATE customer_order SET seq = ?, changed_at = ? WHERE id = ?').run(nextInSequence(db, 'order'), clock.now(), id) // prettier-ignore
  }
  const isOpen = (row: OrderRow | undefined): boolean => row?.status === 'open' || row?.status === 'on-hold'
  const take = (lines: readonly { sku: string; quantity: number }[]): boolean =>
    db.transaction(() => {
      const taken = lines.filter(({ sku, quantity }) => shop.products.take(sku, quantity))
      if (taken.length === lines.length) return true
      for (const { sku, quantity } of taken) shop.products.giveBack(sku, quantity)
      return false
    })()
  const giveBack = (id: string): void => {
    for (const { sku, quantity } of linesOf(db, id)) shop.products.giveBack(sku, quantity)
  }

  return {
    platform: 'open-protocol',
    url: 'http://127.0.0.1:1',
    token,
    answer: async (request) => app.fetch(request),
    place(wants, person) {
      const lines = Object.entries(wants).map(([sku, quantity]) => ({ sku, quantity }))
      if (!take(lines)) return undefined
      const id = `order-${(placed += 1)}`
      insertOrder(db, orderRow(shop, id, person), lineRows(shop, id, lines))
      persons.set(id, person)
      return id
    },
    editLine(id, { line, quantity }, telling) {
      const lines = linesOf(db, id)
      const old = lines[line % Math.max(1, lines.length)]
      if (!isOpen(findOrder(db, id)) || !old || old.quantity === quantity) return false
      if (quantity > old.quantity && !shop.products.take(old.sku, quantity - old.quantity)) return false
      if (quantity < old.quantity) shop.products.giveBack(old.sku, old.quantity - quantity)
      db.prepare('UPDATE order_line SET quantity = ? WHERE order_id = ? AND id = ?').run(quantity, id, old.id)
      tell(id, telling)
      return true
    },
    editAddress(id, person, telling) {
      if (!isOpen(findOrder(db, id))) return false
      const { wrapped_key, sealed } = seal(shop.keys, id, personalOf(person, clock))
      db.prepare('UPDATE customer_order SET wrapped_key = ?, sealed = ? WHERE id = ?').run(wrapped_key, sealed, id)
      persons.set(id, person)
      tell(id, telling)
      return true
    },
    setStatus(id, status, telling) {
      const row = findOrder(db, id)
      if (!row || row.status === status) return false
      const wasOpen = isOpen(row)
      const isOpening = status === 'open' || status === 'on-hold'
      if (!wasOpen && isOpening && row.status === 'cancelled' && !take(linesOf(db, id))) return false
      if (wasOpen && status === 'cancelled') giveBack(id)
      setState(db, id, { state: status, nowMs: clock.now(), isNews: !telling.isSilent })
      return true
    },
    trash(id) {
      const order = findOrder(db, id)
      if (!order) return false
      if (isOpen(order)) giveBack(id)
      const rowsOf = (table: 'package' | 'order_event'): readonly object[] =>
        db.prepare<[string], object>(`SELECT * FROM ${table} WHERE order_id = ?`).all(id)
      const rest = [
        { table: 'package' as const, rows: rowsOf('package') },
        { table: 'order_event' as const, rows: rowsOf('order_event') },
      ]
      bin.set(id, { order, lines: linesOf(db, id), rest })
      for (const table of ['package', 'order_event', 'order_line'])
        db.prepare(`DELETE FROM ${table} WHERE order_id = ?`).run(id)
      db.prepare('DELETE FROM customer_order WHERE id = ?').run(id)
      return true
    },
    restore(id, telling) {
      const binned = bin.get(id)
      if (!binned || (isOpen(binned.order) && !take(binned.lines))) return false
      bin.delete(id)
      insertOrder(db, binned.order, binned.lines)
      // Numbers of rows that were deleted may have been given to others since.
      for (const { table, rows } of binned.rest)
        for (const row of rows) insertRow(db, table, table === 'order_event' ? { ...row, id: null } : row)
      tell(id, telling)
      return true
    },
    renameProduct: (sku, name) => changeProduct(db, sku, { name }),
    deleteProduct: (sku) => changeProduct(db, sku, { active: 0 }),
    restoreProduct: (sku) => changeProduct(db, sku, { active: 1 }),
    isOnSale: (sku) => shop.products.find(sku)?.active ?? false,
    orders: () => [...persons].map(([id, person]) => worldOrder(db, bin, { id, person })),
    sellable: (sku) => shop.products.find(sku)?.sellable ?? 0,
    effects: (orderId) =>
      (bin.get(orderId)?.rest[1]?.rows as ReturnType<typeof eventsOf> | undefined ?? eventsInOrder(db, orderId)).map((event) => ({
        key: `${event.sequence}`,
        kind: event.kind,
        parcelId: event.parcel_id ?? undefined,
      })), // prettier-ignore
    parcels: (orderId) => new Map(packagesOf(db, orderId).map((row) => [row.parcel_id, row.status])),
    close: () => db.close(),
  }
}

const eventsInOrder = (db: Db, orderId: string): ReturnType<typeof eventsOf> =>
  db.prepare<[string], ReturnType<typeof eventsOf>[number]>('SELECT * FROM order_event WHERE order_id = ? ORDER BY id').all(orderId) // prettier-ignore

function openBundled(clock: Clock): { shop: Shop; app: Hono } {
  const db = openDatabase(':memory:', clock.now())
  const products = productStore(db)
  const measures = { sizeMm: undefined, weightG: undefined, volumeCm3: undefined, handling: {} }
  products.replaceCatalogue(
    skus.map((sku) => ({
      sku,
      gtin: undefined,
      name: `The ${sku}`,
      description: '',
      category: 'All',
      priceMinor: 499,
      taxRate: '7',
      stock: start[sku],
      ...measures,
    })),
    clock.now(),
  )
  allowToken(db, token, { nowMs: clock.now() })
  const keys = { wrapping: randomBytes(32), emailIndex: randomBytes(32), requests: randomBytes(32) }
  const configuration = configurationSchema.parse({})
  // The protocol's routes search nothing and send no mail: the rest of a shop is left out.
  const shop = { db, keys, configuration, clock, products, news: news() } as unknown as Shop
  return { shop, app: protocolRoutes(shop) }
}

const personalOf = (person: Person, clock: Clock) => {
  const address = { name: person.name, lines: [person.street], postcode: person.postcode, city: 'Town', country: 'DE' }
  return {
    user: {
      userId: person.userId,
      kind: 'account',
      identifiedBy: 'password',
      identifiedAt: new Date(clock.now() - (clock.now() % 1000)).toISOString(),
      locale: 'de',
      name: person.name,
      contact: { email: `${person.userId}@example.org` },
      deliveryAddresses: [address],
      deliveryWishes: {},
    },
    deliveryAddress: address,
  }
}

function orderRow(shop: Shop, id: string, person: Person): OrderRow {
  const now = shop.clock.now()
  return {
    id,
    number: nextInSequence(shop.db, 'order-number'),
    user_id: person.userId,
    status: 'open',
    shop_kind: 'received',
    shop_sequence: 0,
    shop_at: now,
    placed_at: now,
    changed_at: now,
    ended_at: null,
    seq: nextInSequence(shop.db, 'order'),
    service: 'standard',
    window_from: null,
    window_to: null,
    payment: 'invoice',
    currency: 'EUR',
    goods_minor: 998,
    shipping_minor: 399,
    tax_minor: 91,
    total_minor: 1397,
    travel: '{}',
    ...seal(shop.keys, id, personalOf(person, shop.clock)),
  }
}

const lineRows = (shop: Shop, orderId: string, lines: readonly { sku: string; quantity: number }[]): OrderLineRow[] =>
  lines.map(({ sku, quantity }, position) => ({
    order_id: orderId,
    id: String(position + 1),
    position,
    sku,
    gtin: null,
    name: shop.products.find(sku)?.name ?? sku,
    quantity,
    unit_price_minor: 499,
    tax_rate: '7',
  }))

function insertRow(db: Db, table: string, row: object): void {
  const columns = Object.keys(row)
  db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`).run(row) // prettier-ignore
}

function changeProduct(db: Db, sku: string, change: Readonly<Record<string, string | number>>): void {
  const sets = Object.keys(change).map((column) => `${column} = @${column}`)
  db.prepare(`UPDATE product SET ${sets.join(', ')}, seq = @seq WHERE sku = @sku`).run({ ...change, sku, seq: nextInSequence(db, 'product') }) // prettier-ignore
}

function worldOrder(db: Db, bin: ReadonlyMap<string, Binned>, known: { id: string; person: Person }): WorldOrder {
  const row = findOrder(db, known.id)
  const lines = bin.get(known.id)?.lines ?? linesOf(db, known.id)
  const status: StorefrontOrderStatus | 'gone' = row?.status ?? 'gone'
  return { ...known, status, lines: lines.map(({ id, sku, quantity }) => ({ id, sku, quantity })) }
}
