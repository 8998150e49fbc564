import { parcelsBound } from '../bounds/parcels.ts'
import { packAll, sharesIn, type Workshop } from '../one-carton/fill.ts'
import { quickRecipe, type Recipe } from '../one-carton/portfolio.ts'
import type { Box } from '../model/box.ts'
import { countOf, type Counts } from '../model/scene.ts'
import { downsized, greedyPlan, type Manner } from './greedy.ts'
import { improved } from './improve.ts'
import { bestSingle, comparePlans, type Frame, type GroupPlan } from './plan.ts'
import { isPriceProven } from './prove-price.ts'

/** Cartons that a fewest-parcels plan is seeded with: the roomiest few. */
const roomiest = 3
/** Recipes used while many parcels are filled; the rest of the portfolio is for the last word on one carton. */
const seedRecipes = 8

export interface ProvenPlan extends GroupPlan {
  readonly parcelsLowerBound: number
  readonly isFewest: boolean
  readonly isBest: boolean
}

/** Plans pieces that may share parcels: one carton if any holds them all, else greedy seeds and improvement. */
export function planGroup(shop: Workshop, counts: Counts, frame: Frame): ProvenPlan {
  const bound = parcelsBound(shop.scene, counts, (box) => sharesIn(shop, box))
  const plan = bestPlan(shop, counts, { frame, bound })
  const lower = bound === 1 && plan.filled.length > 1 && isRefusedByAll(shop, counts) ? 2 : bound
  const isFewest = countOf(plan.left) === 0 && plan.filled.length === lower
  return {
    ...plan,
    parcelsLowerBound: lower,
    isFewest,
    isBest: countOf(plan.left) === 0 && isPriceProven(shop, counts, { plan, frame, isFewest }),
  }
}

function bestPlan(shop: Workshop, counts: Counts, { frame, bound }: { frame: Frame; bound: number }): GroupPlan {
  const { mode } = shop.scene.rules
  const nothing: GroupPlan = { filled: [], left: counts }
  if (frame.maxParcels <= 0) return nothing
  const single = bound === 1 ? bestSingle(shop, counts, frame.stock).filled : undefined
  let plan: GroupPlan = single ? { filled: [single], left: counts.map(() => 0) } : nothing
  if (single && mode === 'fewest') return plan
  const isGoodEnough = (candidate: GroupPlan): boolean =>
    countOf(candidate.left) === 0 &&
    isPriceProven(shop, counts, { plan: candidate, frame, isFewest: candidate.filled.length === bound })
  if (single && isGoodEnough(plan)) return plan
  for (const manner of seedManners(shop)) {
    const seed = downsized(shop, greedyPlan(shop, counts, { frame, manner }), frame)
    if (comparePlans(shop, seed, plan) < 0) plan = seed
    if (shop.budget.isSpent) break
  }
  return improved(shop, plan, { frame, isGoodEnough })
}

function isRefusedByAll(shop: Workshop, counts: Counts): boolean {
  return shop.scene.boxes.every((box) => packAll(shop, box, counts).is === 'refused')
}

/** The roomiest cartons together, then each by itself; for price every carton by itself and all at once. */
function seedManners(shop: Workshop): readonly Manner[] {
  const { scene } = shop
  const bySpace = [...scene.boxes].sort((a, b) => b.usableMm3 - a.usableMm3 || a.index - b.index)
  const recipes: readonly Recipe[] = shop.recipes.slice(0, seedRecipes)
  const favouring = (favoured: readonly Box[], measure: Manner['measure']): Manner => ({ favoured, measure, recipes })
  const large = bySpace.slice(0, roomiest)
  const quick: Manner = { favoured: large.slice(0, 1), measure: 'volume', recipes: [quickRecipe(scene)] }
  const seeds = [quick, favouring(large, 'volume'), favouring(scene.boxes, 'price')]
  const alone = scene.rules.mode === 'cheapest' ? bySpace : large
  return [...seeds, ...alone.map((box) => favouring([box], 'volume'))]
}
