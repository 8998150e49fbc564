import { centredText, roughTextWidth, type Box, type Drawing, type Point, type Shape } from './drawing.ts'
import { stopLabels } from './stop-labels.ts'
import { walkShapes } from './walked-path.ts'

/** Aisle index and y along it, millimetres. */
export type FloorPlace = readonly [aisle: number, y: number]

/**
 * A passage that is closed: the piece of cross aisle `cross` right of aisle `afterAisle`, or the piece of aisle
 * `aisle` above cross aisle `afterCross`.
 */
export type MissingPassage =
  { readonly cross: number; readonly afterAisle: number } | { readonly aisle: number; readonly afterCross: number }

/** What is drawn of a floor and one tour over it; lengths in millimetres, y up from the floor's own origin. */
export interface FloorPicture {
  readonly aisleX: readonly number[]
  readonly crossY: readonly number[]
  readonly missing?: readonly MissingPassage[] | undefined
  readonly depot: FloorPlace
  readonly packingTable: FloorPlace
  /** Points in floor coordinates, from start to end; consecutive points share x or y. Empty = no tour. */
  readonly path: readonly (readonly [number, number])[]
  readonly stops: readonly { readonly seq: number; readonly place: FloorPlace }[]
  /** Written over the aisles, by index; undefined = unknown. */
  readonly aisleNames?: readonly (string | undefined)[] | undefined
  readonly words: { readonly title: string; readonly start: string; readonly end: string }
}

/** From floor millimetres to drawing units; `pitch` is the distance of neighbouring aisles, in units. */
export interface FloorScale {
  readonly x: (millimetres: number) => number
  readonly y: (millimetres: number) => number
  readonly pitch: number
}

/** Paper around the floor for names above and start and end below. */
const edge = { x: 16, top: 14, bottom: 18 }
/** Free floor kept around a rack's corners, as a share of the aisle pitch. */
const walkShare = 0.3
/** How far apart cross aisles must stay on paper so that labels between them can be read. */
const leastBlock = 40
/** How much wider than true a floor may be drawn, to give the labels between narrow aisles more room. */
const mostStretch = 1.6

/**
 * The floor from above: racks, aisles and cross aisles, start and end, the walked line with its direction, each
 * place of a stop with the numbers of its stops. A way walked there and back shows as two lines, each on the
 * walker's right. The result is as wide as `box` and at most as high; a flat floor is
 * stretched in y and a narrow one in x to be readable, so lengths in x and y need not compare.
 */
export function drawFloor(picture: FloorPicture, box: Box): Drawing {
  const scale = fit(picture, box)
  const shapes = [
    ...racks(picture, scale),
    ...barriers(picture, scale),
    ...aisleNames(picture, scale),
    ...walkShapes(picture.path.map(([x, y]): Point => [scale.x(x), scale.y(y)])),
    ...ends(picture, scale),
    ...stopLabels(picture, scale),
  ]
  const height = scale.y(picture.crossY[0] ?? 0) + edge.bottom
  return { width: box.width, height, title: picture.words.title, shapes }
}

function fit(picture: FloorPicture, box: Box): FloorScale {
  const [left, right] = [Math.min(...picture.aisleX), Math.max(...picture.aisleX)]
  const [low, high] = [picture.crossY[0] ?? 0, picture.crossY.at(-1) ?? 0]
  const gaps = picture.aisleX.slice(1).map((x, i) => x - (picture.aisleX[i] ?? 0))
  const pitchMm = gaps.length > 0 ? Math.min(...gaps) : Math.max(1, high - low) / 4
  const across = right - left + pitchMm
  const inner = { width: box.width - 2 * edge.x, height: box.height - edge.top - edge.bottom }
  const deep = Math.max(1, high - low)
  const perMm = Math.min(inner.width / across, inner.height / deep)
  const wanted = Math.min(inner.height, leastBlock * Math.max(1, picture.crossY.length - 1))
  const perMmY = Math.max(perMm, wanted / deep)
  const perMmX = Math.max(perMm, Math.min(inner.width / across, perMm * mostStretch))
  const start = (box.width - (right - left) * perMmX) / 2
  return {
    x: (mm) => start + (mm - left) * perMmX,
    y: (mm) => edge.top + (high - mm) * perMmY,
    pitch: pitchMm * perMmX,
  }
}

