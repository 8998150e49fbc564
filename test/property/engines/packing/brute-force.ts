import type { Size } from '../../../../src-main/kernel/units.ts'

/** Do the pieces fit, in any of six rotations, without regard to support? Tries every place on the grid. */
export function fitsByBruteForce(inner: Size, sizes: readonly Size[]): boolean {
  const taken = new Uint8Array(inner[0] * inner[1] * inner[2])
  return placeRest(taken, inner, sizes)
}

function placeRest(taken: Uint8Array, inner: Size, sizes: readonly Size[]): boolean {
  const [first, ...rest] = sizes
  if (!first) return true
  for (const lying of rotations(first)) {
    for (let x = 0; x + lying[0] <= inner[0]; x++)
      for (let y = 0; y + lying[1] <= inner[1]; y++)
        for (let z = 0; z + lying[2] <= inner[2]; z++) {
          const cells = cellsOf(inner, [x, y, z], lying)
          if (cells.some((cell) => taken[cell] === 1)) continue
          for (const cell of cells) taken[cell] = 1
          const fits = placeRest(taken, inner, rest)
          for (const cell of cells) taken[cell] = 0
          if (fits) return true
        }
  }
  return false
}

function rotations([a, b, c]: Size): readonly Size[] {
  const all: readonly Size[] = [
    [a, b, c],
    [b, a, c],
    [a, c, b],
    [c, a, b],
    [b, c, a],
    [c, b, a],
  ]
  return all.filter((one, at) => all.findIndex((other) => other.join() === one.join()) === at)
}

function cellsOf(inner: Size, at: Size, size: Size): readonly number[] {
  const cells: number[] = []
  for (let x = at[0]; x < at[0] + size[0]; x++)
    for (let y = at[1]; y < at[1] + size[1]; y++)
      for (let z = at[2]; z < at[2] + size[2]; z++) cells.push((x * inner[1] + y) * inner[2] + z)
  return cells
}
