import fc from 'fast-check'
import type { GraphFloor, TourFloor, TourPlace, TourProblem } from '../../../../src-main/engines/picking/index.ts'

type AisleFloor = Extract<TourFloor, { kind: 'aisles' }>

/** Small floors of aisles, now and then with missing passages. */
export const aisleFloors: fc.Arbitrary<AisleFloor> = fc
  .record({
    gapsX: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 0, maxLength: 4 }),
    gapsY: fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 4 }),
    missing: fc.array(fc.tuple(fc.boolean(), fc.nat(4), fc.nat(4)), { maxLength: 4 }),
    hasMissing: fc.boolean(),
  })
  .map(({ gapsX, gapsY, missing, hasMissing }) => {
    const aisleX = sums(gapsX)
    const crossY = sums(gapsY)
    const floor: AisleFloor = { kind: 'aisles', aisleX, crossY }
    if (!hasMissing) return floor
    return {
      ...floor,
      missing: missing.map(([isCross, a, b]) =>
        isCross
          ? { cross: a % crossY.length, afterAisle: b % aisleX.length }
          : { aisle: a % aisleX.length, afterCross: b % (crossY.length - 1) },
      ),
    }
  })

const sums = (gaps: readonly number[]): number[] => gaps.reduce((at, gap) => [...at, (at.at(-1) ?? 0) + gap], [0])

/** A tour problem on such a floor; the start and the end lie anywhere, at the same place half of the time. */
export function aisleProblems(mostPicks: number): fc.Arbitrary<TourProblem> {
  return aisleFloors.chain((floor) => {
    const place = placesOn(floor)
    return fc
      .record({ start: place, other: place, isClosed: fc.boolean(), picks: fc.array(place, { maxLength: mostPicks }) })
      .map(({ start, other, isClosed, picks }) => ({ id: 'p', floor, start, end: isClosed ? start : other, picks }))
  })
}

export function placesOn(floor: AisleFloor): fc.Arbitrary<TourPlace> {
  const top = floor.crossY.at(-1) ?? 0
  const onCrossing = fc.constantFrom(...floor.crossY)
  return fc.tuple(fc.nat(floor.aisleX.length - 1), fc.oneof(fc.nat(top), fc.nat(top), onCrossing))
}

/** Random graphs, some lanes one-way, not always connected. */
export function graphProblems(mostPicks: number): fc.Arbitrary<TourProblem> {
  return fc.integer({ min: 2, max: 9 }).chain((count) => {
    const node = fc.nat(count - 1)
    const edge = fc.tuple(node, node, fc.nat(20), fc.constantFrom<0 | 1>(0, 0, 1))
    return fc
      .record({
        edges: fc.array(edge, { minLength: count - 1, maxLength: 3 * count }),
        start: node,
        end: node,
        picks: fc.array(node, { maxLength: mostPicks }),
      })
      .map(({ edges, start, end, picks }) => {
        const nodes = Array.from({ length: count }, (_, i): [number, number] => [i, i * i])
        return { id: 'g', floor: { kind: 'graph' as const, nodes, edges }, start, end, picks }
      })
  })
}

/** The same walk on a graph that has every decimetre of every aisle as a node: no shared code with the engine. */
export function asGraph(problem: TourProblem): TourProblem {
  const { floor } = problem
  if (floor.kind === 'graph') return problem
  const top = floor.crossY.at(-1) ?? 0
  const numberOf = (aisle: number, y: number): number => aisle * (top + 1) + y
  const nodes = floor.aisleX.flatMap((x) => Array.from({ length: top + 1 }, (_, y): [number, number] => [x, y]))
  const edges: [number, number, number, 0 | 1][] = []
  floor.aisleX.forEach((x, aisle) => {
    for (let y = 0; y < top; y++) {
      const block = floor.crossY.findLastIndex((at) => at <= y)
      const isMissing = floor.missing?.some((gap) => 'aisle' in gap && gap.aisle === aisle && gap.afterCross === block)
      if (!isMissing) edges.push([numberOf(aisle, y), numberOf(aisle, y + 1), 1, 0])
    }
    const right = floor.aisleX[aisle + 1]
    floor.crossY.forEach((y, cross) => {
      const isMissing = floor.missing?.some((gap) => 'cross' in gap && gap.cross === cross && gap.afterAisle === aisle)
      if (right !== undefined && !isMissing) edges.push([numberOf(aisle, y), numberOf(aisle + 1, y), right - x, 0])
    })
  })
  const node = (place: TourPlace): number => (typeof place === 'number' ? place : numberOf(place[0], place[1]))
  const graph: GraphFloor = { kind: 'graph', nodes, edges }
  return { id: 'g', floor: graph, start: node(problem.start), end: node(problem.end), picks: problem.picks.map(node) }
}
