import type { Kind } from '../model/kind.ts'
import type { Counts, Scene } from '../model/scene.ts'
import { lowest, lowestTop, mostContact, nearestSide, nearestWall, snuggest, type SpotRule } from './spots.ts'

type Rank = (kind: Kind) => number

const byVolume: Rank = (kind) => -kind.solidMm3
const byLongest: Rank = (kind) => -kind.longestMm * 1e12 - kind.solidMm3
/** The two longer sides: what is flat and wide goes to the floor. */
const byFace: Rank = (kind) => -kind.solidMm3 / kind.shortestMm
const byThickness: Rank = (kind) => -kind.shortestMm * 1e12 - kind.solidMm3

const ranks: readonly Rank[] = [byVolume, byFace, byLongest, byThickness]
const rules: readonly SpotRule[] = [lowest, snuggest, mostContact, nearestWall, lowestTop, nearestSide]

/** One way to fill a carton. */
export interface Recipe {
  readonly order: readonly Kind[]
  readonly rule: SpotRule
}

/**
 * The portfolio, the most successful recipe first: every order with every rule. What may carry less
 * goes in later; pieces without sides go in last, they need no spot.
 */
export function recipesOf(scene: Scene): readonly Recipe[] {
  const orders = ranks.map((rank) => ordered(scene.kinds, rank))
  const different = orders.filter((order, at) => orders.findIndex((other) => isSame(other, order)) === at)
  return rules.flatMap((rule) => different.map((order) => ({ order, rule })))
}

/** Those recipes that no earlier one equals for these pieces: orders may tell only absent kinds apart. */
export function differentFor(recipes: readonly Recipe[], counts: Counts): readonly Recipe[] {
  return recipes.filter((recipe, at) => {
    for (let earlier = 0; earlier < at; earlier++) {
      const other = recipes[earlier]
      if (other?.rule === recipe.rule && isSameFor(counts, other.order, recipe.order)) return false
    }
    return true
  })
}

/** Walks through both orders at once, past the kinds that are absent. */
function isSameFor(counts: Counts, a: readonly Kind[], b: readonly Kind[]): boolean {
  let atB = 0
  for (const kind of a) {
    if ((counts[kind.index] ?? 0) === 0) continue
    while (atB < b.length && (counts[b[atB]?.index ?? 0] ?? 0) === 0) atB++
    if (b[atB++] !== kind) return false
  }
  return true
}

function ordered(kinds: readonly Kind[], rank: Rank): readonly Kind[] {
  const class_ = (kind: Kind): number => (kind.shapes.length === 0 ? 2 : kind.maxLoadG === 0 ? 1 : 0)
  return [...kinds].sort((a, b) => class_(a) - class_(b) || rank(a) - rank(b) || a.index - b.index)
}

function isSame(a: readonly Kind[], b: readonly Kind[]): boolean {
  return a.every((kind, at) => kind === b[at])
}

export const quickRecipe = (scene: Scene): Recipe => ({ order: ordered(scene.kinds, byVolume), rule: lowest })

export const spotRules = rules
