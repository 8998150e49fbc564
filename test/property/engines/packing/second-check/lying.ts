import type { PackingCarton, PackingItem } from '../../../../../src-main/engines/packing/index.ts'
import type { Size } from '../../../../../src-main/kernel/units.ts'

/** Which own side (0 length, 1 width, 2 height) lies along x, y and z: the six rotations. */
const rotations = [
  [0, 1, 2],
  [1, 0, 2],
  [0, 2, 1],
  [2, 0, 1],
  [1, 2, 0],
  [2, 1, 0],
] as const

type Rotation = (typeof rotations)[number]

function isAllowed(item: PackingItem, own: Size, rotation: Rotation): boolean {
  const { orientation } = item.handling
  const up = rotation[2]
  if (orientation === 'any') return true
  if (orientation === 'fixed') return rotation[0] === 0 && rotation[1] === 1
  if (orientation === 'upright') return up === 2
  if (orientation === 'flat') return own.every((side) => side >= own[up])
  return orientation.some((axis) => 'lwh'.indexOf(axis) === up)
}

/** Every way in which the piece may lie, folded sizes included: extents along x, y and z, perhaps more than once. */
export function lyings(item: PackingItem): readonly Size[] {
  if (item.sizeMm === null) return []
  return [item.sizeMm, ...item.handling.foldedMm].flatMap((own) =>
    rotations.filter((rotation) => isAllowed(item, own, rotation)).map(([x, y, z]): Size => [own[x], own[y], own[z]]),
  )
}

export const mayLie = (item: PackingItem, size: Size): boolean =>
  lyings(item).some((lying) => lying[0] === size[0] && lying[1] === size[1] && lying[2] === size[2])

/** What padding leaves of the inside. */
export function roomOf({ innerMm: [x, y, z], paddingMm }: PackingCarton): Size {
  return [x - paddingMm, y - paddingMm, z - paddingMm]
}

/** mm3 of allowable volume that the piece asks for. */
export function asksMm3({ sizeMm, volumeCm3 }: PackingItem): number {
  if (volumeCm3 !== undefined) return volumeCm3 * 1000
  return sizeMm === null ? 0 : sizeMm[0] * sizeMm[1] * sizeMm[2]
}

/** Length and girth as a carrier takes them: the longest side, and twice the sum of the two others. */
export function lengthAndGirth(size: Size): { readonly length: number; readonly girth: number } {
  const [least, middle, most] = size.toSorted((a, b) => a - b)
  return { length: most ?? 0, girth: 2 * ((least ?? 0) + (middle ?? 0)) }
}
