import { afterAll, expect, test } from 'vitest'
import { withWalk } from '../../../src-main/application/record-walk.ts'
import type { PickTour } from '../../../src-main/domain/tour.ts'
import { makeParcel, makeStop, makeTour } from '../../fixtures/wave-builders.ts'
import { storefrontOrder } from './fake-storefront.ts'
import { issued, load, takeOrders } from './line-of-work.ts'
import { openTestShop, removeTestShops } from './test-shop.ts'

afterAll(removeTestShops)

const seconds = 1_000
const minutes = 60 * seconds

/** A tour of three stops, done one after another at these times, each given as [seq, minutes after the first]. */
async function walked(
  order: readonly (readonly [seq: number, at: number])[],
  given: Partial<PickTour> = {},
  lengthOfNow?: number,
) {
  const shop = await openTestShop()
  await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
  const bundle = await load(shop, await issued(shop))
  const { floor } = bundle
  if (!floor) throw new Error('the test shop has a floor')
  const ys = [floor.crossY[0] ?? 0, ((floor.crossY[0] ?? 0) + (floor.crossY.at(-1) ?? 0)) / 2, floor.crossY.at(-1) ?? 0]
  const stops = ys.map((y, i) => makeStop({ seq: i + 1, place: [0, y], parcelId: i === 2 ? 'third' : 'other' }))
  let tour: PickTour = makeTour({ stops, lengthMm: 1, ...given })
  let now = 0
  const { planners } = shop.workshop
  const redrawn = { ...planners, walk: async () => ({ length: lengthOfNow ?? 0, points: [] }) }
  const deps = {
    planners: lengthOfNow === undefined ? planners : redrawn,
    system: { ...shop.workshop.system, clock: { now: () => now } },
  }
  const parcels = [makeParcel({ id: 'third', status: 'cancelled' })]
  for (const [seq, at] of order) {
    now = at
    const done = tour.stops.map((stop) => (stop.seq === seq ? { ...stop, picked: stop.quantity } : stop))
    tour = await withWalk(
      deps,
      { ...bundle, parcels: given.id === 'cancelled' ? parcels : [] },
      { ...tour, stops: done },
    )
  }
  return tour.walk
}

test('a walk is finished with its last stop, as long as the order in which its stops were done', async () => {
  const planned = await walked([[1, 0], [2, minutes], [3, 2 * minutes]]) // prettier-ignore
  const wild = await walked([[3, 0], [1, minutes], [2, 2 * minutes]]) // prettier-ignore
  expect(planned?.done.map(([seq]) => seq)).toEqual([1, 2, 3])
  expect(wild?.done.map(([seq]) => seq)).toEqual([3, 1, 2])
  expect(wild?.finished?.walkedMm).toBeGreaterThan(planned?.finished?.walkedMm ?? Infinity)
  expect(planned?.finished).toMatchObject({ at: 2 * minutes, workedMs: 2 * minutes })
})

test('a break of more than ten minutes is no work', async () => {
  const walk = await walked([[1, 0], [2, 45 * minutes], [3, 46 * minutes]]) // prettier-ignore
  expect(walk?.finished?.workedMs).toBe(minutes)
})

test('a walk under way is not finished, and waits for no cancelled parcel', async () => {
  const first = [[1, 0], [2, minutes]] as const // prettier-ignore
  expect((await walked(first))?.finished).toBeUndefined()
  expect((await walked(first, { id: 'cancelled' }))?.finished).toBeDefined()
})

test('where the floor was redrawn and has no way any more, nobody says how far it was', async () => {
  const walk = await walked([[1, 0], [2, minutes], [3, 2 * minutes]], {}, Infinity) // prettier-ignore
  expect(walk?.done).toHaveLength(3)
  expect(walk?.finished).toBeUndefined()
})
