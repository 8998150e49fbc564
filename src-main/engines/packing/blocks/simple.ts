import type { Box } from '../model/box.ts'
import type { Kind } from '../model/kind.ts'
import type { Scene } from '../model/scene.ts'
import type { Block } from './block-list.ts'

/** Beyond this the numbers are not thinned further: each kind has at least its single piece and its longest rows. */
const widestStep = 4096

/**
 * Blocks of equal pieces that all lie the same way, as many along each axis as box and order let. Where there would be
 * more than `most` of them, the numbers between one and the most along an axis are thinned out.
 */
export function simpleBlocks(scene: Scene, box: Box, most: number): readonly Block[] {
  for (let step = 1; ; step *= 2) {
    const blocks = blocksBySteps(scene, box, { step, most: step < widestStep ? most : Infinity })
    if (blocks) return blocks
  }
}

function blocksBySteps(
  scene: Scene,
  box: Box,
  { step, most }: { readonly step: number; readonly most: number },
): readonly Block[] | undefined {
  const blocks: Block[] = []
  for (const kind of scene.kinds) {
    for (const shape of kind.shapes) {
      const upTo = [
        Math.floor(box.x / shape.dx),
        Math.floor(box.y / shape.dy),
        heightOf(kind, box.z / shape.dz),
      ] as const
      for (const nz of numbers(Math.min(kind.count, upTo[2]), step))
        for (const ny of numbers(Math.min(Math.floor(kind.count / nz), upTo[1]), step))
          for (const nx of numbers(Math.min(Math.floor(kind.count / (nz * ny)), upTo[0]), step))
            blocks.push(gridOf(kind, shape, [nx, ny, nz]))
      if (blocks.length > most) return undefined
    }
  }
  return blocks
}

/** Pieces on top of each other: what fits, and what the lowest one bears. */
function heightOf({ maxLoadG, weightG }: Kind, fits: number): number {
  const borne = maxLoadG === 0 ? 0 : weightG === 0 ? Infinity : maxLoadG / weightG
  return Math.floor(Math.min(fits, 1 + borne))
}

function gridOf(kind: Kind, shape: Kind['shapes'][number], n: readonly [number, number, number]): Block {
  const [nx, ny, nz] = n
  const pieces = nx * ny * nz
  return {
    dx: nx * shape.dx,
    dy: ny * shape.dy,
    dz: nz * shape.dz,
    solidMm3: pieces * shape.dx * shape.dy * shape.dz,
    pieces,
    need: [kind.index, pieces],
    isFlat: true,
    bears: kind.maxLoadG > 0,
    made: { kind, shape, n },
  }
}

/** 1, the most, and every so many between. */
function numbers(most: number, step: number): readonly number[] {
  const chosen: number[] = []
  for (let n = 1; n <= most; n++) if (n === 1 || n === most || n % step === 0) chosen.push(n)
  return chosen
}
