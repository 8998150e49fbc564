import type { Budget } from '../../../kernel/budget.ts'
import type { Random } from '../../../kernel/random.ts'
import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import { splitSet, type Counts, type Scene } from '../model/scene.ts'
import { isSupported, loadsHold } from './physics.ts'
import type { Stowed } from './stow.ts'
import { openStowage, put, type Placed, type Space, type Stowage } from './stowage.ts'

/** A cuboid of equal pieces that all lie the same way. */
interface Block {
  readonly kind: Kind
  readonly shape: Kind['shapes'][number]
  /** Pieces along x, y and z. */
  readonly nx: number
  readonly ny: number
  readonly nz: number
}

export interface BlockManner {
  /** `volume`: the largest block; `fit`: the one that leaves the narrowest gap in its space. */
  readonly measure: 'volume' | 'fit'
  /** Blocks of one layer only, or as deep as the space is. */
  readonly isLayered: boolean
  /** Chance of passing a better block by; 0 = always the best. */
  readonly whim: number
}

interface Filling {
  readonly scene: Scene
  readonly box: Box
  readonly stowage: Stowage
  /** Pieces still to go in, by kind. */
  readonly left: number[]
  readonly inside: number[]
  netG: number
  volumeMm3: number
  dangerousG: number
}

/**
 * Fills a carton with blocks of equal pieces: always the space nearest a corner of the carton, in it the
 * block that does best by the measure (after Parreño, Alvarez-Valdes, Tamarit and Oliveira 2008, whose
 * layers these are; ours stand on the floor's four corners only, keep the support rule, and choose at
 * random with a fixed chance instead of from a candidate list). Spends one step per piece.
 */
export function stowBlocks(
  scene: Scene,
  load: { readonly box: Box; readonly counts: Counts; readonly budget: Budget; readonly random: Random },
  manner: BlockManner,
): Stowed {
  const filling: Filling = {
    scene,
    box: load.box,
    stowage: openStowage(load.box, scene),
    left: [...load.counts],
    inside: scene.kinds.map(() => 0),
    netG: 0,
    volumeMm3: 0,
    dangerousG: 0,
  }
  for (const kind of scene.kinds) if (kind.shapes.length === 0) takeIn(filling, kind, admitted(filling, kind))
  while (load.budget.spend()) {
    const space = nearestSpace(filling.stowage)
    if (space === undefined) break
    const block = chosenBlock(filling, space, { manner, random: load.random })
    if (block === undefined || !putBlock(filling, space, block)) {
      filling.stowage.spaces = filling.stowage.spaces.filter((other) => other !== space)
      continue
    }
    load.budget.spend(block.nx * block.ny * block.nz)
  }
  const failed = scene.kinds.find((kind) => (filling.left[kind.index] ?? 0) > 0)
  const stowed = { placed: filling.stowage.placed, counts: filling.inside, volumeMm3: filling.volumeMm3, failed }
  return splitSet(scene, stowed.counts) === undefined ? stowed : nothingOf(scene, failed)
}

const nothingOf = (scene: Scene, failed: Kind | undefined): Stowed => ({
  placed: [],
  counts: scene.kinds.map(() => 0),
  volumeMm3: 0,
  failed,
})

function takeIn(filling: Filling, kind: Kind, count: number): void {
  filling.left[kind.index] = (filling.left[kind.index] ?? 0) - count
  filling.inside[kind.index] = (filling.inside[kind.index] ?? 0) + count
  filling.netG += count * kind.weightG
  filling.volumeMm3 += count * kind.volumeMm3
  filling.dangerousG += count * kind.dangerousG
}

/** How many more pieces of a kind weight, volume, dangerous goods and what is kept apart let in. */
function admitted({ scene, box, left, inside, netG, volumeMm3, dangerousG }: Filling, kind: Kind): number {
  if (scene.apart[kind.index]?.some((isApart, other) => isApart && (inside[other] ?? 0) > 0)) return 0
  const upTo = (room: number, each: number): number => (each === 0 ? Infinity : Math.max(0, Math.floor(room / each)))
  return Math.min(
    left[kind.index] ?? 0,
    netG > box.netG ? 0 : upTo(box.netG - netG, kind.weightG),
    upTo(box.netMm3 - volumeMm3, kind.volumeMm3),
    upTo(scene.maxDangerousG - dangerousG, kind.dangerousG),
  )
}

