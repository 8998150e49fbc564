import { createHash } from 'node:crypto'
import { reportStateOf } from '../../src-main/adapters/storefronts/woocommerce/report-state.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import type { Clock } from '../../src-main/kernel/time.ts'
import type { StorefrontOrderStatus } from '../../src-main/ports/storefront.ts'
import { createFakeWooCommerce, type FakeWooCommerce } from '../fake-woocommerce/fake-woocommerce.ts'
import type { Person, Telling, World, WorldOrder } from './world.ts'

const start = { TEA: 30, MUG: 20, PAINT: 12 } as const
const wooStatus = { open: 'processing', 'on-hold': 'on-hold', cancelled: 'cancelled', completed: 'completed' } as const
const statusOf: Readonly<Record<string, StorefrontOrderStatus | 'gone'>> = {
  processing: 'open',
  'on-hold': 'on-hold',
  completed: 'completed',
  cancelled: 'cancelled',
  refunded: 'cancelled',
  trash: 'gone',
}

/** A pretended WooCommerce: another version, order storage and zone for each seed. */
export function wooWorld(clock: Clock, seed: number): World {
  const random = seededRandom(seed ^ 0x77c0)
  const one = <Value>(values: readonly [Value, ...Value[]]): Value => values[random.below(values.length)] ?? values[0]
  const version = one(['7.9', '9.4', '11.0'] as const)
  const shop = createFakeWooCommerce({
    seed,
    clock,
    version,
    orderStorage: version === '7.9' ? 'posts' : one(['posts', 'tables'] as const),
    zone: one(['UTC', 'Asia/Tokyo', 'America/New_York', 'Europe/Berlin']),
    hasPrettyPermalinks: random.below(4) > 0,
    hasFulfilments: version === '11.0' && random.below(2) > 0,
    currency: 'EUR',
  })
  const productBySku = stock(shop)
  const skuByProduct = new Map([...productBySku].map(([sku, id]) => [id, sku]))
  const persons = new Map<number, Person>()

  /** What is done behind WooCommerce's back leaves the date as it was. */
  const telling = (id: number, { isSilent }: Telling, deed: () => void): boolean => {
    const before = shop.getOrder(id).modifiedAt
    deed()
    if (isSilent) shop.getOrder(id).modifiedAt = before
    return true
  }
  const idOf = (id: string): number => Number(id)
  const isOpen = (id: string): boolean => ['processing', 'on-hold'].includes(shop.getOrder(idOf(id)).status)

  return {
    platform: 'woocommerce',
    url: shop.address,
    token: shop.token,
    answer: shop.fetch,
    place(wants, person) {
      const lines = Object.entries(wants).map(([sku, quantity]) => ({
        productId: productBySku.get(sku) ?? 0,
        quantity,
      }))
      const id = shop.placeOrder({ lines, shipping: addressOf(person), billing: { ...addressOf(person), email: `${person.userId}@example.org` } }) // prettier-ignore
      if (id === undefined) return undefined
      persons.set(id, person)
      return String(id)
    },
    editLine(id, { line, quantity }, told) {
      const order = shop.getOrder(idOf(id))
      const own = order.lines[line % order.lines.length]
      if (!isOpen(id) || !own) return false
      const remaining = worldOrder(shop, idOf(id), { persons, skuByProduct }).lines.find((one) => one.id === String(own.id))?.quantity ?? 0 // prettier-ignore
      if (remaining === quantity) return false
      if (remaining > quantity)
        return telling(idOf(id), told, () => shop.refund(idOf(id), own.id, remaining - quantity))
      const productId = own.variationId || own.productId
      return telling(idOf(id), told, () => shop.editLines(idOf(id), [{ productId, quantity: own.quantity + quantity - remaining }])) // prettier-ignore
    },
    editAddress(id, person, told) {
      if (!isOpen(id)) return false
      persons.set(idOf(id), person)
      return telling(idOf(id), told, () => shop.editAddress(idOf(id), addressOf(person)))
    },
    setStatus(id, status, told) {
      const order = shop.getOrder(idOf(id))
      if (order.status === wooStatus[status] || order.status === 'trash' || order.status === 'refunded') return false
      return telling(idOf(id), told, () => shop.setStatus(idOf(id), wooStatus[status]))
    },
    trash(id) {
      if (shop.getOrder(idOf(id)).status === 'trash') return false
      shop.trash(idOf(id))
      return true
    },
    restore(id, told) {
      if (shop.getOrder(idOf(id)).status !== 'trash') return false
      return telling(idOf(id), told, () => shop.restore(idOf(id)))
    },
    renameProduct: (sku, name) => shop.editProduct(productBySku.get(sku) ?? 0, { name }),
    deleteProduct: (sku) => shop.editProduct(productBySku.get(sku) ?? 0, { status: 'trash' }),
    restoreProduct: (sku) => shop.editProduct(productBySku.get(sku) ?? 0, { status: 'publish' }),
    isOnSale: (sku) => shop.getProduct(productBySku.get(sku) ?? 0).status === 'publish',
    orders: () => [...persons.keys()].map((id) => worldOrder(shop, id, { persons, skuByProduct })),
    sellable: (sku) => shop.getProduct(productBySku.get(sku) ?? 0).stock ?? 0,
    effects: (orderId) => effectsOf(shop, idOf(orderId)),
    parcels(orderId) {
      const { packages, parcels } = reportStateOf(shop.getOrder(idOf(orderId)).meta.map((one) => ({ ...one })))
      return new Map(packages.map(({ id }) => [id, parcels[id]?.[0] ?? 'planned']))
    },
    close: () => undefined,
  }
}

