import type { Budget } from '../../../kernel/budget.ts'
import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import { splitSet, type Counts, type Scene } from '../model/scene.ts'
import { bestSpot, type SpotRule } from './spots.ts'
import { openStowage, put, type Placed } from './stowage.ts'

/** What one construction got into a carton. */
export interface Stowed {
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
}

/**
 * Puts the pieces in one by one, each at its best spot by the rule. Weight, volume, dangerous goods
 * and what is kept apart are watched on the way; a set that got in only in part is taken out again by
 * starting over without it. Spends one step per piece tried.
 */
export function stow(
  scene: Scene,
  load: { readonly box: Box; readonly counts: Counts; readonly budget: Budget },
  construction: Construction,
): Stowed {
  const barred = new Set<number>()
  for (;;) {
    const stowed = stowOnce(scene, load, {
      ...construction,
      order: construction.order.filter((k) => !barred.has(k.index)),
    })
    const split = construction.needsAll ? undefined : splitSet(scene, stowed.counts)
    if (split === undefined) return stowed
    for (const index of split) barred.add(index)
  }
}

function stowOnce(
  scene: Scene,
  load: { readonly box: Box; readonly counts: Counts; readonly budget: Budget },
  { order, rule, needsAll }: Construction,
): Stowed {
  const stowage = openStowage(load.box, scene)
  const counts = scene.kinds.map(() => 0)
  const inside = { netG: 0, volumeMm3: 0, dangerousG: 0 }
  let failed: Kind | undefined
  for (const kind of order) {
    const wanted = load.counts[kind.index] ?? 0
    if (wanted === 0 || isKeptOut(scene, kind, counts)) continue
    let count = 0
    for (; count < wanted && hasRoom(scene, load.box, { kind, inside }); count++) {
      load.budget.spend(1 + (stowage.spaces.length >> 4))
      if (kind.shapes.length > 0) {
        const spot = bestSpot(stowage, kind, rule)
        if (spot === undefined) break
        put(stowage, spot)
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
  return { placed: stowage.placed, counts, volumeMm3: inside.volumeMm3, failed }
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
