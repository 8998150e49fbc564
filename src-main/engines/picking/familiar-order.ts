import { AppError } from '../../kernel/errors.ts'
import { aislesLeftToRight } from './walk-graph.ts'
import type { Place, TourProblem } from './types.ts'
import { lengthOfOrder } from './walk.ts'

/** The picks in an order staff know by heart, and what walking it costs. */
export interface FamiliarOrder {
  /** Indices of picks. */
  readonly order: readonly number[]
  /** Infinity when a leg has no way. */
  readonly length: number
}

/**
 * The S-shape: aisle after aisle that holds a pick, up the first, down the next, from the side of the floor nearer to
 * the start (Hall 1993; Roodbergen 2001). Blocks are not told apart. Ties: picks of one place by index. Only floors of
 * aisles have one: throws ERR_INPUT_INVALID for a graph, and as `lengthOfOrder`.
 */
export function sShapeOrder({ floor, start, end, picks }: TourProblem): FamiliarOrder {
  if (floor.kind !== 'aisles') throw new AppError('ERR_INPUT_INVALID', { path: 'floor.kind', expected: 'aisles' })
  const columns = aislesLeftToRight(floor)
  const columnOf = (place: Place | undefined): number => (typeof place === 'object' ? columns.indexOf(place[0]) : 0)
  const heightOf = (place: Place | undefined): number => (typeof place === 'object' ? place[1] : 0)
  const byColumn = [...Map.groupBy(picks.keys(), (i) => columnOf(picks[i]))].sort(([a], [b]) => a - b)
  if (2 * columnOf(start) >= columns.length) byColumn.reverse()
  const middle = ((floor.crossY[0] ?? 0) + (floor.crossY.at(-1) ?? 0)) / 2
  const isFromBelow = heightOf(start) <= middle
  const order = byColumn.flatMap(([, indices], turn) => {
    const sign = (turn % 2 === 0) === isFromBelow ? 1 : -1
    return indices.sort((a, b) => sign * (heightOf(picks[a]) - heightOf(picks[b])) || a - b)
  })
  const places = order.flatMap((i): readonly Place[] => (picks[i] === undefined ? [] : [picks[i]]))
  return { order, length: lengthOfOrder(floor, places, { start, end }) }
}
