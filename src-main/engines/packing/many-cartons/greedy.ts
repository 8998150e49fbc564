import { fillMost, type Workshop } from '../one-carton/fill.ts'
import type { Recipe } from '../one-carton/portfolio.ts'
import type { Box } from '../model/box.ts'
import { countOf, minus, type Counts } from '../model/scene.ts'
import { bestSingle, filledOf, stockAfter, type Filled, type Frame, type GroupPlan } from './plan.ts'

/** How a greedy plan chooses its cartons and fills them. */
export interface Manner {
  /** Cartons to choose from before all the others; the one that packs most per the measure wins. */
  readonly favoured: readonly Box[]
  /** `volume`: most volume packed; `price`: least price per volume packed. */
  readonly measure: 'volume' | 'price'
  readonly recipes: readonly Recipe[]
  /** End the plan with one carton for all that is left, as soon as one holds it. */
  readonly joins: boolean
  /** Gross weight at which a parcel is full: where a tariff row ends, several light parcels may be cheaper. */
  readonly fullAtG: number
}

/**
 * One parcel after the other: if all that is left fits one carton, the best such carton may end the plan;
 * otherwise the favoured carton that does best by the measure is filled with as much as it takes.
 */
export function greedyPlan(
  shop: Workshop,
  counts: Counts,
  { frame, manner }: { frame: Frame; manner: Manner },
): GroupPlan {
  const filled: Filled[] = []
  let left = counts
  const isLast = frame.maxParcels === 1 || frame.stock.reduce((sum, number) => sum + number, 0) === 1
  while (countOf(left) > 0 && filled.length < frame.maxParcels) {
    const stock = stockAfter(frame.stock, filled)
    const next =
      (manner.joins ? bestSingle(shop, left, stock).filled : undefined) ??
      fullest(shop, left, { boxes: manner.favoured.filter((box) => (stock[box.index] ?? 0) > 0), manner, isLast }) ??
      fullest(shop, left, { boxes: shop.scene.boxes.filter((box) => (stock[box.index] ?? 0) > 0), manner, isLast }) ??
      oneSet(shop, left, stock)
    if (next === undefined) break
    filled.push(next)
    left = minus(left, next.counts)
  }
  return { filled, left }
}

function fullest(
  shop: Workshop,
  left: Counts,
  { boxes, manner, isLast }: { boxes: readonly Box[]; manner: Manner; isLast: boolean },
): Filled | undefined {
  let best: Filled | undefined
  for (const given of boxes) {
    const box = lightened(given, manner.fullAtG)
    const stowed = fillMost(shop, box, { counts: left, recipes: manner.recipes, isLast })
    if (countOf(stowed.counts) === 0) continue
    const filled = filledOf(shop, given, stowed)
    if (best === undefined || isFuller(filled, best, manner)) best = filled
  }
  return best
}

function lightened(box: Box, fullAtG: number): Box {
  return box.allowableG <= fullAtG ? box : { ...box, netG: box.netG - (box.allowableG - fullAtG) }
}

function isFuller(a: Filled, b: Filled, manner: Manner): boolean {
  if (manner.measure === 'price') return a.price * b.volumeMm3 < b.price * a.volumeMm3
  return a.volumeMm3 > b.volumeMm3 || (a.volumeMm3 === b.volumeMm3 && a.price < b.price)
}

/** A set that no filling got in as a whole may still have a carton of its own. */
function oneSet(shop: Workshop, left: Counts, stock: readonly number[]): Filled | undefined {
  for (const members of shop.scene.sets) {
    const counts = left.map((count, index) => (members.includes(index) ? count : 0))
    const single = countOf(counts) > 0 ? bestSingle(shop, counts, stock).filled : undefined
    if (single) return single
  }
  return undefined
}

/** Moves the contents of each parcel into the best carton that holds them. */
export function downsized(shop: Workshop, plan: GroupPlan, frame: Frame): GroupPlan {
  const filled = [...plan.filled]
  for (const [at, parcel] of plan.filled.entries()) {
    const others = filled.filter((_other, index) => index !== at)
    const single = bestSingle(shop, parcel.counts, stockAfter(frame.stock, others)).filled
    if (single && single.price <= parcel.price) filled[at] = single
  }
  return { filled, left: plan.left }
}
