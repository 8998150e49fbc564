import type { BlockList } from './block-list.ts'
import { horizonOf, type Horizon, type Horizons } from './horizon.ts'
import { cutSpaces, spaceSize } from './spaces.ts'

/** Numbers per placed block: its place in the list, then x1, y1, z1, x2, y2, z2. */
export const placedSize = 7

/** A carton partly filled with blocks. Copied and written over, never made anew while the search runs. */
export interface Load {
  /** Maximal empty spaces. */
  spaces: Int32Array
  spaceCount: number
  placed: Int32Array
  placedCount: number
  /** Pieces not yet in, by kind. */
  readonly left: Int32Array
  /** Blocks of the list that may still go in, in its order. */
  readonly live: Int32Array
  liveCount: number
  /** mm3 that the pieces inside fill. */
  solidMm3: number
  /** What weight, allowable volume and dangerous goods still let in. */
  freeG: number
  freeMm3: number
  freeDangerousG: number
  horizon: Horizon
}

/** Where a block goes: its place in the list and its corner nearest the origin. */
export interface Spot {
  block: number
  x: number
  y: number
  z: number
}

/** What a load is filled from. */
export interface Supply {
  readonly list: BlockList
  readonly horizons: Horizons
}

const roomAtFirst = 64

/** An empty carton for these pieces. */
export function openLoad({ list, horizons }: Supply, counts: readonly number[]): Load {
  const { box, scene } = horizons
  const left = Int32Array.from(counts)
  const load: Load = {
    spaces: new Int32Array(roomAtFirst * spaceSize),
    spaceCount: 1,
    placed: new Int32Array(roomAtFirst * placedSize),
    placedCount: 0,
    left,
    live: Int32Array.from(list.blocks, (_block, at) => at),
    liveCount: list.blocks.length,
    solidMm3: 0,
    freeG: box.netG,
    freeMm3: box.netMm3,
    freeDangerousG: scene.maxDangerousG,
    horizon: horizonOf(horizons, left),
  }
  load.spaces.set([0, 0, 0, box.x, box.y, box.z])
  keepLive(load, list)
  return load
}

/** Makes `to` equal to `from`, in its own arrays. */
export function copyLoad(from: Load, to: Load): void {
  if (to.spaces.length < from.spaceCount * spaceSize) to.spaces = new Int32Array(from.spaces.length)
  if (to.placed.length < from.placedCount * placedSize) to.placed = new Int32Array(from.placed.length)
  copyNumbers(from.spaces, to.spaces, from.spaceCount * spaceSize)
  copyNumbers(from.placed, to.placed, from.placedCount * placedSize)
  copyNumbers(from.left, to.left, from.left.length)
  copyNumbers(from.live, to.live, from.liveCount)
  to.spaceCount = from.spaceCount
  to.placedCount = from.placedCount
  to.liveCount = from.liveCount
  to.solidMm3 = from.solidMm3
  to.freeG = from.freeG
  to.freeMm3 = from.freeMm3
  to.freeDangerousG = from.freeDangerousG
  to.horizon = from.horizon
}

function copyNumbers(from: Int32Array, to: Int32Array, count: number): void {
  for (let at = 0; at < count; at++) to[at] = from[at] ?? 0
}

/** Puts a block in and brings spaces, pieces left, limits and what may still go in up to date. */
export function place(load: Load, { block, x, y, z }: Spot, { list, horizons }: Supply): void {
  const { left } = load
  let isLastOfKind = false
  for (let at = list.needFrom[block] ?? 0; at < (list.needFrom[block + 1] ?? 0); at += 2) {
    const kind = list.need[at] ?? 0
    const rest = (left[kind] ?? 0) - (list.need[at + 1] ?? 0)
    left[kind] = rest
    isLastOfKind ||= rest === 0
    barApart(load, kind, horizons)
  }
  load.solidMm3 += list.solidMm3[block] ?? 0
  load.freeG -= list.weightG[block] ?? 0
  load.freeMm3 -= list.volumeMm3[block] ?? 0
  load.freeDangerousG -= list.dangerousG[block] ?? 0
  if (isLastOfKind) load.horizon = horizonOf(horizons, left)
  if ((load.placedCount + 1) * placedSize > load.placed.length) {
    const placed = new Int32Array(2 * load.placed.length)
    placed.set(load.placed)
    load.placed = placed
  }
  const { placed } = load
  const at = load.placedCount++ * placedSize
  placed[at] = block
  placed[at + 1] = x
  placed[at + 2] = y
  placed[at + 3] = z
  placed[at + 4] = x + (list.dx[block] ?? 0)
  placed[at + 5] = y + (list.dy[block] ?? 0)
  placed[at + 6] = z + (list.dz[block] ?? 0)
  cutSpaces(load, placed, at + 1)
  keepLive(load, list)
}

/** What is kept apart from a kind that is in is no longer there to be put in. */
function barApart({ left }: Load, kind: number, { scene }: Horizons): void {
  const row = scene.apart[kind]
  if (row === undefined) return
  for (let other = 0; other < left.length; other++) if (row[other]) left[other] = 0
}

/** Leaves out of `live` the blocks that want more than is left or let in: they never come back. */
function keepLive(load: Load, list: BlockList): void {
  const { live } = load
  let kept = 0
  for (let at = 0; at < load.liveCount; at++) {
    const block = live[at] ?? 0
    if (mayEnter(load, list, block)) live[kept++] = block
  }
  load.liveCount = kept
}

function mayEnter(load: Load, list: BlockList, block: number): boolean {
  const end = list.needFrom[block + 1] ?? 0
  for (let at = list.needFrom[block] ?? 0; at < end; at += 2)
    if ((load.left[list.need[at] ?? 0] ?? 0) < (list.need[at + 1] ?? 0)) return false
  return (
    (list.weightG[block] ?? 0) <= load.freeG &&
    (list.volumeMm3[block] ?? 0) <= load.freeMm3 &&
    (list.dangerousG[block] ?? 0) <= load.freeDangerousG
  )
}
