import { packAll, provenRefusal, type Workshop } from '../one-carton/fill.ts'
import type { Placed } from '../one-carton/stowage.ts'
import type { Box } from '../model/box.ts'
import { priceOf } from '../model/price.ts'
import { countOf, sumOver, volumeOf, weightOf, type Counts } from '../model/scene.ts'

/** One carton with pieces in it. */
export interface Filled {
  readonly box: Box
  readonly counts: Counts
  readonly placed: readonly Placed[]
  readonly volumeMm3: number
  readonly price: number
}

/** What is left of each carton, by the carton's index; Infinity where stock is not limited. */
export type Stock = readonly number[]

export interface GroupPlan {
  readonly filled: readonly Filled[]
  /** Pieces that got into no carton. */
  readonly left: Counts
}

/** What a plan is made within: carton stock and how many parcels the order may still have. */
export interface Frame {
  readonly stock: Stock
  readonly maxParcels: number
}

export function filledOf(
  shop: Workshop,
  box: Box,
  load: { readonly counts: Counts; readonly placed: readonly Placed[] },
): Filled {
  const { scene } = shop
  return {
    box,
    ...load,
    volumeMm3: sumOver(scene, load.counts, volumeOf),
    price: priceOf(box.carton, sumOver(scene, load.counts, weightOf), scene.rules),
  }
}

export function stockAfter(stock: Stock, filled: readonly Filled[]): number[] {
  const left = [...stock]
  for (const { box } of filled) left[box.index] = (left[box.index] ?? 0) - 1
  return left
}

/** Cartons from best to worst for a net weight: objective, carton cost, outer volume, place in the list. */
export function boxesByPrice(shop: Workshop, netG: number): readonly Box[] {
  const { objective } = shop.scene.rules
  const weightG = objective === 'volume' || objective === 'cost' ? 0 : netG
  const known = shop.ranked.get(weightG)
  if (known) return known
  const ranked = rankedByPrice(shop, weightG)
  shop.ranked.set(weightG, ranked)
  return ranked
}

function rankedByPrice(shop: Workshop, netG: number): readonly Box[] {
  const { boxes, rules } = shop.scene
  return boxes
    .map((box) => ({ box, price: priceOf(box.carton, netG, rules) }))
    .sort(
      (a, b) =>
        a.price - b.price ||
        a.box.carton.costMinor - b.box.carton.costMinor ||
        a.box.outerMm3 - b.box.outerMm3 ||
        a.box.index - b.box.index,
    )
    .map(({ box }) => box)
}

/** The best carton in stock that is found to hold all these pieces. `isBest`: every better one in stock is disproven. */
export function bestSingle(
  shop: Workshop,
  counts: Counts,
  stock: Stock,
): { readonly filled: Filled | undefined; readonly isBest: boolean } {
  let isBest = true
  for (const box of boxesByPrice(shop, sumOver(shop.scene, counts, weightOf))) {
    if ((stock[box.index] ?? 0) <= 0) continue
    const answer = packAll(shop, box, counts)
    if (answer.is === 'packed') return { filled: filledOf(shop, box, { counts, placed: answer.placed }), isBest }
    if (answer.is === 'unknown') isBest = false
  }
  return { filled: undefined, isBest }
}

/** True when a filter proves that none of the cartons holds all these pieces. */
export function isTooMuchForOne(shop: Workshop, counts: Counts): boolean {
  return shop.scene.boxes.every((box) => provenRefusal(shop, box, counts) !== undefined)
}

/**
 * Orders plans, the better one first (negative): most volume packed, then number of parcels and price
 * (price first in mode cheapest), carton cost, outer volume, then the more uneven filling, from which an
 * emptier parcel can still be saved.
 */
export function comparePlans(shop: Workshop, a: GroupPlan, b: GroupPlan): number {
  const { scene } = shop
  const total = (plan: GroupPlan, of: (filled: Filled) => number): number =>
    plan.filled.reduce((sum, filled) => sum + of(filled), 0)
  const difference = (of: (filled: Filled) => number): number => total(a, of) - total(b, of)
  const volume =
    sumOver(scene, a.left, volumeOf) - sumOver(scene, b.left, volumeOf) || countOf(a.left) - countOf(b.left)
  const parcels = a.filled.length - b.filled.length
  const price = difference((filled) => filled.price)
  return (
    volume ||
    (scene.rules.mode === 'fewest' ? parcels || price : price || parcels) ||
    difference((filled) => filled.box.carton.costMinor) ||
    difference((filled) => filled.box.outerMm3) ||
    -difference((filled) => (filled.volumeMm3 / 1000) ** 2)
  )
}