/** Racks fill what lies between aisles and cross aisles. */
function racks(picture: FloorPicture, scale: FloorScale): readonly Shape[] {
  const walk = Math.min(9, scale.pitch * walkShare)
  const xs = picture.aisleX.map(scale.x)
  const columns = [undefined, ...xs].map((x, i) => rackColumn(x, xs[i], { walk, pitch: scale.pitch }))
  return columns.flatMap(([left, right]) =>
    picture.crossY.slice(1).flatMap((high, c): Shape[] => {
      const [top, bottom] = [scale.y(high) + walk, scale.y(picture.crossY[c] ?? 0) - walk]
      if (right <= left || bottom <= top) return []
      const stroke = { ink: 'faint', width: 0.5 } as const // literal: one of the ink roles
      return [{ kind: 'polygon', points: rectangle([left, top], [right, bottom]), fill: 'light', stroke }]
    }),
  )
}

/** Left and right side of the racks between two aisles, or of the half rack beyond the first or last. */
function rackColumn(
  left: number | undefined,
  right: number | undefined,
  size: { walk: number; pitch: number },
): readonly [number, number] {
  const { walk, pitch } = size
  if (left === undefined) return [(right ?? 0) - pitch / 2, (right ?? 0) - walk]
  return right === undefined ? [left + walk, left + pitch / 2] : [left + walk, right - walk]
}

const rectangle = ([left, top]: Point, [right, bottom]: Point): readonly Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]

/** A thick bar across each passage that is closed. */
function barriers(picture: FloorPicture, scale: FloorScale): readonly Shape[] {
  const half = Math.min(9, scale.pitch * walkShare)
  return (picture.missing ?? []).map((passage): Shape => {
    const [x, y] = middleOf(passage, picture, scale)
    const across: Point = 'cross' in passage ? [0, half] : [half, 0]
    const stroke = { ink: 'ink', width: 2.4 } as const // literal: one of the ink roles
    return { kind: 'line', from: [x - across[0], y - across[1]], to: [x + across[0], y + across[1]], stroke }
  })
}

function middleOf(passage: MissingPassage, picture: FloorPicture, scale: FloorScale): Point {
  const { aisleX, crossY } = picture
  if ('cross' in passage) {
    const left = aisleX[passage.afterAisle] ?? 0
    return [scale.x((left + (aisleX[passage.afterAisle + 1] ?? left)) / 2), scale.y(crossY[passage.cross] ?? 0)]
  }
  const low = crossY[passage.afterCross] ?? 0
  return [scale.x(aisleX[passage.aisle] ?? 0), scale.y((low + (crossY[passage.afterCross + 1] ?? low)) / 2)]
}

function aisleNames(picture: FloorPicture, scale: FloorScale): readonly Shape[] {
  const y = scale.y(picture.crossY.at(-1) ?? 0) - 9
  return picture.aisleX.flatMap((x, aisle): Shape[] => {
    const name = picture.aisleNames?.[aisle]
    if (name === undefined) return []
    const size = Math.min(7, (7 * scale.pitch) / (roughTextWidth(name, 7) + 2))
    return [centredText([scale.x(x), y], name, { size, ink: 'muted' })]
  })
}

/** Start as a filled square, end as an open one, each with its word. One place for both: one mark, both words. */
function ends(picture: FloorPicture, scale: FloorScale): readonly Shape[] {
  const { depot, packingTable, words } = picture
  const at = ([aisle, y]: FloorPlace): Point => [scale.x(picture.aisleX[aisle] ?? 0), scale.y(y)]
  const isSame = depot[0] === packingTable[0] && depot[1] === packingTable[1]
  if (isSame) return endMark(at(depot), `${words.start} / ${words.end}`, true)
  return [...endMark(at(depot), words.start, true), ...endMark(at(packingTable), words.end, false)]
}

function endMark([x, y]: Point, word: string, isFilled: boolean): readonly Shape[] {
  return [
    {
      kind: 'polygon',
      points: rectangle([x - 3.5, y - 3.5], [x + 3.5, y + 3.5]),
      fill: isFilled ? 'ink' : 'paper',
      stroke: { ink: 'ink', width: 1.4 },
    },
    centredText([x, y + 10], word, { size: 7, bold: true }),
  ]
}
