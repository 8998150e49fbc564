import {
  blockOf,
  isOfPart,
  isSamePassage,
  type Drawing,
  type DrawnLocation,
  type Floor,
  type Part,
  type Passage,
  type Place,
  type Side,
} from './floor-parts.ts'

/** Aisles and cross aisles keep at least this far apart: a cart must pass. */
export const leastGapMm = 500

const between = (value: number, low: number, high: number): number =>
  Math.round(Math.max(low, Math.min(Math.max(low, high), value)))
const withFloor = (drawing: Drawing, change: Partial<Floor>): Drawing => ({
  ...drawing,
  floor: { ...drawing.floor, ...change },
})
const firstY = ({ crossY }: Floor): number => crossY[0] ?? 0
const lastY = ({ crossY }: Floor): number => crossY.at(-1) ?? 0

/** Aisles never pass each other: places know theirs by its number. */
export function moveAisle(drawing: Drawing, aisle: number, x: number): Drawing {
  const { aisleX } = drawing.floor
  const low = (aisleX[aisle - 1] ?? -Infinity) + leastGapMm
  const high = (aisleX[aisle + 1] ?? Infinity) - leastGapMm
  return withFloor(drawing, { aisleX: aisleX.map((old, j) => (j === aisle ? between(x, low, high) : old)) })
}

/** Start and end that stand on the cross aisle go along. */
export function moveCross(drawing: Drawing, cross: number, y: number): Drawing {
  const { crossY, depot, packingTable } = drawing.floor
  const before = crossY[cross] ?? 0
  const low = (crossY[cross - 1] ?? -Infinity) + leastGapMm
  const high = (crossY[cross + 1] ?? Infinity) - leastGapMm
  const moved = crossY.map((old, c) => (c === cross ? between(y, low, high) : old))
  const along = (place: Place): Place => (place[1] === before ? [place[0], moved[cross] ?? before] : place)
  return withFloor(drawing, { crossY: moved, depot: along(depot), packingTable: along(packingTable) })
}

/** A new aisle right of another one; what lies further right moves by the same width. Closed ways go on beyond it. */
export function addAisle(drawing: Drawing, after: number): Drawing {
  const { aisleX, missing, depot, packingTable } = drawing.floor
  const x = aisleX[after] ?? 0
  const width = (aisleX[after + 1] ?? NaN) - x || x - (aisleX[after - 1] ?? NaN) || 3000
  const isLast = after === aisleX.length - 1
  const shifted = (place: Place): Place => (place[0] > after ? [place[0] + 1, place[1]] : place)
  const gaps = missing.flatMap((gap): readonly Passage[] => {
    if ('aisle' in gap) return [gap.aisle > after ? { ...gap, aisle: gap.aisle + 1 } : gap]
    if (isLast && gap.afterAisle === after - 1) return [gap, { ...gap, afterAisle: after }]
    if (gap.afterAisle === after) return [gap, { ...gap, afterAisle: after + 1 }]
    return [gap.afterAisle > after ? { ...gap, afterAisle: gap.afterAisle + 1 } : gap]
  })
  return {
    floor: {
      ...drawing.floor,
      aisleX: [...aisleX.slice(0, after + 1), x + width, ...aisleX.slice(after + 1).map((old) => old + width)],
      missing: gaps,
      depot: shifted(depot),
      packingTable: shifted(packingTable),
    },
    locations: drawing.locations.map((location) => ({ ...location, place: shifted(location.place) })),
  }
}

/** Takes an aisle out with all of its places; start and end that stood there go to its neighbour. */
export function removeAisle(drawing: Drawing, aisle: number): Drawing {
  const { aisleX, missing, depot, packingTable } = drawing.floor
  if (aisleX.length < 2) return drawing
  const last = aisleX.length - 2
  const shifted = (place: Place): Place => [Math.min(last, place[0] > aisle ? place[0] - 1 : place[0]), place[1]]
  const isShut = (cross: number, afterAisle: number): boolean =>
    missing.some((gap) => isSamePassage(gap, { cross, afterAisle }))
  const gaps = missing.flatMap((gap): readonly Passage[] => {
    if ('aisle' in gap) return gap.aisle === aisle ? [] : [gap.aisle > aisle ? { ...gap, aisle: gap.aisle - 1 } : gap]
    // Between the former neighbours it is closed where both ways were.
    if (gap.afterAisle === aisle - 1) return isShut(gap.cross, aisle) && aisle <= last ? [gap] : []
    if (gap.afterAisle === aisle) return []
    return [gap.afterAisle > aisle ? { ...gap, afterAisle: gap.afterAisle - 1 } : gap]
  })
  return {
    floor: {
      ...drawing.floor,
      aisleX: aisleX.filter((_, j) => j !== aisle),
      missing: gaps,
      depot: shifted(depot),
      packingTable: shifted(packingTable),
    },
    locations: drawing.locations
      .filter(({ place }) => place[0] !== aisle)
      .map((location) => ({ ...location, place: shifted(location.place) })),
  }
}

