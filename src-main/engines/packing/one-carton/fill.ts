import type { Budget } from '../../../kernel/budget.ts'
import type { Random } from '../../../kernel/random.ts'
import { refusalOf, type Refusal } from '../bounds/one-carton.ts'
import { sharesOf, type Shares } from '../bounds/scales.ts'
import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import { countOf, type Counts, type Scene } from '../model/scene.ts'
import { blockListOf, type BlockList } from '../blocks/block-list.ts'
import { fillWithBlocks } from '../blocks/fill-with-blocks.ts'
import { stowBlocks, type BlockManner } from './blocks.ts'
import { searchExactly } from './exact.ts'
import { differentFor, quickRecipe, recipesOf, spotRules, type Recipe } from './portfolio.ts'
import { holdOf } from './hold.ts'
import { stow, type Stowed } from './stow.ts'
import { lowest, spotSearchOf, type SpotSearch } from './spots.ts'
import type { Placed } from './stowage.ts'

/** Up to this many pieces the exact search is asked; more pieces hardly ever end within its budget. */
const exactUpTo = 9
const exactNodes = 1000
/** Constructions beyond the portfolio, each led by the piece that failed last. */
const restarts = 24

/** The tools of one order: its pieces, its budget, its stream of random numbers and what it has learnt. */
export interface Workshop {
  readonly scene: Scene
  readonly budget: Budget
  readonly random: Random
  /** The first recipe of the portfolio; the others are made when they are asked for. */
  readonly quick: Recipe
  readonly recipes: readonly Recipe[]
  /** Cartons from best to worst by net weight, as far as it was asked. */
  readonly ranked: Map<number, readonly Box[]>
  readonly known: Map<string, Answer>
  readonly shares: Map<number, Shares>
  /** What the block search puts into each box, made when it is first asked. */
  readonly blockLists: Map<number, BlockList>
  readonly spots: SpotSearch
}

/** `refused` is a proof that no placing exists; `unknown` is not. */
export type Answer =
  { readonly is: 'packed'; readonly placed: readonly Placed[] } | { readonly is: 'refused' | 'unknown' }

export function workshopOf(scene: Scene, tools: { readonly budget: Budget; readonly random: Random }): Workshop {
  let recipes: readonly Recipe[] | undefined
  return {
    scene,
    ...tools,
    quick: quickRecipe(scene),
    get recipes() {
      return (recipes ??= recipesOf(scene))
    },
    ranked: new Map(),
    known: new Map(),
    shares: new Map(),
    blockLists: new Map(),
    spots: spotSearchOf(holdOf(scene)),
  }
}

/** What each kind takes of a carton, reckoned once. */
export function sharesIn(shop: Workshop, box: Box): Shares {
  const known = shop.shares.get(box.index)
  if (known) return known
  const shares = sharesOf(shop.scene, box)
  shop.shares.set(box.index, shares)
  return shares
}

/** A proof that the carton cannot hold the pieces, if the filters find one. */
export const provenRefusal = (shop: Workshop, box: Box, counts: Counts): Refusal | undefined =>
  refusalOf(shop.scene, box, { counts, shares: sharesIn(shop, box) })

/**
 * Do all these pieces fit into this carton? Filters first, then the portfolio, restarts, and for few
 * pieces the exact search. Answers are remembered for the order.
 */
export function packAll(shop: Workshop, box: Box, counts: Counts): Answer {
  const known = shop.known.get(keyOf(box, counts))
  if (known) return known
  const answer = provenRefusal(shop, box, counts) ? { is: 'refused' as const } : construct(shop, box, counts)
  remember(shop, { box, counts }, answer)
  return answer
}

const keyOf = (box: Box, counts: Counts): string => `${box.index}:${counts.join()}`

/** From now on `packAll` gives this answer. */
export function remember(
  shop: Workshop,
  { box, counts }: { readonly box: Box; readonly counts: Counts },
  answer: Answer,
): void {
  shop.known.set(keyOf(box, counts), answer)
}

