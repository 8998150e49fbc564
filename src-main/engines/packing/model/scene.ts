import type { PackingRules } from '../problem.ts'
import type { Box } from './box.ts'
import { areApart, type Kind } from './kind.ts'

/** How many pieces of each kind, by the kind's index in the scene. */
export type Counts = readonly number[]

/** Pieces that are planned against each other, with the cartons they may enter and what binds them. */
export interface Scene {
  /** `kinds[i].index` = i. */
  readonly kinds: readonly Kind[]
  /** Cartons that at least one piece may enter; `index` points into the problem's cartons. */
  readonly boxes: readonly Box[]
  readonly rules: PackingRules
  /** `apart[a][b]`: kinds a and b never share a parcel. Empty when nothing is kept apart. */
  readonly apart: readonly (readonly boolean[])[]
  readonly hasLoads: boolean
  readonly maxDangerousG: number
  /** Kinds of each set that shall stay together, two pieces or more. */
  readonly sets: readonly (readonly number[])[]
}

export function sceneOf(given: readonly Kind[], boxes: readonly Box[], rules: PackingRules): Scene {
  const kinds = given.map((kind, index) => ({ ...kind, index }))
  // Thousands of kinds that nothing keeps apart need no table of millions of answers.
  const mayBeApart = kinds.some((kind) => kind.className !== undefined || kind.temperature !== kinds[0]?.temperature)
  const apart = mayBeApart ? kinds.map((a) => kinds.map((b) => areApart(a, b, rules))) : []
  return {
    kinds,
    boxes,
    rules,
    apart: apart.some((row) => row.includes(true)) ? apart : [],
    hasLoads: kinds.some((kind) => kind.maxLoadG < Infinity),
    maxDangerousG: rules.carrier?.maxDangerousG ?? Infinity,
    sets: setsOf(kinds),
  }
}

function setsOf(kinds: readonly Kind[]): readonly (readonly number[])[] {
  const names = new Set(kinds.flatMap((kind) => (kind.setName === undefined ? [] : [kind.setName])))
  return [...names]
    .map((name) => kinds.filter((kind) => kind.setName === name))
    .filter((members) => members.reduce((sum, kind) => sum + kind.count, 0) > 1)
    .map((members) => members.map((kind) => kind.index))
}

export const countOf = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0)

export const plus = (a: Counts, b: Counts): number[] => a.map((count, index) => count + (b[index] ?? 0))
export const minus = (a: Counts, b: Counts): number[] => a.map((count, index) => count - (b[index] ?? 0))

/** Sum of a property over the pieces. */
export function sumOver(scene: Scene, counts: Counts, of: (kind: Kind) => number): number {
  let sum = 0
  for (const kind of scene.kinds) {
    const count = counts[kind.index] ?? 0
    if (count > 0) sum += count * of(kind)
  }
  return sum
}

export const weightOf = (kind: Kind): number => kind.weightG
export const volumeOf = (kind: Kind): number => kind.volumeMm3
export const dangerOf = (kind: Kind): number => kind.dangerousG

/** True when two of the pieces may not share a parcel. */
export function isTorn(scene: Scene, counts: Counts): boolean {
  if (scene.apart.length === 0) return false
  return scene.apart.some((row, a) => (counts[a] ?? 0) > 0 && row.some((isApart, b) => isApart && (counts[b] ?? 0) > 0))
}

/** True when some set is there in part: not all of its pieces, and not none. */
export function splitSet(scene: Scene, counts: Counts): readonly number[] | undefined {
  return scene.sets.find((members) => {
    const here = members.reduce((sum, index) => sum + (counts[index] ?? 0), 0)
    const all = members.reduce((sum, index) => sum + (scene.kinds[index]?.count ?? 0), 0)
    return here > 0 && here < all
  })
}

/** Everything but places: weight, volume, dangerous goods and what keeps pieces apart. */
export function admits(scene: Scene, box: Box, counts: Counts): boolean {
  return (
    sumOver(scene, counts, weightOf) <= box.netG &&
    sumOver(scene, counts, volumeOf) <= box.netMm3 &&
    (scene.maxDangerousG === Infinity || sumOver(scene, counts, dangerOf) <= scene.maxDangerousG) &&
    !isTorn(scene, counts)
  )
}
