import type { Budget } from '../../../kernel/budget.ts'
import { sumOver, weightOf, countOf } from '../model/scene.ts'
import { searchExactly } from '../one-carton/exact.ts'
import { packAll, remember, type Workshop } from '../one-carton/fill.ts'
import { downsized } from './greedy.ts'
import { boxesByPrice, stockAfter, type Filled, type Frame, type GroupPlan, type Stock } from './plan.ts'

/** Parcels of up to this many pieces are asked about once more. */
const mostPieces = 12
/** Search nodes per question. */
const mostNodes = 20_000

/**
 * The plan with each small parcel in a better carton where a long exact search finds one: asked are the
 * cartons about which the usual search said neither yes nor no. What it proves is remembered in the workshop.
 */
export function withLastWord(
  shop: Workshop,
  plan: GroupPlan,
  { frame, budget }: { readonly frame: Frame; readonly budget: Budget },
): GroupPlan {
  const patient = { ...shop, budget }
  let hasNews = false
  for (const parcel of plan.filled) {
    if (budget.isSpent || countOf(parcel.counts) > mostPieces) continue
    const others = plan.filled.filter((other) => other !== parcel)
    hasNews = isInBetter(patient, parcel, stockAfter(frame.stock, others)) || hasNews
  }
  return hasNews ? downsized(shop, plan, frame) : plan
}

/** Asks from the best carton on; true when one that is better than the parcel's is found to hold it. */
function isInBetter(shop: Workshop, { box, counts }: Filled, stock: Stock): boolean {
  for (const better of boxesByPrice(shop, sumOver(shop.scene, counts, weightOf))) {
    if (better === box) return false
    if ((stock[better.index] ?? 0) <= 0 || packAll(shop, better, counts).is !== 'unknown') continue
    const answer = searchExactly(shop, { box: better, counts }, mostNodes)
    remember(shop, { box: better, counts }, answer)
    if (answer.is === 'packed') return true
  }
  return false
}
