import type { Box } from '../model/box.ts'
import type { Scene } from '../model/scene.ts'
import type { Block } from './block-list.ts'

interface Joining {
  readonly scene: Scene
  readonly box: Box
  /** Blocks in all at most, as far as the simple ones leave room. */
  readonly most: number
}

/** Pairs looked at per block of the list at most. */
const pairsPerBlock = 400
/** Share of a joined block that its pieces fill at least. */
const leastFill = 0.98
const axes = [0, 1, 2] as const

/**
 * General blocks (Fanslau and Bortfeldt 2010): any two blocks side by side that together leave hardly a gap, blocks of
 * blocks included, until there are enough of them. Of equal size and content only the first is kept. Under the support
 * rule what stands on a block stands on it whole, so that a block never breaks the rule by itself.
 */
export function joinBlocks(simple: readonly Block[], joining: Joining): readonly Block[] {
  const blocks: Block[] = []
  const known = new Set<string>()
  const add = (block: Block): void => {
    const key = `${block.dx},${block.dy},${block.dz}:${block.need.join()}`
    if (known.has(key)) return
    known.add(key)
    blocks.push(block)
  }
  for (const block of simple) add(block)
  let pairs = joining.most * pairsPerBlock
  for (let second = 0; second < blocks.length; second++) {
    const b = blocks[second]
    if (b === undefined) break
    for (let first = 0; first <= second; first++) {
      const a = blocks[first]
      if (a === undefined || blocks.length >= joining.most || pairs-- <= 0) return blocks
      for (const axis of axes) {
        const joined = joinedAlong(axis, [a, b], joining) ?? (axis === 2 ? joinedAlong(2, [b, a], joining) : undefined)
        if (joined) add(joined)
      }
    }
  }
  return blocks
}

function joinedAlong(
  axis: 0 | 1 | 2,
  [first, second]: readonly [Block, Block],
  { scene, box }: Joining,
): Block | undefined {
  const dx = axis === 0 ? first.dx + second.dx : Math.max(first.dx, second.dx)
  const dy = axis === 1 ? first.dy + second.dy : Math.max(first.dy, second.dy)
  const dz = axis === 2 ? first.dz + second.dz : Math.max(first.dz, second.dz)
  const solidMm3 = first.solidMm3 + second.solidMm3
  if (solidMm3 < leastFill * dx * dy * dz || dx > box.x || dy > box.y || dz > box.z) return undefined
  if (axis === 2 && !standsOn(second, first, scene)) return undefined
  const need = sumOfNeeds(first.need, second.need)
  if (!isAtHand(scene, need) || isTorn(scene, need)) return undefined
  const isFlush =
    axis === 2
      ? second.dx === dx && second.dy === dy
      : first.dz === second.dz && (axis === 0 ? first.dy === second.dy : first.dx === second.dx)
  return {
    dx,
    dy,
    dz,
    solidMm3,
    pieces: first.pieces + second.pieces,
    need,
    isFlat: isFlush && second.isFlat && (axis === 2 || first.isFlat),
    bears: first.bears && second.bears,
    made: { first, second, axis },
  }
}

function standsOn(upper: Block, lower: Block, scene: Scene): boolean {
  if (!lower.bears) return false
  return scene.rules.minSupport === 0 || (lower.isFlat && upper.dx <= lower.dx && upper.dy <= lower.dy)
}

function sumOfNeeds(a: readonly number[], b: readonly number[]): readonly number[] {
  const sum: number[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const kindA = a[i] ?? Infinity
    const kindB = b[j] ?? Infinity
    const kind = Math.min(kindA, kindB)
    sum.push(kind, (kindA === kind ? (a[i + 1] ?? 0) : 0) + (kindB === kind ? (b[j + 1] ?? 0) : 0))
    if (kindA === kind) i += 2
    if (kindB === kind) j += 2
  }
  return sum
}

function isAtHand({ kinds }: Scene, need: readonly number[]): boolean {
  for (let at = 0; at < need.length; at += 2) if ((need[at + 1] ?? 0) > (kinds[need[at] ?? 0]?.count ?? 0)) return false
  return true
}

function isTorn({ apart }: Scene, need: readonly number[]): boolean {
  if (apart.length === 0) return false
  for (let i = 0; i < need.length; i += 2)
    for (let j = 0; j < i; j += 2) if (apart[need[i] ?? 0]?.[need[j] ?? 0]) return true
  return false
}