/** A new cross aisle in the middle of a block; closed pieces of aisle stay closed on both of its sides. */
export function addCross(drawing: Drawing, block: number): Drawing {
  const { crossY, missing } = drawing.floor
  const [low = 0, high = low] = [crossY[block], crossY[block + 1]]
  const gaps = missing.flatMap((gap): readonly Passage[] => {
    if ('cross' in gap) return [gap.cross > block ? { ...gap, cross: gap.cross + 1 } : gap]
    if (gap.afterCross === block) return [gap, { ...gap, afterCross: block + 1 }]
    return [gap.afterCross > block ? { ...gap, afterCross: gap.afterCross + 1 } : gap]
  })
  const y = Math.round((low + high) / 2)
  return withFloor(drawing, { crossY: [...crossY.slice(0, block + 1), y, ...crossY.slice(block + 1)], missing: gaps })
}

/** Takes a cross aisle out. Start and end that no longer stand on the floor go to its nearest edge. */
export function removeCross(drawing: Drawing, cross: number): Drawing {
  const { crossY, missing, depot, packingTable } = drawing.floor
  if (crossY.length < 3) return drawing
  const left = crossY.filter((_, c) => c !== cross)
  const isShut = (aisle: number, afterCross: number): boolean =>
    missing.some((gap) => isSamePassage(gap, { aisle, afterCross }))
  const isEdge = cross === 0 || cross === crossY.length - 1
  const gaps = missing.flatMap((gap): readonly Passage[] => {
    if ('cross' in gap) return gap.cross === cross ? [] : [gap.cross > cross ? { ...gap, cross: gap.cross - 1 } : gap]
    if (gap.afterCross === cross - 1) return !isEdge && isShut(gap.aisle, cross) ? [gap] : []
    if (gap.afterCross === cross) return []
    return [gap.afterCross > cross ? { ...gap, afterCross: gap.afterCross - 1 } : gap]
  })
  const kept = (place: Place): Place => [place[0], between(place[1], left[0] ?? 0, left.at(-1) ?? 0)]
  return withFloor(drawing, { crossY: left, missing: gaps, depot: kept(depot), packingTable: kept(packingTable) })
}

/** Closes a passage, or opens it again. */
export function togglePassage(drawing: Drawing, passage: Passage): Drawing {
  const { missing } = drawing.floor
  const others = missing.filter((gap) => !isSamePassage(gap, passage))
  return withFloor(drawing, { missing: others.length < missing.length ? others : [...others, passage] })
}

export function moveEnd(drawing: Drawing, which: 'start' | 'end', place: Place): Drawing {
  const on = onFloor(drawing.floor, place)
  return withFloor(drawing, which === 'start' ? { depot: on } : { packingTable: on })
}

/** The nearest point of the floor. */
export const onFloor = (floor: Floor, [aisle, y]: Place): Place => [
  between(aisle, 0, floor.aisleX.length - 1),
  between(y, firstY(floor), lastY(floor)),
]

/** The aisle whose line is nearest. */
export function nearestAisle({ aisleX }: Floor, x: number): number {
  return aisleX.reduce((best, own, j) => (Math.abs(own - x) < Math.abs((aisleX[best] ?? 0) - x) ? j : best), 0)
}

/** All levels of a bay, to another spot. */
export function moveBay(
  drawing: Drawing,
  bay: { readonly aisle: number; readonly side: Side; readonly y: number },
  to: { readonly aisle: number; readonly side: Side; readonly y: number },
): Drawing {
  const place = onFloor(drawing.floor, [to.aisle, to.y])
  const part: Part = { kind: 'bay', ...bay }
  return changeLocations(drawing, part, (location) => ({ ...location, side: to.side, place }))
}

/** Spreads the bays of a row anew between two heights; a row of one bay moves to their middle. */
export function stretchRow(
  drawing: Drawing,
  row: Extract<Part, { kind: 'row' }>,
  [low, high]: readonly [number, number],
): Drawing {
  const heights = drawing.locations.filter((one) => isOfPart(drawing.floor, row, one)).map(({ place }) => place[1])
  const [from, to] = [Math.min(...heights), Math.max(...heights)]
  const [bottom, top] = [drawing.floor.crossY[row.block] ?? low, drawing.floor.crossY[row.block + 1] ?? high]
  // One millimetre below the next cross aisle the row is still in its block.
  const [newLow, newHigh] = [between(low, bottom, top - 1), between(high, bottom, top - 1)]
  const spread = (y: number): number =>
    to === from ? (newLow + newHigh) / 2 : newLow + ((y - from) / (to - from)) * (newHigh - newLow)
  return changeLocations(drawing, row, (one) => ({ ...one, place: [one.place[0], Math.round(spread(one.place[1]))] }))
}

