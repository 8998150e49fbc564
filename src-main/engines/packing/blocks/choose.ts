import type { Box } from '../model/box.ts'
import type { Scene } from '../model/scene.ts'
import type { BlockList } from './block-list.ts'
import type { Load } from './load.ts'
import { dropSpace, nearestSpace } from './spaces.ts'
import { contactOf, mayRest, narrowToTop, newView, openSpace, tryBlock, type View } from './view.ts'

/** Where and with what a load goes on; written over for every space. */
export interface Choice {
  readonly scene: Scene
  readonly box: Box
  readonly list: BlockList
  readonly view: View
  /** Of the block that is tried. */
  readonly size: { dx: number; dy: number; dz: number }
  /** The fittest blocks for the space in view, the fittest first. */
  readonly chosen: Int32Array
  readonly fitness: Float64Array
  count: number
  /** Blocks looked at since this was last set to 0. */
  looks: number
}

export function newChoice(given: Pick<Choice, 'scene' | 'box' | 'list'>, most: number): Choice {
  const written = { chosen: new Int32Array(most), fitness: new Float64Array(most), count: 0, looks: 0 }
  return { ...given, view: newView(), size: { dx: 0, dy: 0, dz: 0 }, ...written }
}

/**
 * Turns to the nearest space that takes a block and chooses up to `width` blocks for it; spaces that take none are
 * dropped. False when the load is full.
 */
export function chooseNext(choice: Choice, load: Load, width: number): boolean {
  choice.count = 0
  while (load.liveCount > 0) {
    const index = nearestSpace(load, choice.box)
    if (index < 0) return false
    openSpace(choice.view, load, { index, box: choice.box })
    chooseBlocks(choice, load, width)
    if (choice.count === 0) chooseElsewhere(choice, load, width)
    if (choice.count > 0) return true
    dropSpace(load, index)
  }
  return false
}

/** Under the support rule a space may take blocks though its nearest corner does not: other corners, then single tops. */
function chooseElsewhere(choice: Choice, load: Load, width: number): void {
  const { view, scene, list } = choice
  if (scene.rules.minSupport === 0 || view.space[2] === 0) return
  const [farX = 0, farY = 0] = view.isFar
  for (let corner = 1; corner < 4 && choice.count === 0; corner++) {
    view.isFar[0] = farX ^ (corner & 1)
    view.isFar[1] = farY ^ (corner >> 1)
    chooseBlocks(choice, load, width)
  }
  const whole = view.space.slice()
  for (let top = 0; top < view.topCount && choice.count === 0; top++) {
    view.space.set(whole)
    if (narrowToTop(view, top, list)) chooseBlocks(choice, load, width)
  }
}

/**
 * The fittest blocks for the space in view. Fitness after Araya, Guerrero and Nunez (2017): solid volume, less for many
 * pieces, times the share of the space that rows of pieces beside the block can still fill, times the fourth power of
 * the share of the block's surface that touches something. The first factors bound it, so that few are reckoned whole.
 */
function chooseBlocks(choice: Choice, load: Load, width: number): void {
  const { list, view, chosen, fitness, size } = choice
  const { rank, dx, dy, dz } = list
  const [reachX, reachY, reachZ] = load.horizon.reach
  const [x1 = 0, y1 = 0, z1 = 0, x2 = 0, y2 = 0, z2 = 0] = view.space
  const lengthX = x2 - x1
  const lengthY = y2 - y1
  const lengthZ = z2 - z1
  const spaceMm3 = lengthX * lengthY * lengthZ
  let count = 0
  let worst = 0
  let at = 0
  for (; at < load.liveCount; at++) {
    const block = load.live[at] ?? 0
    const most = rank[block] ?? 0
    if (most <= worst) break
    const bx = dx[block] ?? 0
    const by = dy[block] ?? 0
    const bz = dz[block] ?? 0
    if (bx > lengthX || by > lengthY || bz > lengthZ) continue
    const rowX = bx + (reachX[lengthX - bx] ?? 0)
    const rowY = by + (reachY[lengthY - by] ?? 0)
    const rowZ = bz + (reachZ[lengthZ - bz] ?? 0)
    const bound = (most * (rowX * rowY * rowZ)) / spaceMm3
    if (bound <= worst) continue
    size.dx = bx
    size.dy = by
    size.dz = bz
    tryBlock(view, size)
    const share = contactOf(view) / (2 * (bx * by + by * bz + bx * bz))
    const score = bound * share * share * share * share
    if (score <= worst || !isAllowed(choice, block)) continue
    let to = count < width ? count++ : width - 1
    for (; to > 0 && (fitness[to - 1] ?? 0) < score; to--) {
      fitness[to] = fitness[to - 1] ?? 0
      chosen[to] = chosen[to - 1] ?? 0
    }
    fitness[to] = score
    chosen[to] = block
    if (count === width) worst = fitness[width - 1] ?? 0
  }
  choice.looks += at
  choice.count = count
}

function isAllowed({ scene, view, list }: Choice, block: number): boolean {
  const { minSupport } = scene.rules
  return (minSupport === 0 && !scene.hasLoads) || mayRest(view, list, { block, minSupport })
}
