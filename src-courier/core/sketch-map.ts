import type { Drawing, Point, Shape } from '../../src-main/drawing/index.ts'

export interface SketchStop {
  readonly seq: string
  readonly at?: readonly [lat: number, lon: number] | undefined
  readonly isDone: boolean
}

const size = { width: 360, height: 260 }
const margin = 24

/**
 * Where the stops lie to one another and to the shop, north up, with a line in delivery order: no streets, no
 * network. Degrees of longitude are shortened by the cosine of the latitude, which is true enough over a day's run.
 * Stops without coordinates are left out; undefined when none has any.
 */
export function drawSketchMap(
  shop: readonly [lat: number, lon: number],
  stops: readonly SketchStop[],
): Drawing | undefined {
  const placed = stops.flatMap(({ at, ...stop }) => (at ? [{ ...stop, at }] : []))
  if (placed.length === 0) return undefined
  const project = projection([shop, ...placed.map((stop) => stop.at)])
  const start = project(shop)
  const route: Shape = {
    kind: 'polyline',
    points: [start, ...placed.map((stop) => project(stop.at))],
    stroke: { ink: 'faint', width: 1.5 },
  }
  const marks = placed.flatMap((stop) => stopShapes(project(stop.at), stop))
  return { ...size, title: 'Stops in delivery order, north up', shapes: [route, ...shopShapes(start), ...marks] }
}

function projection(
  places: readonly (readonly [lat: number, lon: number])[],
): (at: readonly [number, number]) => Point {
  const lats = places.map(([lat]) => lat)
  const south = Math.min(...lats)
  const north = Math.max(...lats)
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const xs = places.map(([, lon]) => lon * shrink)
  const west = Math.min(...xs)
  const east = Math.max(...xs)
  // One scale for both directions, and some extent even when all stops share one house.
  const scale = Math.min(
    (size.width - 2 * margin) / Math.max(east - west, 1e-4),
    (size.height - 2 * margin) / Math.max(north - south, 1e-4),
  )
  return ([lat, lon]) => [
    size.width / 2 + (lon * shrink - (west + east) / 2) * scale,
    size.height / 2 - (lat - (south + north) / 2) * scale,
  ]
}

function shopShapes([x, y]: Point): readonly Shape[] {
  const corners: readonly Point[] = [
    [x - 6, y - 6],
    [x + 6, y - 6],
    [x + 6, y + 6],
    [x - 6, y + 6],
  ]
  return [{ kind: 'polygon', points: corners, fill: 'ink' }]
}

/** Done stops are hollow and crossed through, so that they differ without colour too. */
function stopShapes([x, y]: Point, { seq, isDone }: { seq: string; isDone: boolean }): readonly Shape[] {
  const circle: Shape = {
    kind: 'circle',
    centre: [x, y],
    radius: 9,
    fill: isDone ? 'paper' : 'accent',
    stroke: { ink: isDone ? 'muted' : 'accent', width: 1.2 },
  }
  const ink = isDone ? 'muted' : 'paper'
  const text: Shape = { kind: 'text', at: [x, y + 3.2], text: seq, size: 9, anchor: 'middle', ink, bold: !isDone }
  const cross: Shape = { kind: 'line', from: [x - 7, y + 7], to: [x + 7, y - 7], stroke: { ink: 'muted', width: 1 } }
  return isDone ? [circle, text, cross] : [circle, text]
}
