import type { Placed } from '../one-carton/stowage.ts'
import type { Block, BlockList } from './block-list.ts'
import { placedSize, type Load } from './load.ts'

/** The single pieces of all blocks in a load. */
export function piecesOf({ blocks }: BlockList, { placed, placedCount }: Load): readonly Placed[] {
  const pieces: Placed[] = []
  for (let at = 0; at < placedCount * placedSize; at += placedSize) {
    const block = blocks[placed[at] ?? 0]
    if (block) addPieces(block, [placed[at + 1] ?? 0, placed[at + 2] ?? 0, placed[at + 3] ?? 0], pieces)
  }
  return pieces
}

function addPieces({ made }: Block, [x, y, z]: readonly [number, number, number], into: Placed[]): void {
  if ('kind' in made) {
    const { kind, shape, n } = made
    const [nx, ny, nz] = n
    for (let k = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++)
          into.push({ kind, ...shape, x: x + i * shape.dx, y: y + j * shape.dy, z: z + k * shape.dz })
    return
  }
  const { first, second, axis } = made
  addPieces(first, [x, y, z], into)
  addPieces(second, [axis === 0 ? x + first.dx : x, axis === 1 ? y + first.dy : y, axis === 2 ? z + first.dz : z], into)
}
