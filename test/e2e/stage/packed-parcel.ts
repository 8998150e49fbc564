import { cartons, keptApart, products, type SampleProduct } from './catalogue.ts'

export interface Placed {
  readonly sku: string
  readonly atMm: readonly number[]
  readonly sizeMm: readonly number[]
}

/** A package of the selection document. */
export interface PackedParcel {
  readonly letter: string
  readonly carton: string | null
  readonly innerMm: readonly number[] | null
  readonly checkedBy: 'placement' | 'volume'
  readonly contents: readonly { readonly sku: string; readonly quantity: number }[]
  readonly placements: readonly Placed[]
  readonly totals: {
    readonly netG: number
    readonly grossG: number
    readonly allowableG: number
    readonly piecesCm3: number
    readonly allowableCm3: number
  }
}

/** What is wrong with a parcel by plain arithmetic on the sample shop's files; empty when nothing is. */
export const problemsOf = (parcel: PackedParcel): readonly string[] => [
  ...weightAndVolumeProblems(parcel),
  ...placementProblems(parcel),
  ...companyProblems(parcel),
]

function product(sku: string): SampleProduct {
  const found = products.get(sku)
  if (!found) throw new Error(`${sku} is not in the sample catalogue`)
  return found
}

/** Each piece of the parcel, by product. */
const piecesOf = (parcel: PackedParcel): readonly SampleProduct[] =>
  parcel.contents.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => product(sku)))

const named = (problems: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.entries(problems).flatMap(([name, isThere]) => (isThere ? [name] : []))

export function weightAndVolumeProblems(parcel: PackedParcel): readonly string[] {
  const { totals } = parcel
  const pieces = piecesOf(parcel)
  const netG = pieces.reduce((sum, piece) => sum + piece.weightG, 0)
  const cm3 = pieces.reduce((sum, piece) => sum + piece.volumeCm3, 0)
  const carton = cartons.get(parcel.carton ?? '')
  const aroundG = carton ? carton.tareG + (carton.isInsulated ? carton.coolantG : 0) : 0
  return named({
    'net weight is not the sum of its pieces': totals.netG !== netG,
    'gross weight is not net, tare and coolant': totals.grossG !== netG + aroundG,
    'heavier than allowable': totals.grossG > totals.allowableG,
    'allows more weight than its carton': carton !== undefined && totals.allowableG > carton.maxGrossG,
    // Each piece is rounded up to whole cubic centimetres or all of them together: at most one for each piece.
    'volume is not that of its pieces': Math.abs(totals.piecesCm3 - cm3) > pieces.length + 1,
    'more volume than allowable': totals.piecesCm3 > totals.allowableCm3,
    'allows more volume than its carton': carton !== undefined && totals.allowableCm3 > carton.maxVolumeCm3,
  })
}

type Axis = 0 | 1 | 2
const axes: readonly Axis[] = [0, 1, 2]
const end = (placed: Placed, axis: Axis): number => (placed.atMm[axis] ?? 0) + (placed.sizeMm[axis] ?? 0)
const meet = (a: Placed, b: Placed, axis: Axis): boolean =>
  (a.atMm[axis] ?? 0) < end(b, axis) && (b.atMm[axis] ?? 0) < end(a, axis)
const isOver = (upper: Placed, lower: Placed): boolean =>
  meet(upper, lower, 0) && meet(upper, lower, 1) && (upper.atMm[2] ?? 0) >= end(lower, 2)

export function placementProblems(parcel: PackedParcel): readonly string[] {
  const { placements, innerMm } = parcel
  if (parcel.carton === null || parcel.checkedBy === 'volume') return []
  const listed = piecesOf(parcel).map((piece) => piece.sku)
  const pairs = placements.flatMap((a, i) => placements.slice(i + 1).map((b) => [a, b] as const))
  return named({
    'not every piece has its place once':
      listed.toSorted().join() !==
      placements
        .map((placed) => placed.sku)
        .toSorted()
        .join(),
    'sticks out of its carton': placements.some((placed) =>
      axes.some((axis) => (placed.atMm[axis] ?? -1) < 0 || end(placed, axis) > (innerMm?.[axis] ?? 0)),
    ),
    'two pieces in one place': pairs.some(([a, b]) => axes.every((axis) => meet(a, b, axis))),
    'stands as it must not': placements.some((placed) => !maySo(product(placed.sku), placed.sizeMm)),
    'something lies on what takes nothing on top': pairs.some(
      ([a, b]) =>
        (product(a.sku).takesNothingOnTop && touchesFromAbove(b, a)) ||
        (product(b.sku).takesNothingOnTop && touchesFromAbove(a, b)),
    ),
    'something hangs in the air': placements.some(
      (placed) =>
        (placed.atMm[2] ?? 0) > 0 && !placements.some((under) => under !== placed && touchesFromAbove(placed, under)),
    ),
  })
}

const touchesFromAbove = (upper: Placed, lower: Placed): boolean =>
  isOver(upper, lower) && upper.atMm[2] === end(lower, 2)

/** May a product stand with these sides, the third of them vertical? */
function maySo({ sizeMm, foldedMm, orientation }: SampleProduct, placed: readonly number[]): boolean {
  const sorted = (size: readonly number[]): string => size.toSorted((a, b) => a - b).join()
  const own = [sizeMm ?? [], ...foldedMm].find((size) => sorted(size) === sorted(placed))
  if (!own) return false
  if (orientation === 'upright') return placed[2] === own[2]
  if (orientation === 'flat') return placed[2] === Math.min(...own)
  return orientation === 'fixed' ? placed.join() === own.join() : true
}

/** Who may travel with whom, and in what. */
export function companyProblems(parcel: PackedParcel): readonly string[] {
  const pieces = piecesOf(parcel)
  const classes = new Set(pieces.map((piece) => piece.class))
  const temperatures = new Set(pieces.map((piece) => piece.temperature))
  const needsCold = temperatures.has('chilled') || temperatures.has('frozen')
  return named({
    'classes that are kept apart': keptApart.some(([a, b]) => classes.has(a) && classes.has(b)),
    'temperatures are mixed': temperatures.size > 1,
    'cold goods without insulation': needsCold && cartons.get(parcel.carton ?? '')?.isInsulated !== true,
    'what ships alone has company': pieces.length > 1 && pieces.some((piece) => piece.isAlone || piece.isOwnBox),
    'its own box, but a carton': pieces.some((piece) => piece.isOwnBox) !== (parcel.carton === null),
  })
}
