import { AppError } from '../../kernel/errors.ts'
import type { AisleFloor, Floor, GraphFloor, MissingPassage, Place } from './types.ts'

/** The path of a field below the floor or problem, and what was expected there. */
export interface FloorIssue {
  readonly path: string
  readonly expected: string
}

/**
 * Everything that is wrong with a floor, in the order of its fields; empty = the engine can plan on it.
 * Coordinates must be finite, `crossY` rising, edges between existing nodes with lengths >= 0.
 * Cost linear in the floor.
 */
export function validateFloor(floor: Floor): readonly FloorIssue[] {
  return floor.kind === 'aisles' ? aisleIssues(floor) : graphIssues(floor)
}

function aisleIssues(floor: AisleFloor): readonly FloorIssue[] {
  const issues: FloorIssue[] = []
  if (floor.aisleX.length === 0) issues.push({ path: 'floor.aisleX', expected: 'at least one aisle' })
  if (floor.crossY.length === 0) issues.push({ path: 'floor.crossY', expected: 'at least one cross aisle' })
  floor.aisleX.forEach((x, j) => {
    if (!Number.isFinite(x)) issues.push({ path: `floor.aisleX[${j}]`, expected: 'a number' })
  })
  floor.crossY.forEach((y, c) => {
    const below = c === 0 ? -Infinity : (floor.crossY[c - 1] ?? -Infinity)
    if (!Number.isFinite(y) || y <= below) {
      issues.push({ path: `floor.crossY[${c}]`, expected: 'a number above the one before' })
    }
  })
  floor.missing?.forEach((passage, i) => {
    if (!isPassage(floor, passage)) {
      issues.push({ path: `floor.missing[${i}]`, expected: 'a passage between two neighbours of this floor' })
    }
  })
  return issues
}

function isPassage(floor: AisleFloor, passage: MissingPassage): boolean {
  const within = (value: number, count: number): boolean => Number.isInteger(value) && value >= 0 && value < count
  if ('cross' in passage) {
    return within(passage.cross, floor.crossY.length) && within(passage.afterAisle, floor.aisleX.length)
  }
  return within(passage.aisle, floor.aisleX.length) && within(passage.afterCross, floor.crossY.length - 1)
}

function graphIssues(floor: GraphFloor): readonly FloorIssue[] {
  const issues: FloorIssue[] = []
  const isNode = (node: number): boolean => Number.isInteger(node) && node >= 0 && node < floor.nodes.length
  if (floor.nodes.length === 0) issues.push({ path: 'floor.nodes', expected: 'at least one node' })
  floor.edges.forEach(([from, to, length, oneWay], i) => {
    if (!isNode(from)) issues.push({ path: `floor.edges[${i}][0]`, expected: 'a node number' })
    if (!isNode(to)) issues.push({ path: `floor.edges[${i}][1]`, expected: 'a node number' })
    if (!(length >= 0) || !Number.isFinite(length)) {
      issues.push({ path: `floor.edges[${i}][2]`, expected: 'a length of 0 or more' })
    }
    if (oneWay !== 0 && oneWay !== 1) issues.push({ path: `floor.edges[${i}][3]`, expected: '0 or 1' })
  })
  return issues
}

/** True when the place names a point of this floor: on an aisle between first and last cross aisle, or a node. */
export function isOnFloor(floor: Floor, place: Place): boolean {
  if (floor.kind === 'graph') {
    return typeof place === 'number' && Number.isInteger(place) && place >= 0 && place < floor.nodes.length
  }
  if (typeof place === 'number') return false
  const [aisle, y] = place
  const first = floor.crossY[0] ?? Infinity
  const last = floor.crossY[floor.crossY.length - 1] ?? -Infinity
  return Number.isInteger(aisle) && aisle >= 0 && aisle < floor.aisleX.length && y >= first && y <= last
}

/**
 * Throws ERR_INPUT_INVALID with `path` and `expected` when the floor is broken or a place is off it. `pathOf` names
 * the field of place i.
 */
export function requireOnFloor(floor: Floor, places: readonly Place[], pathOf: (index: number) => string): void {
  const issue = validateFloor(floor)[0]
  if (issue) throw new AppError('ERR_INPUT_INVALID', { path: issue.path, expected: issue.expected })
  const off = places.findIndex((place) => !isOnFloor(floor, place))
  if (off === -1) return
  const expected = floor.kind === 'graph' ? 'a node number of the floor' : '[aisle, y] on the floor'
  throw new AppError('ERR_INPUT_INVALID', { path: pathOf(off), expected })
}
