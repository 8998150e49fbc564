import { assertNever } from '../kernel/errors.ts'
import { centredText, type Box, type Drawing, type Point, type Shape } from './drawing.ts'
import { drawParcel } from './parcel-drawing.ts'
import { fittedScene, isReadable, solidsOf, spotsOf, type ParcelPicture } from './parcel-scene.ts'
import type { Spot } from './visible-spot.ts'

/** More pictures than this side by side are too small to pack by; pieces still unseen then are called out. */
const mostStages = 4
const captionHeight = 11

/**
 * The parcel as it fills up: as many pictures side by side as it takes to see the number of every piece, the last one
 * of the whole parcel. One picture when nothing is hidden. The result is as wide as `box` and at most as high.
 */
export function drawPackingStages(picture: ParcelPicture, box: Box): Drawing {
  const spotsAt = rememberedSpots(picture)
  for (let count = 1; count <= mostStages; count++) {
    const stageBox = { width: box.width / count, height: box.height - (count > 1 ? captionHeight : 0) }
    const stages = stagesFor(picture, stageBox, spotsAt)
    if (stages.length > count && count < mostStages) continue
    return stages.length === 1 ? drawParcel(picture, box) : sideBySide(picture, { box, stageBox, stages })
  }
  return drawParcel(picture, box)
}

interface Stage {
  readonly upTo: number
  /** Pieces, from 0, whose numbers earlier stages show. */
  readonly shownBefore: readonly number[]
}

type SpotsAt = (upTo: number) => readonly (Spot | undefined)[]

/** Where numbers can stand does not depend on the scale: worked out once for each number of pieces. */
function rememberedSpots(picture: ParcelPicture): SpotsAt {
  const known = new Map<number, readonly (Spot | undefined)[]>()
  return (upTo) => {
    const spots = known.get(upTo) ?? spotsOf(solidsOf({ ...picture, upTo }))
    known.set(upTo, spots)
    return spots
  }
}

/** From the whole parcel back: each earlier stage ends with the last piece that the later ones do not show. */
function stagesFor(picture: ParcelPicture, box: Box, spotsAt: SpotsAt): readonly Stage[] {
  const scene = fittedScene(picture, box)
  const isSeen = (piece: number, upTo: number): boolean => {
    const spot = spotsAt(upTo)[piece]
    return spot !== undefined && isReadable(spot, scene)
  }
  const all = picture.placements.map((_, piece) => piece)
  const ends = [all.length]
  let unseen = all.filter((piece) => !isSeen(piece, all.length))
  while (unseen.length > 0 && ends.length < mostStages) {
    const end = (unseen.at(-1) ?? 0) + 1
    if (end === ends[0]) break
    ends.unshift(end)
    unseen = unseen.filter((piece) => !isSeen(piece, end))
  }
  return ends.map((upTo, i) => ({
    upTo,
    shownBefore: all.filter((piece) => ends.some((end, j) => j !== i && piece < end && isSeen(piece, end))),
  }))
}

function sideBySide(picture: ParcelPicture, layout: { box: Box; stageBox: Box; stages: readonly Stage[] }): Drawing {
  const { box, stages } = layout
  const width = box.width / stages.length
  const drawings = stages.map((stage) => drawParcel({ ...picture, ...stage }, { ...layout.stageBox, width }))
  const height = Math.max(...drawings.map((drawing) => drawing.height))
  const shapes = drawings.flatMap((drawing, i): Shape[] => {
    const from = (stages[i - 1]?.upTo ?? 0) + 1
    const upTo = stages[i]?.upTo ?? 0
    const caption = from === upTo ? String(upTo) : `${from}-${upTo}`
    return [
      ...drawing.shapes.map((shape) => moved(shape, i * width)),
      centredText([(i + 0.5) * width, height + captionHeight / 2], caption, { size: 8, bold: true }),
    ]
  })
  return { width: box.width, height: height + captionHeight, title: picture.title, shapes }
}

/** The shape further to the right. */
function moved(shape: Shape, by: number): Shape {
  const right = ([x, y]: Point): Point => [x + by, y]
  switch (shape.kind) {
    case 'line':
      return { ...shape, from: right(shape.from), to: right(shape.to) }
    case 'polyline':
    case 'polygon':
      return { ...shape, points: shape.points.map(right) }
    case 'circle':
      return { ...shape, centre: right(shape.centre) }
    case 'text':
      return { ...shape, at: right(shape.at) }
    default:
      return assertNever(shape)
  }
}
