import { shuffled, type Workshop } from '../one-carton/fill.ts'
import { spotRules } from '../one-carton/portfolio.ts'
import { countOf, plus } from '../model/scene.ts'
import { downsized, greedyPlan, type Manner } from './greedy.ts'
import { lowest } from '../one-carton/spots.ts'
import { comparePlans, stockAfter, type Filled, type Frame, type GroupPlan } from './plan.ts'

/**
 * Large neighbourhood search (after Shaw 1998): some parcels, the emptiest among them, are emptied and
 * planned anew by a random manner; the new plan stays unless it is worse. Ends when the budget is spent
 * or the plan is good enough.
 */
export function improved(
  shop: Workshop,
  start: GroupPlan,
  { frame, isGoodEnough }: { frame: Frame; isGoodEnough: (plan: GroupPlan) => boolean },
): GroupPlan {
  let plan = start
  // One parcel that holds everything can only be bettered by splitting it, which is worse in mode fewest.
  const fewestToChange = shop.scene.rules.mode === 'fewest' ? 2 : 1
  let isDone = isGoodEnough(plan)
  while (!isDone && shop.budget.spend()) {
    if (plan.filled.length + countOf(plan.left) < fewestToChange) break
    const chosen = chosenParcels(shop, plan)
    const kept = plan.filled.filter((filled) => !chosen.includes(filled))
    const pieces = chosen.reduce<readonly number[]>((sum, filled) => plus(sum, filled.counts), plan.left)
    const part: Frame = { stock: stockAfter(frame.stock, kept), maxParcels: frame.maxParcels - kept.length }
    const repacked = downsized(shop, greedyPlan(shop, pieces, { frame: part, manner: randomManner(shop) }), part)
    const candidate = { filled: [...kept, ...repacked.filled], left: repacked.left }
    const difference = comparePlans(shop, candidate, plan)
    if (difference < 0) isDone = isGoodEnough(candidate)
    if (difference <= 0) plan = candidate
  }
  return plan
}

/** The emptiest parcel half of the time, and one or two at random. */
function chosenParcels(shop: Workshop, plan: GroupPlan): readonly Filled[] {
  const mixed = shuffled(plan.filled, shop.random)
  const emptiest = plan.filled.reduce<Filled | undefined>(
    (least, filled) => (least === undefined || filled.volumeMm3 < least.volumeMm3 ? filled : least),
    undefined,
  )
  const isLed = shop.random.below(2) === 0 && emptiest !== undefined
  const wanted = 2 + shop.random.below(2)
  const ordered = isLed ? [emptiest, ...mixed.filter((filled) => filled !== emptiest)] : mixed
  return ordered.slice(0, wanted)
}

/** Two fillings in random orders, in cartons chosen at random. */
function randomManner(shop: Workshop): Manner {
  const { scene, random } = shop
  const sorted = shop.recipes[random.below(shop.recipes.length)]?.order ?? scene.kinds
  return {
    favoured: shuffled(scene.boxes, random).slice(0, 2),
    measure: random.below(2) === 0 ? 'volume' : 'price',
    joins: scene.rules.mode === 'fewest' || random.below(2) === 0,
    fullAtG: scene.rules.tariff[random.below(2 * scene.rules.tariff.length + 1)]?.maxGrossG ?? Infinity,
    recipes: [0, 1].map((at) => ({
      order: at === 0 ? nudged(sorted, random) : shuffled(scene.kinds, random),
      rule: spotRules[random.below(spotRules.length)] ?? lowest,
    })),
  }
}

/** A sorted order in which some neighbours have changed places. */
function nudged<Entry>(sorted: readonly Entry[], random: Workshop['random']): readonly Entry[] {
  const mixed = [...sorted]
  for (let at = 0; at + 1 < mixed.length; at++) {
    const one = mixed[at]
    const other = mixed[at + 1]
    if (random.below(3) === 0 && one !== undefined && other !== undefined) {
      mixed[at] = other
      mixed[at + 1] = one
    }
  }
  return mixed
}
