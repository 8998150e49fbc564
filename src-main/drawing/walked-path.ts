import type { Point, Shape } from './drawing.ts'

/** How far the line keeps to the walker's right, so that there and back are two lines. */
const lane = 1.7
/** Pieces of the way shorter than this carry no arrow; longer ones one every `arrowEvery`. */
const arrowFrom = 16
const arrowEvery = 70

/** The walked line through points that are joined straight along x or y, with arrows in walking direction. */
export function walkShapes(points: readonly Point[]): readonly Shape[] {
  const way = points.filter((point, i) => i === 0 || distance(point, points[i - 1] ?? point) > 1e-6)
  if (way.length < 2) return []
  const legs = way.slice(1).map((to, i) => shifted(way[i] ?? to, to))
  const line = legs.flatMap((leg, i) => [
    i === 0 ? leg.from : corner(legs[i - 1], leg),
    ...(isTurnBack(leg, legs[i + 1]) ? [leg.to] : []),
  ])
  return [
    { kind: 'polyline', points: line, stroke: { ink: 'accent', width: 1.3 } },
    ...legs.flatMap((leg) => arrows(leg)),
  ]
}

interface Leg {
  readonly from: Point
  readonly to: Point
  readonly way: Point
}

/** The leg moved to the right of its direction (y points down, so right of (x, y) is (-y, x)). */
function shifted(from: Point, to: Point): Leg {
  const long = distance(from, to)
  const way: Point = [(to[0] - from[0]) / long, (to[1] - from[1]) / long]
  const move = ([x, y]: Point): Point => [x - way[1] * lane, y + way[0] * lane]
  return { from: move(from), to: move(to), way }
}

/** Where two legs that meet at a right angle cross once both are moved; the later start where they do not cross. */
function corner(before: Leg | undefined, after: Leg): Point {
  if (!before) return after.from
  const isCrossing = Math.abs(before.way[0] * after.way[1] - before.way[1] * after.way[0]) > 0.5
  if (!isCrossing) return after.from
  return Math.abs(before.way[0]) > 0.5 ? [after.from[0], before.from[1]] : [before.from[0], after.from[1]]
}

/** True where a leg's own end belongs to the line: at the end of the way and where it turns round. */
function isTurnBack(leg: Leg, next: Leg | undefined): boolean {
  return !next || leg.way[0] * next.way[0] + leg.way[1] * next.way[1] < -0.5
}

function arrows({ from, to, way }: Leg): readonly Shape[] {
  const long = distance(from, to)
  if (long < arrowFrom) return []
  const count = Math.max(1, Math.floor(long / arrowEvery))
  return Array.from({ length: count }, (_, i): Shape => {
    const share = (i + 0.5) / count
    const [x, y]: Point = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    return {
      kind: 'polygon',
      points: [
        [x + way[0] * 3.4, y + way[1] * 3.4],
        [x - way[0] * 2.4 - way[1] * 2.3, y - way[1] * 2.4 + way[0] * 2.3],
        [x - way[0] * 2.4 + way[1] * 2.3, y - way[1] * 2.4 - way[0] * 2.3],
      ],
      fill: 'accent',
    }
  })
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])
