import { cancelOrder, holdOrder, releaseOrder } from '../../src-main/application/change-order.ts'
import { confirmPack } from '../../src-main/application/confirm-pack.ts'
import { confirmPick } from '../../src-main/application/confirm-pick.ts'
import { exportManifests } from '../../src-main/application/export-manifest.ts'
import { issueDocuments } from '../../src-main/application/issue-documents.ts'
import { issueLabels } from '../../src-main/application/issue-labels.ts'
import { reportShortPick } from '../../src-main/application/report-short-pick.ts'
import { reportStatus } from '../../src-main/application/report-status.ts'
import { createWave, planWave } from '../../src-main/application/run-wave.ts'
import { keepAsItIs, takeOverChange } from '../../src-main/application/take-over-change.ts'
import { readBeforeLabels } from '../../src-main/application/read-before-labels.ts'
import { takeBack } from '../../src-main/application/take-back.ts'
import { syncStorefronts } from '../../src-main/application/sync-storefront.ts'
import type { OrderFile } from '../../src-main/ports/store/order-store.ts'
import type { WaveBundle } from '../../src-main/ports/store/wave-store.ts'
import { person } from './our-side.ts'
import type { OurShop, Shop } from './history.ts'
import { people, skus, type Telling, type World } from './world.ts'

interface Deed<Reach = Shop> {
  /** How often it comes, against the others. */
  readonly weight: number
  run(shop: Reach): Promise<unknown>
}

const oneOf = <Value>(shop: OurShop, values: readonly Value[]): Value | undefined => values[shop.random.below(Math.max(1, values.length))] // prettier-ignore
const telling = (shop: Shop): Telling => ({ isSilent: shop.random.unit() < 0.35 })
const anOrder = (shop: Shop): string => oneOf(shop, shop.world.orders())?.id ?? ''

/** A deed of somebody at the host with one of its orders. */
const at = (weight: number, deed: (world: World, id: string, shop: Shop) => unknown): Deed => ({
  weight,
  run: async (shop) => {
    const id = anOrder(shop)
    if (id !== '') deed(shop.world, id, shop)
  },
})

/** What customers and the people of the storefront do. */
export const hostDeeds = {
  place: {
    weight: 16,
    run: async (shop: Shop) => {
      const wants: Record<string, number> = {}
      for (const sku of skus)
        if (shop.world.isOnSale(sku) && shop.random.unit() < 0.6) wants[sku] = 1 + shop.random.below(3)
      const who = oneOf(shop, people)
      if (who && Object.keys(wants).length > 0) shop.world.place(wants, who)
    },
  },
  editLine: at(5, (world, id, shop) => world.editLine(id, { line: shop.random.below(3), quantity: 1 + shop.random.below(4) }, telling(shop))), // prettier-ignore
  editAddress: at(4, (world, id, shop) => world.editAddress(id, oneOf(shop, people) ?? people[0]!, telling(shop))),
  cancel: at(3, (world, id, shop) => world.setStatus(id, 'cancelled', telling(shop))),
  putOnHold: at(2, (world, id, shop) => world.setStatus(id, 'on-hold', telling(shop))),
  reopen: at(4, (world, id, shop) => world.setStatus(id, 'open', telling(shop))),
  complete: at(1, (world, id, shop) => world.setStatus(id, 'completed', telling(shop))),
  trash: at(3, (world, id) => world.trash(id)),
  restore: at(3, (world, id, shop) => world.restore(id, telling(shop))),
  rename: { weight: 1, run: async ({ world, random }: Shop) => world.renameProduct('TEA', `Tea ${random.below(99)}`) },
  deleteProduct: { weight: 1, run: async (shop: Shop) => shop.world.deleteProduct(oneOf(shop, skus) ?? 'TEA') },
  restoreProduct: { weight: 2, run: async (shop: Shop) => shop.world.restoreProduct(oneOf(shop, skus) ?? 'TEA') },
} satisfies Readonly<Record<string, Deed>>

async function bundles({ store }: OurShop): Promise<readonly WaveBundle[]> {
  const waves = await store.listWaves({ offset: 0, limit: 100 })
  return Promise.all(
    waves.rows.filter(({ wave }) => wave.stage !== 'closed').map(({ wave }) => store.loadWave(wave.id)),
  )
}

async function aWave(shop: OurShop): Promise<WaveBundle | undefined> {
  return oneOf(shop, await bundles(shop))
}

async function anOwnOrder(shop: OurShop): Promise<OrderFile | undefined> {
  const page = await shop.store.listOrders({ offset: 0, limit: 100, sort: 'code' })
  const row = oneOf(shop, page.rows)
  return row && shop.store.findOrder(row.order.id)
}

/** A deed of our staff with one order. */
const ours = (weight: number, deed: (shop: OurShop, order: string) => Promise<unknown>): Deed<OurShop> => ({
  weight,
  run: async (shop) => {
    const file = await anOwnOrder(shop)
    if (file) await deed(shop, file.order.id)
  },
})

