import type { Box } from '../model/box.ts'
import type { BlockList } from './block-list.ts'
import { placedSize, type Load } from './load.ts'
import { spaceSize } from './spaces.ts'

/** The space that is looked at; one of these is written over for every space. */
export interface View {
  /** x1, y1, z1, x2, y2, z2. */
  readonly space: Int32Array
  /** Blocks stand at the space's far end along x and y where this is 1; always at its lower end along z. */
  readonly isFar: Uint8Array
  /** Faces of the space (x1, x2, y1, y2, z1, z2): 1 where the carton's wall is. */
  readonly isWall: Uint8Array
  /** The block that is tried in the space, in the same order. */
  readonly block: Int32Array
  /** Rectangles of placed blocks that touch each face, four numbers each: along the axes of `acrossFace` from and to. */
  readonly faces: readonly Int32Array[]
  readonly faceCounts: Int32Array
  /** The placed block that is looked at: x1, y1, z1, x2, y2, z2. */
  readonly seen: Int32Array
  /** Placed blocks whose upper side is at the space's lower end: place in the list, x1, y1, x2, y2. */
  readonly tops: Int32Array
  topCount: number
}

/** A gap of up to this share of a block's length counts as contact (Araya, Guerrero and Nunez 2017). */
export const touchingGap = 0.04
/** Placed blocks at one face beyond this number are not looked at. */
const mostTouching = 64
/** The two axes along which each face lies. */
const acrossFace = [1, 2, 1, 2, 0, 2, 0, 2, 0, 1, 0, 1] as const
/** Numbers per top. */
export const topSize = 5

export function newView(): View {
  return {
    space: new Int32Array(spaceSize),
    block: new Int32Array(spaceSize),
    isFar: new Uint8Array(2),
    isWall: new Uint8Array(6),
    faces: Array.from({ length: 6 }, () => new Int32Array(4 * mostTouching)),
    faceCounts: new Int32Array(6),
    seen: new Int32Array(spaceSize),
    tops: new Int32Array(topSize * mostTouching),
    topCount: 0,
  }
}

/** Turns to a space: the corner nearest the carton's, the walls and the placed blocks around it. */
export function openSpace(view: View, load: Load, { index, box }: { readonly index: number; readonly box: Box }): void {
  const { space, isFar, isWall } = view
  for (let number = 0; number < spaceSize; number++) space[number] = load.spaces[index * spaceSize + number] ?? 0
  const [x1 = 0, y1 = 0, z1 = 0, x2 = 0, y2 = 0, z2 = 0] = space
  isFar[0] = x1 <= box.x - x2 ? 0 : 1
  isFar[1] = y1 <= box.y - y2 ? 0 : 1
  isWall[0] = x1 === 0 ? 1 : 0
  isWall[1] = x2 === box.x ? 1 : 0
  isWall[2] = y1 === 0 ? 1 : 0
  isWall[3] = y2 === box.y ? 1 : 0
  isWall[4] = z1 === 0 ? 1 : 0
  isWall[5] = z2 === box.z ? 1 : 0
  view.faceCounts.fill(0)
  view.topCount = 0
  for (let at = 0; at < load.placedCount * placedSize; at += placedSize) see(view, load.placed, at)
}

/** Notes at which face a placed block touches the space, if at any. */
function see(view: View, placed: Int32Array, at: number): void {
  const { space, seen } = view
  let beside = 0
  let apart = 0
  for (let axis = 0; axis < 3; axis++) {
    const low = placed[at + 1 + axis] ?? 0
    const high = placed[at + 4 + axis] ?? 0
    seen[axis] = low
    seen[axis + 3] = high
    if (low < (space[axis + 3] ?? 0) && high > (space[axis] ?? 0)) beside++
    else apart = axis
  }
  if (beside !== 2) return
  const low = seen[apart] ?? 0
  const high = seen[apart + 3] ?? 0
  const gap = touchingGap * (high - low)
  const before = (space[apart] ?? 0) - high
  const after = low - (space[apart + 3] ?? 0)
  if (before >= 0 && before <= gap) touch(view, 2 * apart)
  else if (after >= 0 && after <= gap) touch(view, 2 * apart + 1)
  if (apart === 2 && before === 0) addTop(view, placed[at] ?? 0)
}

/** The block last seen touches the face. */
function touch({ faces, faceCounts, seen }: View, face: number): void {
  const rectangles = faces[face]
  const count = faceCounts[face] ?? 0
  if (rectangles === undefined || count >= mostTouching) return
  const a = acrossFace[2 * face] ?? 0
  const b = acrossFace[2 * face + 1] ?? 0
  rectangles[4 * count] = seen[a] ?? 0
  rectangles[4 * count + 1] = seen[b] ?? 0
  rectangles[4 * count + 2] = seen[a + 3] ?? 0
  rectangles[4 * count + 3] = seen[b + 3] ?? 0
  faceCounts[face] = count + 1
}

