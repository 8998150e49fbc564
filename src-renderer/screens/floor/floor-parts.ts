import type { DrawnFloorView } from '../../../src-main/contract/floor-views.ts'

export type Floor = DrawnFloorView['floor']
export type Place = Floor['depot']
export type Passage = Floor['missing'][number]
export type Side = 'L' | 'R'

/** A place of the drawing; `was` = its code on the floor in force, so that its stock can follow it. */
export type DrawnLocation = DrawnFloorView['locations'][number] & { readonly was?: string | undefined }

export interface Drawing {
  readonly floor: Floor
  readonly locations: readonly DrawnLocation[]
}

/** Places above each other: what one sees of them from above. */
export interface Bay {
  readonly key: string
  readonly aisle: number
  readonly side: Side
  readonly y: number
  readonly locations: readonly DrawnLocation[]
}

/** What can be taken hold of. A row is all bays on one side of an aisle between two cross aisles. */
export type Part =
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'aisle'; readonly aisle: number }
  | { readonly kind: 'cross'; readonly cross: number }
  | { readonly kind: 'passage'; readonly passage: Passage }
  | { readonly kind: 'bay'; readonly aisle: number; readonly side: Side; readonly y: number }
  | { readonly kind: 'row'; readonly aisle: number; readonly side: Side; readonly block: number }

export const bayKey = (bay: { readonly aisle: number; readonly side: Side; readonly y: number }): string =>
  `bay ${bay.aisle} ${bay.side} ${bay.y}`

export function partKey(part: Part): string {
  switch (part.kind) {
    case 'start':
    case 'end':
      return part.kind
    case 'aisle':
      return `aisle ${part.aisle}`
    case 'cross':
      return `cross ${part.cross}`
    case 'passage':
      return 'cross' in part.passage
        ? `passage c${part.passage.cross} ${part.passage.afterAisle}`
        : `passage a${part.passage.aisle} ${part.passage.afterCross}`
    case 'bay':
      return bayKey(part)
    case 'row':
      return `row ${part.aisle} ${part.side} ${part.block}`
  }
}

/** In the order of the first place of each. */
export function baysOf(locations: readonly DrawnLocation[]): readonly Bay[] {
  const bays = new Map<string, { aisle: number; side: Side; y: number; locations: DrawnLocation[] }>()
  for (const location of locations) {
    const [aisle, y] = location.place
    const { side } = location
    const key = bayKey({ aisle, side, y })
    const known = bays.get(key)
    if (known) known.locations.push(location)
    else bays.set(key, { aisle, side, y, locations: [location] })
  }
  return [...bays].map(([key, bay]) => ({ key, ...bay }))
}

/** The block (piece of aisle above which cross aisle) a height lies in; off the floor the nearest one. */
export function blockOf({ crossY }: Floor, y: number): number {
  const below = crossY.findLastIndex((cross) => cross <= y)
  return Math.max(0, Math.min(crossY.length - 2, below))
}

export const isOfPart = (floor: Floor, part: Part, { place: [aisle, y], side }: DrawnLocation): boolean => {
  if (part.kind === 'bay') return part.aisle === aisle && part.side === side && part.y === y
  if (part.kind === 'row') return part.aisle === aisle && part.side === side && part.block === blockOf(floor, y)
  return part.kind === 'aisle' && part.aisle === aisle
}

export const locationsOf = ({ floor, locations }: Drawing, part: Part): readonly DrawnLocation[] =>
  locations.filter((location) => isOfPart(floor, part, location))

/** True when both name the same passage. */
export const isSamePassage = (a: Passage, b: Passage): boolean =>
  'cross' in a
    ? 'cross' in b && a.cross === b.cross && a.afterAisle === b.afterAisle
    : 'aisle' in b && a.aisle === b.aisle && a.afterCross === b.afterCross

/** What all codes of an aisle begin with, up to its last hyphen; undefined where they have nothing in common. */
export function aisleName({ locations }: Drawing, aisle: number): string | undefined {
  const codes = locations.filter(({ place }) => place[0] === aisle).map(({ code }) => code)
  const common = commonStart(codes)
  const name = codes.length > 1 ? common.replace(/[-\s/._]*[^-\s/._]*$/, '') || common : ''
  return name === '' ? undefined : name
}

export function commonStart(codes: readonly string[]): string {
  const [first = '', ...rest] = codes
  let length = first.length
  for (const code of rest) while (!code.startsWith(first.slice(0, length))) length--
  return first.slice(0, length)
}

/** Every part one can step to with the keys, in reading order. Bays are reached through their rows. */
export function partsOf(drawing: Drawing): readonly Part[] {
  const rows = new Map<string, Part>()
  for (const { place, side } of drawing.locations) {
    const row = { kind: 'row', aisle: place[0], side, block: blockOf(drawing.floor, place[1]) } as const // literal kind
    rows.set(partKey(row), row)
  }
  const inOrder = [...rows].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  return [
    { kind: 'start' },
    { kind: 'end' },
    ...drawing.floor.aisleX.map((_, aisle): Part => ({ kind: 'aisle', aisle })),
    ...drawing.floor.crossY.map((_, cross): Part => ({ kind: 'cross', cross })),
    ...inOrder.map(([, row]) => row),
  ]
}