/** The space whose distances to its nearest corner of the floor are least, the least one first; ties to the larger space. */
function nearestSpace({ spaces, box }: Stowage): Space | undefined {
  let best: Space | undefined
  let bestScore = Infinity
  for (const space of spaces) {
    const a = Math.min(space.x1, box.x - space.x2)
    const b = Math.min(space.y1, box.y - space.y2)
    const c = space.z1
    const least = Math.min(a, b, c)
    const most = Math.max(a, b, c)
    const volume = (space.x2 - space.x1) * (space.y2 - space.y1) * (space.z2 - space.z1)
    const score = least * 1e10 + (a + b + c - least - most) * 1e5 + most - volume / (box.usableMm3 + 1)
    if (score < bestScore) {
      bestScore = score
      best = space
    }
  }
  return best
}

function chosenBlock(
  filling: Filling,
  space: Space,
  { manner, random }: { readonly manner: BlockManner; readonly random: Random },
): Block | undefined {
  let best: Block | undefined
  let bestScore = Infinity
  for (const kind of filling.scene.kinds) {
    if ((filling.left[kind.index] ?? 0) === 0) continue
    const count = admitted(filling, kind)
    if (count === 0) continue
    for (const shape of kind.shapes) {
      for (const block of blocksIn(space, { kind, shape, count, isLayered: manner.isLayered })) {
        const score = manner.measure === 'volume' ? -volumeOf(block) : gapOf(block, space)
        if (score < bestScore && (best === undefined || manner.whim === 0 || random.unit() >= manner.whim)) {
          bestScore = score
          best = block
        }
      }
    }
  }
  return best
}

const volumeOf = ({ shape, nx, ny, nz }: Block): number => shape.dx * nx * shape.dy * ny * shape.dz * nz

/** The narrowest gap, then the next; ties to the larger block. */
function gapOf(block: Block, space: Space): number {
  const a = space.x2 - space.x1 - block.nx * block.shape.dx
  const b = space.y2 - space.y1 - block.ny * block.shape.dy
  const c = space.z2 - space.z1 - block.nz * block.shape.dz
  const least = Math.min(a, b, c)
  const most = Math.max(a, b, c)
  return least * 1e10 + (a + b + c - least - most) * 1e5 + most - volumeOf(block) * 1e-12
}

const axisOrders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

/** Blocks that fill the space along one axis, then along a second, then (unless layered) along the third. */
function blocksIn(
  space: Space,
  { kind, shape, count, isLayered }: { kind: Kind; shape: Kind['shapes'][number]; count: number; isLayered: boolean },
): readonly Block[] {
  const most = [
    Math.floor((space.x2 - space.x1) / shape.dx),
    Math.floor((space.y2 - space.y1) / shape.dy),
    Math.floor((space.z2 - space.z1) / shape.dz),
  ]
  if (most.includes(0)) return []
  const blocks: Block[] = []
  for (const [first, second, third] of axisOrders) {
    const n = [1, 1, 1]
    n[first] = Math.min(most[first] ?? 0, count)
    n[second] = Math.min(most[second] ?? 0, Math.floor(count / (n[first] ?? 1)))
    if (!isLayered) n[third] = Math.min(most[third] ?? 0, Math.floor(count / ((n[first] ?? 1) * (n[second] ?? 1))))
    const [nx = 1, ny = 1, nz = 1] = n
    if (!blocks.some((known) => known.nx === nx && known.ny === ny && known.nz === nz))
      blocks.push({ kind, shape, nx, ny, nz })
  }
  return blocks
}

/** Puts the block into the space's corner nearest the carton's; false, and nothing put in, when physics forbids it. */
function putBlock(filling: Filling, space: Space, block: Block): boolean {
  const { stowage, box } = filling
  const { kind, shape, nx, ny, nz } = block
  const isLeft = space.x1 <= box.x - space.x2
  const isNear = space.y1 <= box.y - space.y2
  const x0 = isLeft ? space.x1 : space.x2 - nx * shape.dx
  const y0 = isNear ? space.y1 : space.y2 - ny * shape.dy
  const pieces: Placed[] = []
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++)
        pieces.push({ kind, ...shape, x: x0 + i * shape.dx, y: y0 + j * shape.dy, z: space.z1 + k * shape.dz })
  const base = pieces.slice(0, nx * ny)
  if (!base.every((piece) => isSupported(piece, stowage.placed, stowage.minSupport))) return false
  if (stowage.hasLoads && !loadsHold([...stowage.placed, ...pieces])) return false
  const before = stowage.placed.length
  put(stowage, { kind, x: x0, y: y0, z: space.z1, dx: nx * shape.dx, dy: ny * shape.dy, dz: nz * shape.dz })
  stowage.placed.splice(before, 1, ...pieces)
  takeIn(filling, kind, pieces.length)
  return true
}