function addTop(view: View, block: number): void {
  if (view.topCount >= mostTouching) return
  const { tops, seen } = view
  const to = topSize * view.topCount++
  tops[to] = block
  tops[to + 1] = seen[0] ?? 0
  tops[to + 2] = seen[1] ?? 0
  tops[to + 3] = seen[3] ?? 0
  tops[to + 4] = seen[4] ?? 0
}

/** Turns to a block of this size in the view's corner. */
export function tryBlock({ space, isFar, block }: View, size: { dx: number; dy: number; dz: number }): void {
  block[0] = isFar[0] === 1 ? (space[3] ?? 0) - size.dx : (space[0] ?? 0)
  block[1] = isFar[1] === 1 ? (space[4] ?? 0) - size.dy : (space[1] ?? 0)
  block[2] = space[2] ?? 0
  block[3] = (block[0] ?? 0) + size.dx
  block[4] = (block[1] ?? 0) + size.dy
  block[5] = (block[2] ?? 0) + size.dz
}

/** Area in mm2 of one face of the tried block that touches the wall or placed blocks; 0 when it is far from the space's. */
function contactAt(view: View, face: number): number {
  const { block, space } = view
  const axis = face >> 1
  const number = (face & 1) === 1 ? axis + 3 : axis
  const gap = Math.abs((space[number] ?? 0) - (block[number] ?? 0))
  if (gap > touchingGap * ((block[axis + 3] ?? 0) - (block[axis] ?? 0))) return 0
  const a = acrossFace[2 * face] ?? 0
  const b = acrossFace[2 * face + 1] ?? 0
  const a1 = block[a] ?? 0
  const b1 = block[b] ?? 0
  const a2 = block[a + 3] ?? 0
  const b2 = block[b + 3] ?? 0
  if (view.isWall[face] === 1) return (a2 - a1) * (b2 - b1)
  const rectangles = view.faces[face]
  if (rectangles === undefined) return 0
  let area = 0
  const end = 4 * (view.faceCounts[face] ?? 0)
  for (let at = 0; at < end; at += 4) {
    const ra1 = rectangles[at] ?? 0
    const rb1 = rectangles[at + 1] ?? 0
    const ra2 = rectangles[at + 2] ?? 0
    const rb2 = rectangles[at + 3] ?? 0
    const width = (a2 < ra2 ? a2 : ra2) - (a1 > ra1 ? a1 : ra1)
    if (width <= 0) continue
    const depth = (b2 < rb2 ? b2 : rb2) - (b1 > rb1 ? b1 : rb1)
    if (depth > 0) area += width * depth
  }
  return area
}

/** Area in mm2 with which the tried block touches walls and placed blocks. */
export function contactOf(view: View): number {
  let area = 0
  for (let face = 0; face < 6; face++) area += contactAt(view, face)
  return area
}

/** Narrows the view to what lies above one of the tops; false when that top carries nothing whole. */
export function narrowToTop(view: View, top: number, list: BlockList): boolean {
  const { space, tops, isWall, faceCounts } = view
  const at = top * topSize
  if (list.isFlat[tops[at] ?? 0] !== 1) return false
  for (const axis of [0, 1] as const) {
    const low = tops[at + 1 + axis] ?? 0
    const high = tops[at + 3 + axis] ?? 0
    if (low > (space[axis] ?? 0)) {
      space[axis] = low
      isWall[2 * axis] = 0
      faceCounts[2 * axis] = 0
    }
    if (high < (space[axis + 3] ?? 0)) {
      space[axis + 3] = high
      isWall[2 * axis + 1] = 0
      faceCounts[2 * axis + 1] = 0
    }
  }
  return true
}

/** May the tried block, this one of the list, stand where it is by what is under it? */
export function mayRest(
  view: View,
  list: BlockList,
  { block, minSupport }: { readonly block: number; readonly minSupport: number },
): boolean {
  const [x1 = 0, y1 = 0, z1 = 0, x2 = 0, y2 = 0] = view.block
  if (z1 === 0) return true
  const { tops } = view
  let area = 0
  let isCentred = false
  for (let at = 0; at < view.topCount * topSize; at += topSize) {
    const tx1 = tops[at + 1] ?? 0
    const ty1 = tops[at + 2] ?? 0
    const tx2 = tops[at + 3] ?? 0
    const ty2 = tops[at + 4] ?? 0
    const width = Math.min(x2, tx2) - Math.max(x1, tx1)
    const depth = Math.min(y2, ty2) - Math.max(y1, ty1)
    if (width <= 0 || depth <= 0) continue
    const under = tops[at] ?? 0
    if (list.bears[under] !== 1) return false
    if (list.isFlat[under] !== 1) continue
    area += width * depth
    isCentred ||= 2 * tx1 <= x1 + x2 && x1 + x2 <= 2 * tx2 && 2 * ty1 <= y1 + y2 && y1 + y2 <= 2 * ty2
  }
  const base = (x2 - x1) * (y2 - y1)
  // Of many pieces side by side each must rest on enough: that is sure where all of the base does.
  return minSupport === 0 || area === base || (list.isColumn[block] === 1 && isCentred && area >= minSupport * base)
}