async function pick(
  shop: OurShop,
  take: (stop: { waveId: string; tour: number; seq: number; code: string; open: number }) => Promise<unknown>,
): Promise<void> {
  // prettier-ignore
  const bundle = await aWave(shop)
  if (!bundle) return
  const open = bundle.tours.flatMap(
    (tour) =>
    tour.stops
      .filter((stop) => stop.quantity > stop.picked + stop.short)
      .map((stop) => ({ waveId: bundle.wave.id, tour: tour.seq, seq: stop.seq, code: stop.sku, open: stop.quantity - stop.picked - stop.short })), // prettier-ignore
  )
  const stop = oneOf(shop, open)
  if (stop) await take(stop)
}

/** What our program and our staff do. */
export const ourDeeds = {
  poll: { weight: 14, run: ({ workshop }: OurShop) => syncStorefronts(workshop, person, { isAsked: false }) },
  sync: { weight: 4, run: ({ workshop }: OurShop) => syncStorefronts(workshop, person) },
  deliver: { weight: 4, run: ({ workshop }: OurShop) => reportStatus(workshop, person) },
  wait: { weight: 5, run: async (shop: OurShop) => shop.clock.forward(1_000 * 4 ** shop.random.below(7)) },
  plan: {
    weight: 8,
    run: async ({ workshop }: OurShop) => {
      const wave = await createWave(workshop, person, {})
      await planWave(workshop, person, wave.id)
    },
  },
  planAgain: {
    weight: 2,
    run: async (shop: OurShop) => {
      const bundle = await aWave(shop)
      if (bundle) await planWave(shop.workshop, person, bundle.wave.id)
    },
  },
  issue: {
    weight: 4,
    run: async (shop: OurShop) => {
      const bundle = await aWave(shop)
      if (!bundle) return
      await issueDocuments(shop.workshop, person, bundle.wave.id)
      const asOf = await readBeforeLabels(shop.workshop, person, bundle.wave.id)
      await issueLabels(shop.workshop, person, bundle.wave.id, asOf)
    },
  },
  pick: {
    weight: 6,
    run: (shop: OurShop) => pick(shop, ({ open, ...stop }) => confirmPick(shop.workshop, person, { ...stop, quantity: open })), // prettier-ignore
  },
  short: {
    weight: 2,
    run: (shop: OurShop) => pick(shop, ({ open: _open, code: _code, ...stop }) => reportShortPick(shop.workshop, person, { ...stop, quantity: 1 })), // prettier-ignore
  },
  pack: {
    weight: 5,
    run: async (shop: OurShop) => {
      const bundle = await aWave(shop)
      const parcel = oneOf(shop, bundle?.parcels.filter(({ status }) => status === 'picking') ?? [])
      if (parcel) await confirmPack(shop.workshop, person, { parcelId: parcel.id })
    },
  },
  workThrough: {
    weight: 5,
    run: async (shop: OurShop) => {
      const bundle = await aWave(shop)
      if (!bundle) return
      const { id } = bundle.wave
      if (bundle.wave.stage === 'planned') {
        await issueDocuments(shop.workshop, person, id)
        await issueLabels(shop.workshop, person, id)
      }
      const living = new Set(bundle.parcels.filter(({ status }) => status !== 'cancelled').map((parcel) => parcel.id))
      for (const tour of bundle.tours)
        for (const { seq, sku, quantity, picked, short, parcelId } of tour.stops)
          if (quantity > picked + short && living.has(parcelId) && shop.random.unit() < 0.9)
            await confirmPick(shop.workshop, person, { waveId: id, tour: tour.seq, seq, code: sku, quantity: quantity - picked - short }) // prettier-ignore
      for (const parcel of bundle.parcels)
        if (living.has(parcel.id) && shop.random.unit() < 0.8)
          await confirmPack(shop.workshop, person, { parcelId: parcel.id }).catch(() => undefined)
    },
  },
  handOver: { weight: 2, run: ({ workshop }: OurShop) => exportManifests(workshop, person, {}) },
  hold: ours(1, ({ workshop }, order) => holdOrder(workshop, person, order)),
  release: ours(2, ({ workshop }, order) => releaseOrder(workshop, person, order)),
  takeOver: ours(3, ({ workshop }, order) => takeOverChange(workshop, person, { order })),
  keep: ours(1, async ({ workshop, kept }, order) => {
    await keepAsItIs(workshop, person, order)
    kept?.add(order)
  }),
  cancelHere: ours(2, ({ workshop }, order) => cancelOrder(workshop, person, { order, reason: 'by-shop' })),
  undoHere: ours(1, ({ workshop }, order) => takeBack(workshop, person, { order })),
  /** The wrong order: seen at once, or a moment too late. */
  slip: ours(3, async ({ workshop, clock, random }, order) => {
    await cancelOrder(workshop, person, { order, reason: 'by-shop' })
    clock.forward(random.below(7_000))
    await takeBack(workshop, person, { order })
  }),
} satisfies Readonly<Record<string, Deed<OurShop>>>

export type DeedName = keyof typeof hostDeeds | keyof typeof ourDeeds

/** Reports wait an hour at most between two tries, and some platforms read their products whole once a day. */
const longestPause = 25 * 3_600_000

/** Nothing happens any more, and a person asks twice: what a shop does in the evening to be sure. */
export async function quiet(shop: OurShop): Promise<void> {
  for (let round = 0; round < 2; round++) {
    shop.clock.forward(longestPause)
    await syncStorefronts(shop.workshop, person)
  }
}
