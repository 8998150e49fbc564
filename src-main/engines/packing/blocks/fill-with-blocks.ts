import type { Budget } from '../../../kernel/budget.ts'
import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import { splitSet, sumOver, volumeOf, type Counts, type Scene } from '../model/scene.ts'
import type { Stowed } from '../one-carton/stow.ts'
import type { BlockList } from './block-list.ts'
import { searchBlocks } from './search.ts'

export interface BlockFilling {
  readonly box: Box
  readonly list: BlockList
  readonly counts: Counts
  readonly budget: Budget
}

/**
 * As much of these pieces by solid volume as the block search gets into the box. Pieces without sides go in first, as far
 * as weight and volume let them. Nothing is in where the search tears a set that shall stay together.
 */
export function fillWithBlocks(scene: Scene, { box, list, counts, budget }: BlockFilling): Stowed {
  const inside = scene.kinds.map(() => 0)
  const rest = [...counts]
  const room = { netG: box.netG, netMm3: box.netMm3, dangerousG: scene.maxDangerousG }
  for (const kind of scene.kinds) {
    const isBarred = scene.apart[kind.index]?.some((isApart, other) => isApart && (inside[other] ?? 0) > 0) ?? false
    const count = kind.shapes.length > 0 || isBarred ? 0 : Math.min(rest[kind.index] ?? 0, mostOf(kind, room))
    inside[kind.index] = count
    room.netG -= count * kind.weightG
    room.netMm3 -= count * kind.volumeMm3
    room.dangerousG -= count * kind.dangerousG
    if (count > 0)
      for (const [other, isApart] of (scene.apart[kind.index] ?? []).entries()) if (isApart) rest[other] = 0
  }
  const placed = searchBlocks({
    scene: { ...scene, maxDangerousG: room.dangerousG },
    box: { ...box, netG: room.netG, netMm3: room.netMm3 },
    list,
    counts: rest,
    budget,
  })
  for (const { kind } of placed) inside[kind.index] = (inside[kind.index] ?? 0) + 1
  const failed = scene.kinds.find((kind) => (inside[kind.index] ?? 0) < (counts[kind.index] ?? 0))
  if (splitSet(scene, inside) === undefined)
    return { placed, counts: inside, volumeMm3: sumOver(scene, inside, volumeOf), failed }
  return { placed: [], counts: scene.kinds.map(() => 0), volumeMm3: 0, failed }
}

function mostOf(
  kind: Kind,
  room: { readonly netG: number; readonly netMm3: number; readonly dangerousG: number },
): number {
  const upTo = (free: number, each: number): number => (each === 0 ? Infinity : Math.max(0, Math.floor(free / each)))
  return room.netG < 0
    ? 0
    : Math.min(upTo(room.netG, kind.weightG), upTo(room.netMm3, kind.volumeMm3), upTo(room.dangerousG, kind.dangerousG))
}
