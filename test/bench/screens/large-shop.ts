import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, type Composed } from '../../../src-main/hosts/compose.ts'
import { searchTokens } from '../../../src-main/application/search-tokens.ts'
import type { FulfilmentEvent, FulfilmentStatus } from '../../../src-main/domain/fulfilment.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import { seededRandom } from '../../../src-main/kernel/random.ts'
import { programFolder } from '../../e2e/built.ts'
import { makeAudit, makeConnection, makeHandling, makeLine, makeMovement, makeOrder, makeProduct, makeUser } from '../../fixtures/builders.ts' // prettier-ignore
import { makeParcel, makeStep, makeWave } from '../../fixtures/wave-builders.ts'
import { largeCatalogue } from '../../quality/search/large-catalogue.ts'
import { storefrontOrder } from '../../unit/application/fake-storefront.ts'

export interface LargeShop {
  readonly dataFolder: string
  readonly orders: number
  readonly products: number
}

const dayMs = 86_400_000
/** Orders of today and yesterday: nobody has planned them yet. */
const openOrders = 400
const perWave = 40
const random = seededRandom(7)
const pick = <Value>(list: readonly Value[]): Value => list[random.below(list.length)] as Value // never an empty list
const syllables = 'an be ri lo ka mu te so vi dra hel mar stein berg quist ova'.split(' ')
const word = (parts: number): string => Array.from({ length: parts }, () => pick(syllables)).join('')
const lastNames = Array.from({ length: 20_000 }, () => word(3))
const towns = Array.from({ length: 3_000 }, () => word(3))

/**
 * A shop after a year: that many orders, all but the newest delivered in one or two parcels of a wave, that many
 * products. Written through the store's own adapters; made once and kept in the temporary folder until the schema changes.
 */
export async function largeShop(orders: number, products: number): Promise<LargeShop> {
  const schema = readdirSync(join(programFolder, 'src-main/adapters/sqlite/migrations')).length
  const dataFolder = join(tmpdir(), `backroom-bench-shop-${orders}-${products}-${schema}`)
  if (!existsSync(dataFolder)) {
    const making = `${dataFolder}-making`
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making)
    const shop = await compose({ dataFolder: making, programFolder, logBug: (operation, error) => console.error(operation, error) }) // prettier-ignore
    await settle(shop)
    await fillCatalogue(shop, products)
    await fillOrders(shop, orders, products)
    await shop.close()
    renameSync(making, dataFolder)
  }
  return { dataFolder, orders, products }
}

async function settle({ room, workshop }: Composed): Promise<void> {
  const manager = { door: 'desktop', actor: 'desktop' } as Parameters<typeof room.call>[2] // as the window calls
  await room.call('shop.init-sample', {}, manager, 'bench-init')
  const settings = await workshop.store.findSettings()
  if (!settings) throw new Error('the sample shop has settings')
  // Nothing of it is to be purged: the search is to look through a whole year of names.
  const privacy = { ...settings.privacy, purgeDaysAfterDelivery: 3650, unreportedDays: 3650 }
  await workshop.store.saveSettings({ ...settings, privacy }, makeAudit())
  const sealedToken = workshop.vault.seal('main', {})
  await workshop.store.saveConnection(makeConnection({ id: 'main', sealedToken }), makeAudit())
}

async function fillCatalogue({ workshop: { store } }: Composed, count: number): Promise<void> {
  const locations = (await store.findFloor())?.locations ?? []
  const all = largeCatalogue(count, 1)
  for (let from = 0; from < count; from += 1000) {
    const batch = all.slice(from, from + 1000)
    const products = batch.map(({ sku, gtin, name, description, category, priceMinor, weightG = 100 }) =>
      makeProduct({
        ...{ sku, name, description, category, priceMinor, weightG, handling: makeHandling() },
        ...(gtin !== undefined && { gtin }),
        sizeMm: [60 + random.below(200), 40 + random.below(150), 20 + random.below(100)],
      }),
    )
    const movements = batch.map(({ sku, stock }) =>
      makeMovement({ sku, quantity: stock + 1, location: pick(locations).code }),
    )
    await store.saveProducts(products, movements, makeAudit())
  }
}

