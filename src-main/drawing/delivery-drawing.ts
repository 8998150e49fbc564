import { centredText, roughTextWidth, type Box, type Drawing, type Point, type Shape } from './drawing.ts'

/** A route without places: sequence, routing code and parcels of each stop, in delivery order. */
export interface DeliveryPicture {
  readonly stops: readonly { readonly seq: string; readonly routingCode: string; readonly parcels: number }[]
  readonly words: { readonly title: string; readonly shop: string }
}

const step = 44
const rowHeight = 42
const radius = 10

/**
 * The route as a schematic line that turns at the end of each row: what comes after what, not where. Holds no
 * coordinates, since a place on a map is personal. As wide as `box`; `box.height` bounds the rows, and the last row
 * that fits then ends in an ellipsis.
 */
export function drawDeliveryLine(picture: DeliveryPicture, box: Box): Drawing {
  const perRow = Math.max(2, Math.floor((box.width - 8) / step))
  const rows = Math.max(1, Math.floor(box.height / rowHeight))
  const fits = picture.stops.length + 1 <= perRow * rows
  const shown = fits ? picture.stops : picture.stops.slice(0, perRow * rows - 2)
  const points = Array.from({ length: shown.length + 1 + (fits ? 0 : 1) }, (_, i) => placeOf(i, perRow, box.width))
  const shapes: Shape[] = [
    { kind: 'polyline', points, stroke: { ink: 'muted', width: 1.6 } },
    ...shopShapes(points[0] ?? [0, 0], picture.words.shop),
    ...shown.flatMap((stop, i) => stopShapes(points[i + 1] ?? [0, 0], stop)),
    ...(fits ? [] : [ellipsis(points.at(-1) ?? [0, 0])]),
  ]
  const usedRows = Math.ceil(points.length / perRow)
  return { width: box.width, height: usedRows * rowHeight, title: picture.words.title, shapes }
}

/** Rows run to and fro, so that the line never jumps. */
function placeOf(index: number, perRow: number, width: number): Point {
  const row = Math.floor(index / perRow)
  const column = row % 2 === 0 ? index % perRow : perRow - 1 - (index % perRow)
  return [(width - (perRow - 1) * step) / 2 + column * step, row * rowHeight + radius + 4]
}

function shopShapes([x, y]: Point, word: string): readonly Shape[] {
  const points: readonly Point[] = [
    [x - 8, y - 8],
    [x + 8, y - 8],
    [x + 8, y + 8],
    [x - 8, y + 8],
  ]
  return [{ kind: 'polygon', points, fill: 'ink' }, centredText([x, y + radius + 6], word, { size: 7 })]
}

function stopShapes([x, y]: Point, stop: DeliveryPicture['stops'][number]): readonly Shape[] {
  const parcels =
    stop.parcels > 1 ? [centredText([x + radius + 3, y - radius + 1], `×${stop.parcels}`, { size: 6.5 })] : []
  return [
    { kind: 'circle', centre: [x, y], radius, fill: 'paper', stroke: { ink: 'ink', width: 1.2 } },
    centredText([x, y], stop.seq, { size: stop.seq.length > 3 ? 7 : 9, bold: true }),
    ...routingShapes([x, y + radius + 6], stop.routingCode),
    ...parcels,
  ]
}

/** On a white ground: at the end of a row the line goes down behind it. */
function routingShapes([x, y]: Point, code: string): readonly Shape[] {
  const size = code.length > 9 ? 5.5 : 7
  const half = roughTextWidth(code, size) / 2 + 1
  const ground: readonly Point[] = [
    [x - half, y - size * 0.5],
    [x + half, y - size * 0.5],
    [x + half, y + size * 0.5],
    [x - half, y + size * 0.5],
  ]
  return [{ kind: 'polygon', points: ground, fill: 'paper' }, centredText([x, y], code, { size })]
}

const ellipsis = ([x, y]: Point): Shape => centredText([x, y - 3], '...', { size: 12, bold: true })
