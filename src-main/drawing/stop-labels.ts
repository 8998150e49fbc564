import { roughTextWidth, type Shape } from './drawing.ts'
import type { FloorPicture, FloorScale } from './floor-drawing.ts'

const labelSize = { least: 5, most: 8 }
/** Labels of one aisle stand at least this far apart. */
const labelGap = 8.6
/** From the aisle's line to the label, clear of the dot and of both lanes. */
const indent = 5.5

/** Places of stops on one aisle that share a label, heights in drawing units. */
interface Cluster {
  readonly top: number
  readonly heights: readonly number[]
  readonly seqs: readonly number[]
}

/**
 * A dot at each place where the tour stops, and beside it the numbers of its stops. Places too close together for a
 * label each share one (`12-15`), so that the map of a long tour stays readable.
 */
export function stopLabels(picture: FloorPicture, scale: FloorScale): readonly Shape[] {
  return picture.aisleX.flatMap((x, aisle) => {
    const clusters = clustersOf(picture, scale, aisle)
    const dots = clusters.flatMap((cluster) => cluster.heights.map((y): Shape => dot(scale.x(x), y)))
    return [...dots, ...clusters.flatMap((cluster) => labelShapes(cluster, { x: scale.x(x), pitch: scale.pitch }))]
  })
}

function clustersOf(picture: FloorPicture, scale: FloorScale, aisle: number): readonly Cluster[] {
  const stops = picture.stops
    .filter((stop) => stop.place[0] === aisle)
    .map((stop) => ({ seq: stop.seq, y: scale.y(stop.place[1]) }))
    .toSorted((a, b) => a.y - b.y)
  const clusters: Cluster[] = []
  for (const { seq, y } of stops) {
    const last = clusters.at(-1)
    if (last && y - last.top < labelGap) {
      const heights = last.heights.includes(y) ? last.heights : [...last.heights, y]
      clusters[clusters.length - 1] = { top: last.top, heights, seqs: [...last.seqs, seq] }
    } else clusters.push({ top: y, heights: [y], seqs: [seq] })
  }
  return clusters
}

const dot = (x: number, y: number): Shape => ({
  kind: 'circle',
  centre: [x, y],
  radius: 2.4,
  fill: 'ink',
  stroke: { ink: 'paper', width: 0.6 },
})

/** `3`, `3-5`, `3-5, 9`: numbers in rising order, runs joined. */
export function inRanges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else if (!last || number > last[1]) runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
}

/** The label at the height of the cluster's first place, on a white ground: the line may run behind it. */
function labelShapes(cluster: Cluster, aisle: { x: number; pitch: number }): readonly Shape[] {
  const text = inRanges(cluster.seqs)
  const room = Math.max(8, aisle.pitch - 2 * indent)
  const fitting = (labelSize.most * room) / roughTextWidth(text, labelSize.most)
  const size = Math.max(labelSize.least, Math.min(labelSize.most, fitting))
  const [left, y] = [aisle.x + indent, cluster.top]
  const right = left + roughTextWidth(text, size) + 1
  const half = size * 0.48
  return [
    {
      kind: 'polygon',
      points: [
        [left - 1, y - half],
        [right, y - half],
        [right, y + half],
        [left - 1, y + half],
      ],
      fill: 'paper',
    },
    { kind: 'text', at: [left, y + size * 0.357], text, size, anchor: 'start', ink: 'ink', bold: true },
  ]
}