/** Two simple products, and one with variations, as shops have them. */
function stock(shop: FakeWooCommerce): ReadonlyMap<string, number> {
  const managed = (sku: keyof typeof start) => ({ sku, managesStock: true, stock: start[sku], price: '4.99' })
  const tea = shop.addProduct({ name: 'Tea', weight: '0.32', ...managed('TEA') })
  const mug = shop.addProduct({ name: 'Mug', ...managed('MUG') })
  const parent = shop.addProduct({ name: 'Paint' })
  return new Map([
    ['TEA', tea],
    ['MUG', mug],
    ['PAINT', shop.addVariation(parent, managed('PAINT'))],
  ])
}

function addressOf(person: Person) {
  const [first_name = '', ...rest] = person.name.split(' ')
  return { first_name, last_name: rest.join(' '), address_1: person.street, postcode: person.postcode, city: 'Town', country: 'DE' } // prettier-ignore
}

function worldOrder(
  shop: FakeWooCommerce,
  id: number,
  known: { readonly persons: ReadonlyMap<number, Person>; readonly skuByProduct: ReadonlyMap<number, string> },
): WorldOrder {
  const order = shop.getOrder(id)
  const person = known.persons.get(id)
  if (!person) throw new Error(`nobody placed ${id}`)
  const refunded = (lineId: number): number =>
    order.refunds
      .flatMap(({ lines }) => lines)
      .filter(({ refundedItemId }) => refundedItemId === lineId)
      .reduce((sum, { quantity }) => sum + quantity, 0)
  return {
    id: String(id),
    status: statusOf[order.status] ?? 'on-hold',
    person,
    lines: order.lines
      .map((line) => ({
        id: String(line.id),
        sku: known.skuByProduct.get(line.variationId || line.productId) ?? '',
        quantity: line.quantity - refunded(line.id),
      }))
      .filter(({ quantity }) => quantity > 0),
  }
}

/** A report is done once it stands in the order's own list; a customer told twice of it counts twice. */
function effectsOf(shop: FakeWooCommerce, id: number): ReturnType<World['effects']> {
  const { meta, notes } = shop.getOrder(id)
  return reportStateOf(meta.map((one) => ({ ...one }))).done.flatMap((key) => {
    const reference = createHash('sha256').update(key).digest('hex').slice(0, 12)
    const times = notes.filter(({ note, isForCustomer }) => isForCustomer && note.includes(reference)).length
    return Array.from({ length: Math.max(1, times) }, () => ({ key, kind: '', parcelId: undefined }))
  })
}
