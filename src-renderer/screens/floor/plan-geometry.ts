import type { Bay, Drawing, Part, Passage, Place } from './floor-parts.ts'

/** A plan is drawn to scale, in millimetres, the front of the floor below. */
export interface PlanView {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** About a hundredth of the plan: marks and letters are so many of it. */
  readonly unit: number
  /** Width of the free way in the middle of an aisle. */
  readonly walk: number
  /** From aisle to aisle, at most what shelves on both sides need. */
  readonly pitch: number
  readonly x: (millimetres: number) => number
  readonly y: (millimetres: number) => number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const widestWalk = 1200
const deepestShelf = 900
const usualBay = 1000

/** `isSmall`: there is little room, so letters and marks are larger beside the floor. */
export function planView({ floor, locations }: Drawing, isSmall = false): PlanView {
  const ys = [...floor.crossY, ...locations.map(({ place }) => place[1])]
  const [left, right] = [Math.min(...floor.aisleX), Math.max(...floor.aisleX)]
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const gaps = floor.aisleX.slice(1).map((x, i) => x - (floor.aisleX[i] ?? x))
  const pitch = Math.min(4000, ...gaps.filter((gap) => gap > 0))
  const walk = Math.min(widestWalk, pitch * 0.42)
  const side = walk / 2 + deepestShelf
  const unit = Math.max(right - left + 2 * side, (high - low) * 1.2, 6000) / (isSmall ? 55 : 100)
  const margin = { x: side + 3 * unit, top: walk / 2 + 5 * unit, bottom: walk / 2 + 7 * unit }
  return {
    left: left - margin.x,
    top: 0,
    width: right - left + 2 * margin.x,
    height: high - low + margin.top + margin.bottom,
    unit,
    walk,
    pitch,
    x: (mm) => mm,
    y: (mm) => margin.top + high - mm,
  }
}

/** Bays as boxes beside their aisle; as wide along the aisle as their neighbours leave room. */
export function bayBoxes(drawing: Drawing, bays: readonly Bay[], view: PlanView): ReadonlyMap<string, Box> {
  const { aisleX } = drawing.floor
  const boxes = new Map<string, Box>()
  const byRow = Map.groupBy(bays, ({ aisle, side }) => `${aisle} ${side}`)
  for (const row of byRow.values()) {
    const sorted = row.toSorted((a, b) => a.y - b.y)
    const steps = sorted.slice(1).map((bay, i) => bay.y - (sorted[i]?.y ?? 0))
    const long = Math.max(120, Math.min(usualBay * 1.5, ...(steps.length > 0 ? steps : [usualBay])) * 0.92)
    for (const bay of sorted) {
      const x = aisleX[bay.aisle]
      // A place on an aisle that is not there is drawn right of the floor, so that it can be taken hold of.
      const at = x ?? (aisleX.at(-1) ?? 0) + 2 * view.walk
      const next = aisleX[bay.aisle + (bay.side === 'L' ? -1 : 1)]
      const room = (next === undefined ? view.pitch : Math.abs(next - at)) / 2
      const deep = Math.max(view.walk / 5, Math.min(deepestShelf, room - view.walk / 2 - view.walk / 20))
      const left = bay.side === 'L' ? at - view.walk / 2 - deep : at + view.walk / 2
      boxes.set(bay.key, { x: left, y: view.y(bay.y) - long / 2, width: deep, height: long })
    }
  }
  return boxes
}

/** The pieces of way between neighbouring crossings. */
export function passagesOf({ floor }: Drawing): readonly Passage[] {
  const across = floor.crossY.flatMap((_, cross) =>
    floor.aisleX.slice(1).map((_x, afterAisle) => ({ cross, afterAisle })),
  )
  const along = floor.aisleX.flatMap((_, aisle) =>
    floor.crossY.slice(1).map((_y, afterCross) => ({ aisle, afterCross })),
  )
  return [...across, ...along]
}

export function passageLine({ floor }: Drawing, passage: Passage, view: PlanView): { from: Point; to: Point } {
  if ('cross' in passage) {
    const y = view.y(floor.crossY[passage.cross] ?? 0)
    const [a = 0, b = a] = [floor.aisleX[passage.afterAisle], floor.aisleX[passage.afterAisle + 1]]
    return { from: [view.x(a), y], to: [view.x(b), y] }
  }
  const x = view.x(floor.aisleX[passage.aisle] ?? 0)
  const [a = 0, b = a] = [floor.crossY[passage.afterCross], floor.crossY[passage.afterCross + 1]]
  return { from: [x, view.y(a)], to: [x, view.y(b)] }
}

export type Point = readonly [x: number, y: number]

export const pointOf = ({ floor }: Drawing, [aisle, y]: Place, view: PlanView): Point => [
  view.x(floor.aisleX[aisle] ?? 0),
  view.y(y),
]

/** The box round what is selected; undefined for what has no extent of its own. */
export function outlineOf(
  drawing: Drawing,
  part: Part,
  boxes: { view: PlanView; bays: readonly (Bay & { box: Box })[] },
): Box | undefined {
  const { floor } = drawing
  const { view } = boxes
  const pad = view.unit * 0.6
  const around = ([x, y]: Point, half: number): Box => ({ x: x - half, y: y - half, width: 2 * half, height: 2 * half })
  switch (part.kind) {
    case 'start':
      return around(pointOf(drawing, floor.depot, view), view.unit * 2)
    case 'end':
      return around(pointOf(drawing, floor.packingTable, view), view.unit * 2)
    case 'aisle': {
      const top = view.y(floor.crossY.at(-1) ?? 0)
      const x = view.x(floor.aisleX[part.aisle] ?? 0)
      const half = view.walk / 2
      return { x: x - half, y: top - half, width: 2 * half, height: view.y(floor.crossY[0] ?? 0) - top + 2 * half }
    }
    case 'cross': {
      const left = view.x(floor.aisleX[0] ?? 0)
      const half = view.walk / 2
      const y = view.y(floor.crossY[part.cross] ?? 0)
      return {
        x: left - half,
        y: y - half,
        width: view.x(floor.aisleX.at(-1) ?? 0) - left + 2 * half,
        height: 2 * half,
      }
    }
    case 'passage': {
      const { from, to } = passageLine(drawing, part.passage, view)
      const half = view.walk / 2
      const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])]
      return {
        x: x - half,
        y: y - half,
        width: Math.abs(to[0] - from[0]) + 2 * half,
        height: Math.abs(to[1] - from[1]) + 2 * half,
      }
    }
    case 'bay':
    case 'row': {
      const inside = boxes.bays.filter((bay) => isInside(drawing, part, bay)).map(({ box }) => box)
      if (inside.length === 0) return undefined
      const [x, y] = [Math.min(...inside.map((box) => box.x)), Math.min(...inside.map((box) => box.y))]
      const right = Math.max(...inside.map((box) => box.x + box.width))
      const bottom = Math.max(...inside.map((box) => box.y + box.height))
      return { x: x - pad / 2, y: y - pad / 2, width: right - x + pad, height: bottom - y + pad }
    }
  }
}

function isInside({ floor }: Drawing, part: Extract<Part, { kind: 'bay' | 'row' }>, bay: Bay): boolean {
  if (bay.aisle !== part.aisle || bay.side !== part.side) return false
  if (part.kind === 'bay') return bay.y === part.y
  const [low = -Infinity, high = Infinity] = [floor.crossY[part.block], floor.crossY[part.block + 1]]
  const isFirst = part.block === 0
  const isLast = part.block === floor.crossY.length - 2
  return (isFirst || bay.y >= low) && (isLast || bay.y < high)
}
