import { z } from 'zod'

/**
 * The planning format `backroom-tour-1`. Objects are strict: an unknown field is refused, never ignored. What parse
 * returns is exactly what the picking engine takes.
 */
const natural = z.int().nonnegative()
const coordinate = z.number()

const missingPassage = z.union([
  z.strictObject({ cross: natural, afterAisle: natural }),
  z.strictObject({ aisle: natural, afterCross: natural }),
])

const aisleFloor = z.strictObject({
  kind: z.literal('aisles'),
  aisleX: z.array(z.int()).min(1).readonly(),
  crossY: z.array(z.int()).min(1).readonly(),
  missing: z.array(missingPassage).readonly().optional(),
})

const graphFloor = z.strictObject({
  kind: z.literal('graph'),
  nodes: z
    .array(z.tuple([coordinate, coordinate]).readonly())
    .min(1)
    .readonly(),
  edges: z.array(z.tuple([natural, natural, natural, z.union([z.literal(0), z.literal(1)])]).readonly()).readonly(),
})

/** A walkable floor, as `tour` and `batch` share it. */
export const floorSchema = z.discriminatedUnion('kind', [aisleFloor, graphFloor]).superRefine(checkFloor)

/** `[aisle, y]` on aisles, a node number on a graph. */
export const placeSchema = z.union([z.tuple([natural, z.int()]).readonly(), natural], {
  error: 'expected [aisle, y] or a node number',
})

export type FormatFloor = z.output<typeof floorSchema>
export type FormatPlace = z.output<typeof placeSchema>

type Issues = z.core.$RefinementCtx

const say = (issues: Issues, path: readonly (string | number)[], message: string): void =>
  issues.addIssue({ code: 'custom', path: [...path], message })

function checkFloor(floor: z.output<typeof aisleFloor> | z.output<typeof graphFloor>, issues: Issues): void {
  if (floor.kind === 'graph') {
    floor.edges.forEach((edge, i) => {
      for (const end of [0, 1] as const) {
        if (edge[end] >= floor.nodes.length) say(issues, ['edges', i, end], 'expected a node number of this floor')
      }
    })
    return
  }
  floor.crossY.forEach((y, c) => {
    if (c > 0 && y <= (floor.crossY[c - 1] ?? 0)) say(issues, ['crossY', c], 'expected a number above the one before')
  })
  floor.missing?.forEach((gap, i) => {
    const isThere =
      'cross' in gap
        ? gap.cross < floor.crossY.length && hasRightNeighbour(floor.aisleX, gap.afterAisle)
        : gap.aisle < floor.aisleX.length && gap.afterCross < floor.crossY.length - 1
    if (!isThere) say(issues, ['missing', i], 'expected a passage between two neighbours of this floor')
  })
}

/** Aisles need not be listed from left to right; of two at one place the later one lies to the right. */
function hasRightNeighbour(aisleX: readonly number[], aisle: number): boolean {
  const x = aisleX[aisle]
  return x !== undefined && aisleX.some((other, j) => other > x || (other === x && j > aisle))
}

/** Adds an issue for a place that is not on the floor. */
export function checkPlace(
  floor: FormatFloor,
  place: FormatPlace,
  { issues, path }: { readonly issues: Issues; readonly path: readonly (string | number)[] },
): void {
  if (floor.kind === 'graph') {
    const isNode = typeof place === 'number' && place < floor.nodes.length
    if (!isNode) say(issues, path, 'expected a node number of the floor')
    return
  }
  if (typeof place === 'number' || place[0] >= floor.aisleX.length) {
    say(issues, path, 'expected [aisle, y] with an aisle of the floor')
    return
  }
  const [first, last] = [floor.crossY[0] ?? 0, floor.crossY[floor.crossY.length - 1] ?? 0]
  if (place[1] < first || place[1] > last) say(issues, [...path, 1], `expected a number from ${first} to ${last}`)
}

export const tourProblemSchema = z
  .strictObject({
    id: z.string().min(1),
    floor: floorSchema,
    start: placeSchema,
    end: placeSchema,
    picks: z.array(placeSchema).readonly(),
  })
  .superRefine(({ floor, start, end, picks }, issues) => {
    checkPlace(floor, start, { issues, path: ['start'] })
    checkPlace(floor, end, { issues, path: ['end'] })
    picks.forEach((pick, i) => checkPlace(floor, pick, { issues, path: ['picks', i] }))
  })

export const tourFileSchema = z.strictObject({
  format: z.literal('backroom-tour-1'),
  problems: z.array(tourProblemSchema).readonly(),
})

export type TourFile = z.output<typeof tourFileSchema>

/** The name that a result file carries. */
export const tourResultFormat = 'backroom-tour-result-1'
