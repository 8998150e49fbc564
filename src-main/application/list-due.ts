import type { HoldReason } from '../domain/order.ts'
import type { DueToday } from '../domain/report.ts'
import { dayAfter, startOfDay } from './local-day.ts'
import { listCollections } from './list-collections.ts'
import { periodOf } from './report-period.ts'
import type { Workshop } from './workshop.ts'

/** Held orders that are looked through; beyond that the numbers say at least how many. */
const mostHeld = 1_000
/** How far back a place where pieces were missing is still asked about. */
const doubtDays = 30

/**
 * What is due and what is in the way: each courier's next collection with what is packed for it and what is not, and
 * problems by the thing that mends them.
 */
export async function listDue(deps: Pick<Workshop, 'store' | 'system'>): Promise<DueToday> {
  const { store, system } = deps
  const { settings, to, span, now } = await periodOf(deps, {})
  const { zone } = settings.shop
  const collections = await listCollections(deps)
  const open = await store.countUnpacked()
  const held = await store.listOrders({ status: ['on-hold'], offset: 0, limit: mostHeld })
  const doubts = await store.findStockNeeds({
    from: span.to - doubtDays * 86_400_000,
    to: span.to,
    days: doubtDays,
    coverDays: 0,
    limit: 200,
  })
  const day = { from: startOfDay(to, zone), to: startOfDay(dayAfter(to), zone) }
  const waiting = collections.flatMap((collection) => collection.parcels)
  return {
    at: system.clock.now(),
    collections: collections
      .map((one) => ({
        courier: one.courier,
        name: one.name,
        day: one.day,
        at: one.at,
        dueAt: startOfDay(one.day, zone) + minutesOf(one.at) * 60_000,
        packed: one.parcels.length,
        open: open.find(({ carrierCode }) => carrierCode === one.courier)?.parcels ?? 0,
        missed: one.parcels.filter(({ missed }) => missed !== undefined).length,
      }))
      .filter((one) => one.packed + one.open > 0)
      .toSorted((a, b) => a.dueAt - b.dueAt),
    windows: await store.countWindows({ ...day, from: Math.max(day.from, now) }),
    problems: [
      { what: 'unknown', count: heldFor(held.rows, ['unknown-sku']) },
      { what: 'measures', count: heldFor(held.rows, ['missing-measures', 'unpackable']) },
      { what: 'stock', count: heldFor(held.rows, ['stock-short']) },
      { what: 'others', count: heldFor(held.rows, ['missing-address', 'no-carrier', 'by-hand', 'nothing-left']) },
      { what: 'missed', count: waiting.filter(({ missed }) => missed !== undefined).length },
      { what: 'noLabel', count: waiting.filter(({ stays }) => stays === 'no-label').length },
      { what: 'uncounted', count: doubts.toCount.length },
    ].filter(({ count }) => count > 0) as DueToday['problems'], // the words above are those of the type
  }
}

const minutesOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

/** Orders are counted once, under the first of their holds: that one is mended first. */
const heldFor = (
  rows: readonly { readonly order: { readonly holds: readonly { readonly code: HoldReason['code'] }[] } }[],
  codes: readonly HoldReason['code'][],
): number => rows.filter(({ order }) => order.holds[0] !== undefined && codes.includes(order.holds[0].code)).length
