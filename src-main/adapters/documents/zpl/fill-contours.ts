import { colour, type Bitmap } from './bitmap.ts'

/** A closed outline in dots, y down: x and y in turn. */
export type Contour = readonly number[]

/** Lines looked at within each row of dots. */
const samplesPerRow = 4
/** Share of a dot that must be covered to print it; under a half, so that thin strokes at 8 pt do not break. */
const threshold = 0.42

interface Edge {
  readonly top: number
  readonly bottom: number
  readonly xAtTop: number
  /** Dots to the right for each dot down. */
  readonly slope: number
  readonly winding: 1 | -1
}

/** Colours every dot of which the outlines cover enough, by the nonzero rule: outlines that overlap add up. */
export function fillContours(bitmap: Bitmap, contours: readonly Contour[], isBlack: boolean): void {
  const edges = contours.flatMap(edgesOf)
  if (edges.length === 0) return
  const first = Math.max(0, Math.floor(edges.reduce((least, { top }) => Math.min(least, top), Infinity)))
  const last = Math.min(bitmap.height, Math.ceil(edges.reduce((most, { bottom }) => Math.max(most, bottom), -Infinity)))
  const covered = new Float32Array(bitmap.width)
  for (let y = first; y < last; y++) {
    covered.fill(0)
    for (let sample = 0; sample < samplesPerRow; sample++) {
      addSpans(covered, edges, y + (sample + 0.5) / samplesPerRow)
    }
    for (let x = 0; x < covered.length; x++) {
      if ((covered[x] ?? 0) >= threshold * samplesPerRow) colour(bitmap, y, { from: x, to: x + 1, isBlack })
    }
  }
}

function edgesOf(contour: Contour): readonly Edge[] {
  const edges: Edge[] = []
  for (let i = 0; i < contour.length; i += 2) {
    const [x0 = 0, y0 = 0] = [contour[i], contour[i + 1]]
    const next = (i + 2) % contour.length
    const [x1 = 0, y1 = 0] = [contour[next], contour[next + 1]]
    if (y0 === y1) continue
    const isDown = y1 > y0
    edges.push({
      top: Math.min(y0, y1),
      bottom: Math.max(y0, y1),
      xAtTop: isDown ? x0 : x1,
      slope: (x1 - x0) / (y1 - y0),
      winding: isDown ? 1 : -1,
    })
  }
  return edges
}

function addSpans(covered: Float32Array, edges: readonly Edge[], y: number): void {
  const crossings = edges
    .filter(({ top, bottom }) => top <= y && y < bottom)
    .map(({ top, xAtTop, slope, winding }) => ({ x: xAtTop + (y - top) * slope, winding }))
    .sort((a, b) => a.x - b.x)
  let winding = 0
  let from = 0
  for (const crossing of crossings) {
    const before = winding
    winding += crossing.winding
    if (before === 0) from = crossing.x
    else if (winding === 0) addSpan(covered, from, crossing.x)
  }
}

function addSpan(covered: Float32Array, from: number, to: number): void {
  const [left, right] = [Math.max(0, from), Math.min(covered.length, to)]
  for (let x = Math.floor(left); x < right; x++) {
    covered[x] = (covered[x] ?? 0) + Math.min(x + 1, right) - Math.max(x, left)
  }
}