function construct(shop: Workshop, box: Box, counts: Counts): Answer {
  const { scene, budget } = shop
  const load = { box, counts, budget }
  let failed: Kind | undefined
  let order = shop.quick.order
  let recipes: readonly Recipe[] = [shop.quick]
  for (let at = 0; at < recipes.length; at++) {
    const recipe = recipes[at] ?? shop.quick
    const stowed = stow(shop, load, { ...recipe, needsAll: true })
    if (stowed.failed === undefined) return { is: 'packed', placed: stowed.placed }
    failed = stowed.failed
    order = recipe.order
    if (budget.isSpent) return { is: 'unknown' }
    if (at === 0) recipes = differentFor(shop.recipes, counts)
  }
  if (countOf(counts) <= exactUpTo) {
    const exact = searchExactly(shop, { box, counts }, exactNodes)
    if (exact.is !== 'unknown') return exact
  }
  for (let round = 0; round < blockRounds && !budget.isSpent && comesInNumbers(counts); round++) {
    const stowed = stowBlocks(scene, { ...load, random: shop.random }, blockManner(round))
    if (stowed.failed === undefined) return { is: 'packed', placed: stowed.placed }
  }
  for (let round = 0; round < restarts && failed && !budget.isSpent; round++) {
    order = round % 8 === 7 ? shuffled(order, shop.random) : withFirst(order, failed)
    const rule = spotRules[round % spotRules.length] ?? lowest
    const stowed = stow(shop, load, { order, rule, needsAll: true })
    if (stowed.failed === undefined) return { is: 'packed', placed: stowed.placed }
    failed = stowed.failed
  }
  return { is: 'unknown' }
}

const withFirst = (order: readonly Kind[], first: Kind): readonly Kind[] => [
  first,
  ...order.filter((kind) => kind !== first),
]

/** Fisher and Yates. */
export function shuffled<Entry>(entries: readonly Entry[], random: Random): readonly Entry[] {
  const mixed = [...entries]
  for (let last = mixed.length - 1; last > 0; last--) {
    const at = random.below(last + 1)
    const taken = mixed[at]
    const other = mixed[last]
    if (taken === undefined || other === undefined) continue
    mixed[last] = taken
    mixed[at] = other
  }
  return mixed
}

/** Fillings with blocks per carton, where pieces come in numbers. */
const blockRounds = 8
/** Blocks are worth building from this many pieces per kind on, on average. */
const blocksFrom = 2.5

function comesInNumbers(counts: Counts): boolean {
  const kinds = counts.filter((count) => count > 0).length
  return countOf(counts) >= blocksFrom * kinds && countOf(counts) > exactUpTo
}

/** The first two rounds are the same every time, the others follow a whim. */
function blockManner(round: number): BlockManner {
  return { measure: round % 2 === 0 ? 'volume' : 'fit', isLayered: round % 4 >= 2, whim: round < 4 ? 0 : 0.25 }
}

/** The block search for as long as the budget lasts. */
function searchLoad(shop: Workshop, box: Box, counts: Counts): Stowed {
  const { scene, budget, blockLists } = shop
  let list = blockLists.get(box.index)
  if (list === undefined) {
    list = blockListOf(scene, box)
    blockLists.set(box.index, list)
    budget.spend(list.blocks.length)
  }
  return fillWithBlocks(scene, { box, list, counts, budget })
}

/** As much of these pieces by volume as some recipe or blocks get into this carton; ties to what comes first. */
export function fillMost(
  shop: Workshop,
  box: Box,
  {
    counts,
    recipes,
    isLast,
  }: {
    readonly counts: Counts
    readonly recipes: readonly Recipe[]
    /** There is no other parcel: what does not get in is left behind, so the search goes on while the budget does. */
    readonly isLast: boolean
  },
): Stowed {
  const load = { box, counts, budget: shop.budget }
  const wanted = countOf(counts)
  let best = stow(shop, load, { ...shop.quick, needsAll: false })
  for (const recipe of differentFor([shop.quick, ...recipes], counts).slice(1)) {
    if (shop.budget.isSpent || countOf(best.counts) === wanted) break
    const stowed = stow(shop, load, { ...recipe, needsAll: false, worthMm3: best.volumeMm3 })
    if (stowed.volumeMm3 > best.volumeMm3) best = stowed
  }
  if (comesInNumbers(counts))
    for (let round = 0; round < blockRounds && !shop.budget.isSpent && countOf(best.counts) < wanted; round++) {
      const stowed = stowBlocks(shop.scene, { ...load, random: shop.random }, blockManner(round))
      if (stowed.volumeMm3 > best.volumeMm3) best = stowed
    }
  // The search knows no sets: it would spend the budget on loads that tear them.
  const isUnfit = wanted <= exactUpTo || shop.scene.sets.length > 0
  if (!isLast || isUnfit || shop.budget.isSpent || countOf(best.counts) === wanted) return best
  const stowed = searchLoad(shop, box, counts)
  return stowed.volumeMm3 > best.volumeMm3 ? stowed : best
}