export const removeLocations = (drawing: Drawing, part: Part): Drawing => ({
  ...drawing,
  locations: drawing.locations.filter((location) => !isOfPart(drawing.floor, part, location)),
})

export const removeLocation = (drawing: Drawing, code: string): Drawing => ({
  ...drawing,
  locations: drawing.locations.filter((location) => location.code !== code),
})

export const renameLocation = (drawing: Drawing, code: string, to: string): Drawing => ({
  ...drawing,
  locations: drawing.locations.map((location) => (location.code === code ? { ...location, code: to } : location)),
})

/** Gives all places of a part another beginning of their codes. */
export const renameStart = (drawing: Drawing, part: Part, [from, to]: readonly [string, string]): Drawing =>
  changeLocations(drawing, part, (location) =>
    location.code.startsWith(from) ? { ...location, code: to + location.code.slice(from.length) } : location,
  )

/** Adds those whose codes are free. */
export function addLocations(drawing: Drawing, locations: readonly DrawnLocation[]): Drawing {
  const known = new Set(drawing.locations.map(({ code }) => code))
  return { ...drawing, locations: [...drawing.locations, ...locations.filter(({ code }) => !known.has(code))] }
}

/** Takes a part out, whatever it is; what cannot be taken out stays. */
export function removePart(drawing: Drawing, part: Part): Drawing {
  switch (part.kind) {
    case 'start':
    case 'end':
      return drawing
    case 'aisle':
      return removeAisle(drawing, part.aisle)
    case 'cross':
      return removeCross(drawing, part.cross)
    case 'passage':
      return togglePassage(drawing, part.passage)
    case 'bay':
    case 'row':
      return removeLocations(drawing, part)
  }
}

export interface Nudge {
  readonly drawing: Drawing
  /** The part where it is afterwards. */
  readonly part: Part
}

/** Moves a part by steps to the right and up, as arrow keys do; along an aisle by `step` millimetres. */
export function nudge(drawing: Drawing, part: Part, by: { right: number; up: number; step: number }): Nudge {
  const { floor } = drawing
  const { right, up, step } = by
  switch (part.kind) {
    case 'start':
    case 'end': {
      const [aisle, y] = part.kind === 'start' ? floor.depot : floor.packingTable
      return { drawing: moveEnd(drawing, part.kind, [aisle + right, y + up * step]), part }
    }
    case 'aisle':
      return { drawing: moveAisle(drawing, part.aisle, (floor.aisleX[part.aisle] ?? 0) + right * step), part }
    case 'cross':
      return { drawing: moveCross(drawing, part.cross, (floor.crossY[part.cross] ?? 0) + up * step), part }
    case 'passage':
      return { drawing, part }
    case 'bay':
      return nudgeBay(drawing, part, by)
    case 'row': {
      const heights = drawing.locations.filter((one) => isOfPart(floor, part, one)).map(({ place }) => place[1])
      const room = roomOf(floor, part.block, heights)
      const move = between(up * step, room[0], room[1])
      return { drawing: stretchRow(drawing, part, [Math.min(...heights) + move, Math.max(...heights) + move]), part }
    }
  }
}

/** How far a row may move down and up without leaving its block. */
function roomOf({ crossY }: Floor, block: number, heights: readonly number[]): readonly [number, number] {
  const [bottom = 0, top = bottom] = [crossY[block], crossY[block + 1]]
  return [Math.min(0, bottom - Math.min(...heights)), Math.max(0, top - 1 - Math.max(...heights))]
}

/** Left and right lead over the shelf's other side into the next aisle. */
function nudgeBay(
  drawing: Drawing,
  bay: Extract<Part, { kind: 'bay' }>,
  { right, up, step }: { right: number; up: number; step: number },
): Nudge {
  const lane = between(bay.aisle * 2 + (bay.side === 'R' ? 1 : 0) + right, 0, drawing.floor.aisleX.length * 2 - 1)
  const side: Side = lane % 2 === 1 ? 'R' : 'L'
  const [aisle, y] = onFloor(drawing.floor, [Math.floor(lane / 2), bay.y + up * step])
  return { drawing: moveBay(drawing, bay, { aisle, side, y }), part: { kind: 'bay', aisle, side, y } }
}

function changeLocations(drawing: Drawing, part: Part, change: (location: DrawnLocation) => DrawnLocation): Drawing {
  const { floor } = drawing
  return { ...drawing, locations: drawing.locations.map((one) => (isOfPart(floor, part, one) ? change(one) : one)) }
}

/** The row a bay stands in. */
export const rowOf = (floor: Floor, bay: { aisle: number; side: Side; y: number }): Extract<Part, { kind: 'row' }> => ({
  kind: 'row',
  aisle: bay.aisle,
  side: bay.side,
  block: blockOf(floor, bay.y),
})
