import type { AisleFloor, Floor, GraphFloor, Place } from './types.ts'

/**
 * Any floor as a plain directed graph: crossings of aisles and cross aisles, or the nodes of a free graph, plus
 * one node for each place asked for. Arcs of node v are `firstArc[v]` to `firstArc[v + 1]`, exclusive.
 */
export interface WalkGraph {
  readonly nodeCount: number
  /** Coordinates for drawing, by node. */
  readonly points: readonly (readonly [x: number, y: number])[]
  /** The node of each place handed in, in the same order. */
  readonly nodeOfPlace: readonly number[]
  readonly firstArc: Int32Array
  readonly arcTo: Int32Array
  readonly arcLength: Float64Array
}

interface Arc {
  readonly from: number
  readonly to: number
  readonly length: number
}

/** Builds the graph of a valid floor with all `places` on it. Cost O(floor + places log places). */
export function walkGraphOf(floor: Floor, places: readonly Place[]): WalkGraph {
  return floor.kind === 'graph' ? graphOfNodes(floor, places) : graphOfAisles(floor, places)
}

function graphOfNodes(floor: GraphFloor, places: readonly Place[]): WalkGraph {
  const arcs: Arc[] = []
  for (const [from, to, length, oneWay] of floor.edges) {
    arcs.push({ from, to, length })
    if (oneWay === 0) arcs.push({ from: to, to: from, length })
  }
  const nodeOfPlace = places.map((place) => (typeof place === 'number' ? place : -1))
  return assembled(floor.nodes, nodeOfPlace, arcs)
}

/** The key of a missing passage: cross aisles count c * aisles + j, aisle pieces follow after all of those. */
export function missingPassages(floor: AisleFloor): {
  readonly cross: ReadonlySet<number>
  readonly aisle: ReadonlySet<number>
} {
  const cross = new Set<number>()
  const aisle = new Set<number>()
  for (const passage of floor.missing ?? []) {
    if ('cross' in passage) cross.add(passage.cross * floor.aisleX.length + passage.afterAisle)
    else aisle.add(passage.aisle * floor.crossY.length + passage.afterCross)
  }
  return { cross, aisle }
}

/** Aisle numbers from left to right; equal x keep their order. */
export function aislesLeftToRight(floor: AisleFloor): readonly number[] {
  return floor.aisleX.map((_, j) => j).sort((a, b) => (floor.aisleX[a] ?? 0) - (floor.aisleX[b] ?? 0) || a - b)
}

function graphOfAisles(floor: AisleFloor, places: readonly Place[]): WalkGraph {
  const { aisleX, crossY } = floor
  const nodes = new AisleNodes(floor)
  const nodeOfPlace = places.map((place) => (typeof place === 'number' ? -1 : nodes.at(place[0], place[1])))
  const missing = missingPassages(floor)
  const arcs: Arc[] = []
  const bothWays = (from: number, to: number, length: number): void => {
    arcs.push({ from, to, length }, { from: to, to: from, length })
  }
  const order = aislesLeftToRight(floor)
  for (let i = 0; i + 1 < order.length; i++) {
    const left = order[i] ?? 0
    const right = order[i + 1] ?? 0
    for (let c = 0; c < crossY.length; c++) {
      if (missing.cross.has(c * aisleX.length + left)) continue
      bothWays(left * crossY.length + c, right * crossY.length + c, (aisleX[right] ?? 0) - (aisleX[left] ?? 0))
    }
  }
  for (let j = 0; j < aisleX.length; j++) {
    const stops = nodes.along(j)
    for (let i = 0; i + 1 < stops.length; i++) {
      const low = stops[i]
      const high = stops[i + 1]
      if (!low || !high || missing.aisle.has(j * crossY.length + blockOf(crossY, low.y))) continue
      bothWays(low.node, high.node, high.y - low.y)
    }
  }
  return assembled(nodes.points, nodeOfPlace, arcs)
}

/** The last cross aisle at or below y, but never the topmost one: the block in which an upward step from y lies. */
export function blockOf(crossY: readonly number[], y: number): number {
  let block = 0
  while (block + 2 < crossY.length && (crossY[block + 1] ?? Infinity) <= y) block++
  return block
}

/** Numbers the points of aisles: crossing (j, c) is j * crosses + c, points between get numbers as they come. */
class AisleNodes {
  readonly points: (readonly [number, number])[] = []
  readonly #nodeByKey: Map<number, number>[]
  readonly #floor: AisleFloor

  constructor(floor: AisleFloor) {
    this.#floor = floor
    this.#nodeByKey = floor.aisleX.map((x) => {
      const nodeByY = new Map<number, number>()
      for (const y of floor.crossY) nodeByY.set(y, this.points.push([x, y]) - 1)
      return nodeByY
    })
  }

  at(aisle: number, y: number): number {
    const nodeByY = this.#nodeByKey[aisle]
    const known = nodeByY?.get(y)
    if (known !== undefined) return known
    const made = this.points.push([this.#floor.aisleX[aisle] ?? 0, y]) - 1
    nodeByY?.set(y, made)
    return made
  }

  along(aisle: number): readonly { readonly y: number; readonly node: number }[] {
    return [...(this.#nodeByKey[aisle] ?? [])].map(([y, node]) => ({ y, node })).sort((a, b) => a.y - b.y)
  }
}

function assembled(points: WalkGraph['points'], nodeOfPlace: readonly number[], arcs: readonly Arc[]): WalkGraph {
  const nodeCount = points.length
  const firstArc = new Int32Array(nodeCount + 1)
  for (const arc of arcs) firstArc[arc.from + 1] = (firstArc[arc.from + 1] ?? 0) + 1
  for (let v = 0; v < nodeCount; v++) firstArc[v + 1] = (firstArc[v + 1] ?? 0) + (firstArc[v] ?? 0)
  const next = firstArc.slice()
  const arcTo = new Int32Array(arcs.length)
  const arcLength = new Float64Array(arcs.length)
  for (const arc of arcs) {
    const at = next[arc.from] ?? 0
    next[arc.from] = at + 1
    arcTo[at] = arc.to
    arcLength[at] = arc.length
  }
  return { nodeCount, points, nodeOfPlace, firstArc, arcTo, arcLength }
}
