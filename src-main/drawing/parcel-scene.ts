import type { Size } from '../kernel/units.ts'
import type { Box, Point } from './drawing.ts'
import { project, type Point3, type Solid } from './solids.ts'
import { visibleSpot, type Spot } from './visible-spot.ts'

/** What is drawn of a parcel: the carton's inner size (none for a product in its own box) and its pieces. */
export interface ParcelPicture {
  readonly innerMm?: Size | null | undefined
  /** In packing order; piece i carries the number i + 1. */
  readonly placements: readonly { readonly atMm: readonly [number, number, number]; readonly sizeMm: Size }[]
  /** Draw only the first so many pieces. */
  readonly upTo?: number | undefined
  /** Outline the last piece drawn more thickly: the one to put in next. */
  readonly marksLast?: boolean | undefined
  /** Pieces, from 0, whose numbers an earlier picture shows: they are not called out when hidden. */
  readonly shownBefore?: readonly number[] | undefined
  readonly title: string
}

/** A parcel fitted into a box: millimetres to drawing units. */
export interface Scene {
  readonly inner: Size
  readonly solids: readonly Solid[]
  readonly toDrawing: (point: Point3) => Point
  readonly scale: number
}

export const numberSize = { least: 6, most: 12 }
/** Room around the carton for the lengths of its sides. */
const margin = 13

/** Pieces as solids, all of them or the first `upTo`. */
export function solidsOf(picture: ParcelPicture): readonly Solid[] {
  return picture.placements.slice(0, picture.upTo).map(({ atMm, sizeMm }, piece) => ({
    piece,
    low: atMm,
    high: [atMm[0] + sizeMm[0], atMm[1] + sizeMm[1], atMm[2] + sizeMm[2]],
  }))
}

/** Where each solid's number can stand, in projected millimetres. */
export function spotsOf(solids: readonly Solid[]): readonly (Spot | undefined)[] {
  return solids.map((solid) => {
    const others = solids.filter((other) => other !== solid)
    return visibleSpot(solid, others)
  })
}

/** True when the smallest number fits the spot. */
export const isReadable = (spot: Spot, scene: { readonly scale: number }): boolean =>
  spot.room * scene.scale >= numberSize.least * 0.45

export function fittedScene(picture: ParcelPicture, box: Box): Scene {
  const inner = picture.innerMm ?? extent(solidsOf({ ...picture, upTo: undefined }))
  const [length, width, height] = inner
  const left = project([0, width, 0])[0]
  const top = project([0, 0, height])[1]
  const across = project([length, 0, 0])[0] - left
  const down = project([length, width, 0])[1] - top
  const scale = Math.min((box.width - 2 * margin - 8) / across, (box.height - 2 * margin) / down)
  const start = (box.width - across * scale) / 2
  const toDrawing = (point: Point3): Point => {
    const [x, y] = project(point)
    return [start + (x - left) * scale, margin + (y - top) * scale]
  }
  return { inner, solids: solidsOf(picture), scale, toDrawing }
}

export function sceneHeight({ inner, toDrawing }: Scene): number {
  return toDrawing([inner[0], inner[1], 0])[1] + margin
}

function extent(solids: readonly Solid[]): Size {
  const far = (axis: 0 | 1 | 2): number => Math.max(1, ...solids.map((solid) => solid.high[axis]))
  return [far(0), far(1), far(2)]
}