async function fillOrders(shop: Composed, count: number, products: number): Promise<void> {
  const { store } = shop.workshop
  const now = shop.workshop.system.clock.now()
  const settings = await store.findSettings()
  if (!settings) throw new Error('the shop has settings')
  for (let from = 0, wave = 0; from < count; from += 1000) {
    const made = Array.from({ length: Math.min(1000, count - from) }, (_, i) => orderOf(shop, { index: from + i, count, products, now })) // prettier-ignore
    const orders = made.map(({ order }) => order)
    await store.upsertImportedOrders({
      connectionId: 'main',
      orders,
      users: made.map(({ user }) => user),
      events: orders.flatMap((order) => eventsOf(order)),
      reports: [],
      searchTokens: made.map(({ order, tokens }) => ({ orderId: order.id, tokens })),
      audit: makeAudit(),
    })
    const done = orders.filter(({ status }) => status === 'delivered')
    for (let at = 0; at < done.length; at += perWave, wave++) {
      const mine = done.slice(at, at + perWave)
      const { id } = await createWave(shop, mine, wave)
      await store.savePlannedParcels({
        waveId: id,
        stage: 'closed',
        step: makeStep({ at: mine[0]?.placedAt ?? now }),
        unplanned: [],
        proofs: [],
        rules: settings.packing,
        parcels: mine.flatMap((order) => parcelsOf(order, id)),
        orders: mine,
        movements: [],
        events: [],
        reports: [],
        audit: makeAudit(),
      })
    }
  }
}

async function createWave({ workshop }: Composed, orders: readonly Order[], index: number) {
  const wave = makeWave({
    id: `bench-wave-${index}`,
    code: `W${100 + (index % 365)}-${Math.floor(index / 365) + 1}`,
    createdAt: orders[0]?.placedAt ?? 0,
    orderIds: orders.map(({ id }) => id),
  })
  await workshop.store.createWave(wave, makeAudit())
  return wave
}

interface Made {
  readonly index: number
  readonly count: number
  readonly products: number
  readonly now: number
}

function orderOf({ workshop: { vault } }: Composed, { index, count, products, now }: Made) {
  const id = `bench-order-${String(index).padStart(7, '0')}`
  const userId = `bench-user-${String(index).padStart(7, '0')}`
  const name = `${word(2)} ${pick(lastNames)}`
  const [city, postcode] = [pick(towns), String(10_000 + random.below(90_000))]
  const [phone, email] = [`+49 30 ${1_000_000 + index}`, `p${index}@example.org`]
  const status: FulfilmentStatus = index < count - openOrders ? 'delivered' : 'received'
  const placedAt = now - Math.round(((count - index) / count) * 365 * dayMs)
  const entry = storefrontOrder({ TEA: 1 }, { address: { name, postcode, city, phone } })
  const tokens = searchTokens(vault, { ...entry, user: { ...entry.user, name, contact: { email, phone } } })
  const lines = Array.from({ length: 1 + random.below(5) }, (_, line) =>
    makeLine({
      id: `${id}-${line}`,
      externalId: `${id}-${line}`,
      sku: `L-${String(random.below(products)).padStart(6, '0')}`,
      name: `${pick(lastNames)} ${pick(towns)}`,
      quantity: 1 + random.below(3),
    }),
  )
  const recipient = { name, lines: ['Xylophonallee 7'], postcode, city, country: 'DE', phone }
  const order = makeOrder({
    ...{ id, userId, placedAt, lines, status, importedAt: placedAt + 60_000, externalId: id, connectionId: 'main' },
    code: `${String(1 + (index % 365)).padStart(3, '0')}-${Math.floor(index / 365) + 1}`,
    postcodeArea: postcode.slice(0, 2),
    personal: vault.seal(id, { recipient, email }),
  })
  return { order, tokens, user: makeUser({ userId, personal: vault.seal(userId, { name, email, phone }) }) }
}

/** A day from order to hand-over, another one to the door. */
const eventsOf = (order: Order): readonly FulfilmentEvent[] => {
  const hours: readonly (readonly [FulfilmentStatus, number])[] =
    order.status === 'received' ? [['received', 0]] : [['received', 0], ['planned', 2], ['packed', 5], ['handed-over', 8], ['delivered', 30]] // prettier-ignore
  return hours.map(([status, after]) => ({
    id: `${order.id}-${status}`,
    orderId: order.id,
    status,
    at: order.placedAt + after * 3_600_000,
    source: 'desktop',
    actor: 'bench',
  }))
}

const parcelsOf = (order: Order, waveId: string) =>
  (order.lines.length > 3 ? ['A', 'B'] : ['A']).map((letter, half, letters) =>
    makeParcel({
      ...{ id: `${order.id}-${letter}`, orderId: order.id, orderCode: order.code, letter, waveId, status: 'delivered' },
      number: `B${order.id.slice(-7)}${half}`,
      contents: order.lines
        .filter((_, index) => index % letters.length === half)
        .map(({ id, sku, quantity }) => ({ orderLineId: id, sku, quantity })),
      placements: [],
    }),
  )

/** Last names that stand in the shop, to search for. */
export const someNames = (count: number): readonly string[] => Array.from({ length: count }, () => pick(lastNames))
