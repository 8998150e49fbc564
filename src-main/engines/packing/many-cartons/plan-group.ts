import type { Budget } from '../../../kernel/budget.ts'
import { choiceBound, type ChoiceBound } from '../bounds/choice.ts'
import { parcelsBound } from '../bounds/parcels.ts'
import type { Shares } from '../bounds/scales.ts'
import type { Box } from '../model/box.ts'
import { packAll, sharesIn, type Workshop } from '../one-carton/fill.ts'
import type { Recipe } from '../one-carton/portfolio.ts'
import { countOf, minus, type Counts } from '../model/scene.ts'
import { downsized, greedyPlan, type Manner } from './greedy.ts'
import { improved } from './improve.ts'
import { withLastWord } from './last-word.ts'
import { bestSingle, comparePlans, stockAfter, type Filled, type Frame, type GroupPlan } from './plan.ts'
import { raisedBound } from './prove-count.ts'
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

/** What is known about any plan of some pieces; the bound rises with what is asked. */
interface Known {
  readonly choices: ChoiceBound
  parcelsLowerBound: number
}

/** Plans pieces that may share parcels: one carton if any holds them all, else greedy seeds and improvement. */
export function planGroup(
  shop: Workshop,
  counts: Counts,
  { frame, lastBudget }: { readonly frame: Frame; readonly lastBudget: Budget },
): ProvenPlan {
  const single = frame.maxParcels > 0 ? bestSingle(shop, counts, frame.stock).filled : undefined
  const known = knownOf(shop, counts, single)
  const found = bestPlan(shop, counts, { frame, known, single })
  const plan = withLastWord(shop, found, { frame, budget: lastBudget })
  if (countOf(plan.left) > 0) {
    // What is left behind asks for no parcels.
    const { parcelsLowerBound } = knownOf(shop, minus(counts, plan.left), undefined)
    return { ...plan, parcelsLowerBound, isFewest: false, isBest: false }
  }
  const isFewest = isFewestProven(shop, counts, { plan, known })
  const isBest = isPriceProven(shop, counts, { plan, frame, isFewest, choices: known.choices })
  return { ...plan, parcelsLowerBound: known.parcelsLowerBound, isFewest, isBest }
}

function knownOf(shop: Workshop, counts: Counts, single: Filled | undefined): Known {
  const shares = (box: Box): Shares => sharesIn(shop, box)
  return {
    choices: choiceBound(shop.scene, counts, shares),
    parcelsLowerBound: single ? 1 : parcelsBound(shop.scene, counts, shares),
  }
}

/** Raises the bound as far as the plan gives reason to. */
function isFewestProven(
  shop: Workshop,
  counts: Counts,
  { plan, known }: { readonly plan: GroupPlan; readonly known: Known },
): boolean {
  const parcels = plan.filled.length
  if (known.parcelsLowerBound === 1 && parcels > 1 && isRefusedByAll(shop, counts)) known.parcelsLowerBound = 2
  if (known.parcelsLowerBound < parcels)
    known.parcelsLowerBound = raisedBound(shop.scene.boxes, known.choices, { bound: known.parcelsLowerBound, parcels })
  return known.parcelsLowerBound === parcels
}

function isRefusedByAll(shop: Workshop, counts: Counts): boolean {
  return shop.scene.boxes.every((box) => packAll(shop, box, counts).is === 'refused')
}

function bestPlan(
  shop: Workshop,
  counts: Counts,
  { frame, known, single }: { frame: Frame; known: Known; single: Filled | undefined },
): GroupPlan {
  const { mode } = shop.scene.rules
  const nothing: GroupPlan = { filled: [], left: counts }
  if (frame.maxParcels <= 0) return nothing
  let plan: GroupPlan = single ? { filled: [single], left: counts.map(() => 0) } : nothing
  if (single && mode === 'fewest') return plan
  const isGoodEnough = (candidate: GroupPlan): boolean => {
    if (countOf(candidate.left) > 0) return false
    const isFewest = isFewestProven(shop, counts, { plan: candidate, known })
    return isPriceProven(shop, counts, { plan: candidate, frame, isFewest, choices: known.choices })
  }
  if (single && isGoodEnough(plan)) return plan
  for (const manner of seedManners(shop)) {
    const seed = downsized(shop, greedyPlan(shop, counts, { frame, manner }), frame)
    if (comparePlans(shop, seed, plan) < 0) {
      plan = seed
      if (isGoodEnough(plan)) break
    }
    if (shop.budget.isSpent) break
  }
  return toppedUp(shop, improved(shop, plan, { frame, isGoodEnough }), frame)
}

/** Moving parcels into better cartons can set a limited one free that takes something of what was left behind. */
function toppedUp(shop: Workshop, plan: GroupPlan, frame: Frame): GroupPlan {
  if (countOf(plan.left) === 0) return plan
  const rest = greedyPlan(shop, plan.left, {
    frame: { stock: stockAfter(frame.stock, plan.filled), maxParcels: frame.maxParcels - plan.filled.length },
    manner: { favoured: [], measure: 'volume', recipes: [], joins: true, fullAtG: Infinity },
  })
  return { filled: [...plan.filled, ...rest.filled], left: rest.left }
}

/** The roomiest cartons together, then each by itself; in mode cheapest every carton, each up to every tariff row's weight. */
function seedManners(shop: Workshop): readonly Manner[] {
  const { scene } = shop
  const bySpace = [...scene.boxes].sort((a, b) => b.usableMm3 - a.usableMm3 || a.index - b.index)
  const recipes: readonly Recipe[] = shop.recipes.slice(0, seedRecipes)
  const usual = { measure: 'volume', recipes, joins: true, fullAtG: Infinity } satisfies Partial<Manner>
  const large = bySpace.slice(0, roomiest)
  const seeds: readonly Manner[] = [
    { ...usual, favoured: large.slice(0, 1), recipes: [shop.quick] },
    { ...usual, favoured: large },
    { ...usual, favoured: scene.boxes, measure: 'price' },
  ]
  if (scene.rules.mode === 'fewest') return [...seeds, ...large.map((box) => ({ ...usual, favoured: [box] }))]
  const weights = [Infinity, ...scene.rules.tariff.flatMap((row) => row.maxGrossG ?? [])]
  const splitting = { ...usual, measure: 'price', joins: false } satisfies Partial<Manner>
  return [
    ...seeds,
    ...weights.map((fullAtG) => ({ ...splitting, favoured: scene.boxes, fullAtG })),
    ...bySpace.flatMap((box) => weights.map((fullAtG) => ({ ...splitting, favoured: [box], fullAtG }))),
  ]
}
