import type { Budget } from '../../../kernel/budget.ts'
import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import { splitSet, type Counts, type Scene } from '../model/scene.ts'
import { contentsOf, open, putIn } from './hold.ts'
import { bestSpot, type SpotRule, type SpotSearch } from './spots.ts'
import type { Placed } from './stowage.ts'

/** What one construction got into a carton. */
export interface Stowed {
  /** Empty when not all that had to got in, or when it is not worth more than asked for. */
  readonly placed: readonly Placed[]
  /** Pieces inside, by kind; also those without sides, which have no place. */
  readonly counts: Counts
  readonly volumeMm3: number
  /** The first kind that found no spot, when all pieces had to. */
  readonly failed: Kind | undefined
}

export interface Construction {
  /** Kinds in the order in which they go in, all pieces of a kind one after the other. */
  readonly order: readonly Kind[]
  readonly rule: SpotRule
  /** Stop at the first piece without a spot instead of leaving it out. */
  readonly needsAll: boolean
  /** Places are told only if more than this got in; default: always. */
  readonly worthMm3?: number
}

/** What pieces are put in with; the hold is written over. */
export interface Stower {
  readonly scene: Scene
  readonly budget: Budget
  readonly spots: SpotSearch
}

/** A carton and what shall go in. */
export interface Load {
  readonly box: Box
  readonly counts: Counts
}

/**
 * Puts the pieces in one by one, each at its best spot by the rule. Weight, volume, dangerous goods
 * and what is kept apart are watched on the way; a set that got in only in part is taken out again by
 * starting over without it. Spends one step per piece tried.
 */
export function stow(stower: Stower, load: Load, construction: Construction): Stowed {
  const stowed = stowOnce(stower, load, construction)
  const split = construction.needsAll ? undefined : splitSet(stower.scene, stowed.counts)
  if (split === undefined) return stowed
  const order = construction.order.filter((kind) => !split.includes(kind.index))
  return stow(stower, load, { ...construction, order })
}

function stowOnce(
  { scene, budget, spots }: Stower,
  load: Load,
  { order, rule, needsAll, worthMm3 = -1 }: Construction,
): Stowed {
  const { hold } = spots
  open(hold, load.box)
  const counts = scene.kinds.map(() => 0)
  const inside = { netG: 0, volumeMm3: 0, dangerousG: 0 }
  let failed: Kind | undefined
  for (const kind of order) {
    const wanted = load.counts[kind.index] ?? 0
    if (wanted === 0 || isKeptOut(scene, kind, counts)) continue
    let count = 0
    for (; count < wanted && hasRoom(scene, load.box, { kind, inside }); count++) {
      const goesOn = budget.spend(stepsOf(spots, rule))
      if (!goesOn && rule.by === 'contact') break
      if (kind.shapes.length > 0) {
        const spot = bestSpot(spots, kind, rule)
        if (spot === undefined) break
        putIn(hold, spot)
      }
      inside.netG += kind.weightG
      inside.volumeMm3 += kind.volumeMm3
      inside.dangerousG += kind.dangerousG
    }
    counts[kind.index] = count
    if (count < wanted && needsAll) {
      failed = kind
      break
    }
  }
  const isTold = failed === undefined && inside.volumeMm3 > worthMm3
  return { placed: isTold ? contentsOf(hold) : [], counts, volumeMm3: inside.volumeMm3, failed }
}

/**
 * What one piece costs. Contact is reckoned against every piece in the hold: among thousands one construction takes a
 * minute. Such a one is therefore also the only kind that stops when the budget is spent; it never makes the first plan.
 */
function stepsOf({ hold }: SpotSearch, rule: SpotRule): number {
  const steps = 1 + (hold.spaceCount >> 4)
  return rule.by === 'contact' ? steps + Math.floor((hold.pieceCount / 64) ** 3) : steps
}

function isKeptOut(scene: Scene, kind: Kind, counts: Counts): boolean {
  if (scene.apart.length === 0) return false
  return scene.apart[kind.index]?.some((isApart, other) => isApart && (counts[other] ?? 0) > 0) ?? false
}

function hasRoom(
  scene: Scene,
  box: Box,
  {
    kind,
    inside,
  }: {
    readonly kind: Kind
    readonly inside: { readonly netG: number; readonly volumeMm3: number; readonly dangerousG: number }
  },
): boolean {
  return (
    inside.netG + kind.weightG <= box.netG &&
    inside.volumeMm3 + kind.volumeMm3 <= box.netMm3 &&
    inside.dangerousG + kind.dangerousG <= scene.maxDangerousG
  )
}
