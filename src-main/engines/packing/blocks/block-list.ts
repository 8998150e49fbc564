import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Scene } from '../model/scene.ts'
import { joinBlocks } from './join.ts'
import { simpleBlocks } from './simple.ts'

/** A cuboid of pieces: a grid of equal ones, or two blocks side by side. */
export interface Block {
  readonly dx: number
  readonly dy: number
  readonly dz: number
  /** mm3 that its pieces fill. */
  readonly solidMm3: number
  readonly pieces: number
  /** How many pieces of each kind: kind, count, kind, count ... by rising kind. */
  readonly need: readonly number[]
  /** Its upper side is all pieces, at one height. */
  readonly isFlat: boolean
  /** Something may rest on it: no piece on its upper side forbids all load. */
  readonly bears: boolean
  readonly made: Grid | Pair
}

/** Equal pieces that all lie the same way. */
export interface Grid {
  readonly kind: Kind
  readonly shape: Kind['shapes'][number]
  /** Pieces along x, y and z. */
  readonly n: readonly [number, number, number]
}

/** Two blocks, the second behind the first along an axis (0 x, 1 y, 2 z), flush at the corner nearest the origin. */
export interface Pair {
  readonly first: Block
  readonly second: Block
  readonly axis: 0 | 1 | 2
}

/** The blocks that may go into a carton, flat for the search, by falling `rank`. */
export interface BlockList {
  readonly blocks: readonly Block[]
  readonly dx: Int32Array
  readonly dy: Int32Array
  readonly dz: Int32Array
  readonly solidMm3: Float64Array
  /** Solid volume, a little less for many pieces: no fitness is above it. */
  readonly rank: Float64Array
  readonly weightG: Float64Array
  /** What it takes of the carton's allowable volume. */
  readonly volumeMm3: Float64Array
  readonly dangerousG: Float64Array
  /** 1 where the block's property of that name is true. */
  readonly isFlat: Uint8Array
  readonly bears: Uint8Array
  /** 1 for a column of pieces, one along x and y. */
  readonly isColumn: Uint8Array
  /** `need[needFrom[b]]` up to `needFrom[b + 1]`: kind, count, kind, count ... */
  readonly needFrom: Int32Array
  readonly need: Int32Array
}

/** Of two blocks as full, the one of fewer pieces: small pieces find a place later. Power of their number. */
const piecesPower = -0.2
/** Blocks of a list: so many per piece, and at most. A longer list costs more than it finds. */
const blocksPerPiece = 40
const mostBlocks = 3000

/**
 * Blocks of the scene's pieces that fit the box by size; weight and other limits are watched when they go in.
 * Cost: about the square of their number, a tenth of a second for the longest list.
 */
export function blockListOf(scene: Scene, box: Box): BlockList {
  const pieces = scene.kinds.reduce((sum, kind) => sum + kind.count, 0)
  const most = Math.min(mostBlocks, blocksPerPiece * pieces)
  return flattened(scene, joinBlocks(simpleBlocks(scene, box, most / 2), { scene, box, most }))
}

function flattened(scene: Scene, given: readonly Block[]): BlockList {
  const ranked = given
    .map((block) => ({ block, rank: block.solidMm3 * block.pieces ** piecesPower }))
    .sort((a, b) => b.rank - a.rank)
  const blocks = ranked.map(({ block }) => block)
  const needFrom = new Int32Array(blocks.length + 1)
  for (const [at, block] of blocks.entries()) needFrom[at + 1] = (needFrom[at] ?? 0) + block.need.length
  const numbers = (of: (block: Block) => number): Float64Array => Float64Array.from(blocks, of)
  const flags = (of: (block: Block) => boolean): Uint8Array => Uint8Array.from(blocks, (block) => (of(block) ? 1 : 0))
  return {
    blocks,
    dx: Int32Array.from(blocks, (block) => block.dx),
    dy: Int32Array.from(blocks, (block) => block.dy),
    dz: Int32Array.from(blocks, (block) => block.dz),
    solidMm3: numbers((block) => block.solidMm3),
    rank: Float64Array.from(ranked, ({ rank }) => rank),
    weightG: numbers((block) => sumOf(scene, block, (kind) => kind.weightG)),
    volumeMm3: numbers((block) => sumOf(scene, block, (kind) => kind.volumeMm3)),
    dangerousG: numbers((block) => sumOf(scene, block, (kind) => kind.dangerousG)),
    isFlat: flags((block) => block.isFlat),
    bears: flags((block) => block.bears),
    isColumn: flags(({ made }) => 'kind' in made && made.n[0] === 1 && made.n[1] === 1),
    needFrom,
    need: Int32Array.from(blocks.flatMap((block) => block.need)),
  }
}

function sumOf(scene: Scene, { need }: Block, of: (kind: Kind) => number): number {
  let sum = 0
  for (let at = 0; at < need.length; at += 2) {
    const kind = scene.kinds[need[at] ?? 0]
    if (kind) sum += of(kind) * (need[at + 1] ?? 0)
  }
  return sum
}
