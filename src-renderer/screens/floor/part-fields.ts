import { moveAisle, moveBay, moveCross, moveEnd, stretchRow } from './floor-edits.ts'
import { aisleName, locationsOf, type Drawing, type Part } from './floor-parts.ts'

/** The drawing after something was typed, and where the part is then; absent = where it was. */
export interface Typed {
  readonly next: Drawing
  readonly part?: Part | undefined
}

/** One number or choice of a part; `label` is a key of the texts. */
export type PartField =
  | {
      readonly kind: 'length'
      readonly label: string
      /** Millimetres. */
      readonly value: number
      readonly least: number
      readonly most: number
      readonly set: (millimetres: number) => Typed
    }
  | {
      readonly kind: 'choice'
      readonly label: string
      readonly value: string
      /** `label` undefined = `text` is a key of the texts. */
      readonly options: readonly { readonly value: string; readonly label?: string; readonly text?: string }[]
      readonly set: (value: string) => Typed
    }

const narrowest = 500
const widest = { aisle: 100_000, block: 500_000 } as const

/** Everything about a part that is a number or a choice: what one can do with the mouse can be typed here. */
export function fieldsOf(drawing: Drawing, part: Part): readonly PartField[] {
  switch (part.kind) {
    case 'start':
    case 'end':
      return fieldsOfEnd(drawing, part)
    case 'bay':
      return fieldsOfBay(drawing, part)
    case 'aisle':
      return fieldsOfAisle(drawing, part.aisle)
    case 'cross':
      return fieldsOfCross(drawing, part.cross)
    case 'row':
      return fieldsOfRow(drawing, part)
    case 'passage':
      return []
  }
}

const frontOf = ({ floor }: Drawing): number => floor.crossY[0] ?? 0
const longOf = (drawing: Drawing): number => (drawing.floor.crossY.at(-1) ?? 0) - frontOf(drawing)

const aisleField = (drawing: Drawing, aisle: number, set: (aisle: number) => Typed): PartField => ({
  kind: 'choice',
  label: 'floor.part.aisle',
  value: String(aisle),
  options: drawing.floor.aisleX.map((_, j) => ({ value: String(j), label: aisleName(drawing, j) ?? String(j + 1) })),
  set: (value) => set(Number(value)),
})

const fromFrontField = (drawing: Drawing, y: number, set: (y: number) => Typed): PartField => ({
  kind: 'length',
  label: 'floor.part.fromFront',
  value: y - frontOf(drawing),
  least: 0,
  most: longOf(drawing),
  set: (fromFront) => set(fromFront + frontOf(drawing)),
})

function fieldsOfEnd(drawing: Drawing, { kind }: { readonly kind: 'start' | 'end' }): readonly PartField[] {
  const [aisle, y] = kind === 'end' ? drawing.floor.packingTable : drawing.floor.depot
  return [
    aisleField(drawing, aisle, (to) => ({ next: moveEnd(drawing, kind, [to, y]) })),
    fromFrontField(drawing, y, (to) => ({ next: moveEnd(drawing, kind, [aisle, to]) })),
  ]
}

function fieldsOfBay(drawing: Drawing, bay: Extract<Part, { kind: 'bay' }>): readonly PartField[] {
  const move = (part: typeof bay): Typed => ({ next: moveBay(drawing, bay, part), part })
  return [
    aisleField(drawing, bay.aisle, (aisle) => move({ ...bay, aisle })),
    fromFrontField(drawing, bay.y, (y) => move({ ...bay, y })),
    {
      kind: 'choice',
      label: 'floor.part.side',
      value: bay.side,
      options: [
        { value: 'L', text: 'floor.part.left' },
        { value: 'R', text: 'floor.part.right' },
      ],
      set: (side) => move({ ...bay, side: side === 'R' ? 'R' : 'L' }),
    },
  ]
}

function fieldsOfAisle(drawing: Drawing, aisle: number): readonly PartField[] {
  const { aisleX } = drawing.floor
  const [left, here, right] = [aisleX[aisle - 1], aisleX[aisle] ?? 0, aisleX[aisle + 1]]
  const gap = { kind: 'length', least: narrowest, most: widest.aisle } as const
  const set = (x: number): Typed => ({ next: moveAisle(drawing, aisle, x) })
  return [
    ...(left === undefined ? [] : [{ ...gap, label: 'floor.part.toLeft', value: here - left, set: (mm: number) => set(left + mm) }]), // prettier-ignore
    ...(right === undefined ? [] : [{ ...gap, label: 'floor.part.toRight', value: right - here, set: (mm: number) => set(right - mm) }]), // prettier-ignore
  ]
}

/** The first cross aisle is the front itself: it is told by how far the next one is. */
function fieldsOfCross(drawing: Drawing, cross: number): readonly PartField[] {
  const { crossY } = drawing.floor
  const front = frontOf(drawing)
  const gap = { kind: 'length', least: narrowest, most: widest.block } as const
  const set = (y: number): Typed => ({ next: moveCross(drawing, cross, y) })
  if (cross > 0)
    return [{ ...gap, label: 'floor.part.fromFront', value: (crossY[cross] ?? 0) - front, set: (mm: number) => set(mm + front) }] // prettier-ignore
  const behind = crossY[1] ?? 0
  return [{ ...gap, label: 'floor.part.toBack', value: behind - front, set: (mm: number) => set(behind - mm) }]
}

function fieldsOfRow(drawing: Drawing, row: Extract<Part, { kind: 'row' }>): readonly PartField[] {
  const front = frontOf(drawing)
  const heights = locationsOf(drawing, row).map(({ place }) => place[1] - front)
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  const stretch = (from: number, to: number): Typed => ({ next: stretchRow(drawing, row, [from + front, to + front]) })
  const end = { kind: 'length', least: 0, most: longOf(drawing) } as const
  return [
    { ...end, label: 'floor.range.from', value: low, set: (mm: number) => stretch(mm, high) },
    { ...end, label: 'floor.range.to', value: high, set: (mm: number) => stretch(low, mm) },
  ]
}
