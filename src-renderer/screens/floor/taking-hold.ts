import { moveAisle, moveBay, moveCross, moveEnd, nearestAisle, stretchRow, type Nudge } from './floor-edits.ts'
import { locationsOf, type Drawing, type Floor, type Part, type Passage } from './floor-parts.ts'

/** Where a hand is on the floor, millimetres; `edge` = it holds that end of a shelf. */
export interface DragTarget {
  readonly x: number
  readonly y: number
  readonly edge?: 'low' | 'high'
}

/** A part that follows the hand, and the part where it is then. */
export function dragged(drawing: Drawing, part: Part, to: DragTarget): Nudge {
  const { floor } = drawing
  switch (part.kind) {
    case 'aisle':
      return { drawing: moveAisle(drawing, part.aisle, to.x), part }
    case 'cross':
      return { drawing: moveCross(drawing, part.cross, to.y), part }
    case 'start':
    case 'end':
      return { drawing: moveEnd(drawing, part.kind, [nearestAisle(floor, to.x), to.y]), part }
    case 'bay': {
      const aisle = nearestAisle(floor, to.x)
      const side = to.x < (floor.aisleX[aisle] ?? 0) ? 'L' : 'R'
      const moved = moveBay(drawing, part, { aisle, side, y: to.y })
      const first = locationsOf(drawing, part)[0]
      const now = moved.locations.find(({ code }) => code === first?.code)
      return {
        drawing: moved,
        part: now ? { kind: 'bay', aisle: now.place[0], side: now.side, y: now.place[1] } : part,
      }
    }
    case 'row': {
      const heights = locationsOf(drawing, part).map(({ place }) => place[1])
      const [low, high] = [Math.min(...heights), Math.max(...heights)]
      if (to.edge === undefined) return { drawing, part }
      const ends = to.edge === 'low' ? ([Math.min(to.y, high), high] as const) : ([low, Math.max(to.y, low)] as const) // pairs
      return { drawing: stretchRow(drawing, part, ends), part }
    }
    case 'passage':
      return { drawing, part }
  }
}

/** The first piece of way of an aisle or a cross aisle. */
export function firstPiece({ aisleX }: Floor, part: Part | undefined): Part | undefined {
  if (part?.kind === 'aisle') return { kind: 'passage', passage: { aisle: part.aisle, afterCross: 0 } }
  if (part?.kind === 'cross' && aisleX.length > 1)
    return { kind: 'passage', passage: { cross: part.cross, afterAisle: 0 } }
  return undefined
}

/** The neighbouring piece of the same direction; at the edge the piece itself. */
export function nextPiece({ aisleX, crossY }: Floor, passage: Passage, by: { right: number; up: number }): Part {
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))
  if ('cross' in passage) {
    const cross = within(passage.cross + by.up, crossY.length)
    return { kind: 'passage', passage: { cross, afterAisle: within(passage.afterAisle + by.right, aisleX.length - 1) } }
  }
  const aisle = within(passage.aisle + by.right, aisleX.length)
  return { kind: 'passage', passage: { aisle, afterCross: within(passage.afterCross + by.up, crossY.length - 1) } }
}
