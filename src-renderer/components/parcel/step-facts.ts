/** A piece as it stands in the parcel, millimetres; `sku` names its product. */
export interface PlacedPiece {
  readonly atMm: readonly [number, number, number]
  readonly sizeMm: readonly [number, number, number]
  readonly sku?: string | undefined
}

/** As seen in the drawing: its back is the corner of the carton's origin. */
export type Side =
  'back' | 'back-right' | 'right' | 'front-right' | 'front' | 'front-left' | 'left' | 'back-left' | 'middle'

/** What a person needs to know to put one piece in. */
export interface StepFacts {
  readonly sizeMm: readonly [number, number, number]
  readonly side: Side
  /** Numbers (from 1) of the pieces it stands on; empty = on the floor. */
  readonly on: readonly number[]
}

/** Further from the middle than this share of the carton's sides counts as a side. */
const offMiddle = 0.12

/** Where piece `index` (from 0) goes; undefined where there is no such piece. `inner`: the carton's inside. */
export function stepFacts(
  pieces: readonly PlacedPiece[],
  index: number,
  inner: readonly [number, number, number],
): StepFacts | undefined {
  const piece = pieces[index]
  if (!piece) return undefined
  const { atMm, sizeMm } = piece
  const across = (atMm[0] + sizeMm[0] / 2) / inner[0] - 0.5
  const along = (atMm[1] + sizeMm[1] / 2) / inner[1] - 0.5
  return {
    sizeMm,
    side: sideOf(across - along, across + along),
    on: pieces.slice(0, index).flatMap((other, i) => (isUnder(other, piece) ? [i + 1] : [])),
  }
}

/** `toRight` and `toFront`: -1 to 1, as the drawing shows it (length to the right and front, width to the left and front). */
function sideOf(toRight: number, toFront: number): Side {
  const depth = toFront > offMiddle ? 'front' : toFront < -offMiddle ? 'back' : ''
  const hand = toRight > offMiddle ? 'right' : toRight < -offMiddle ? 'left' : ''
  if (depth && hand) return `${depth}-${hand}`
  return depth || hand || 'middle'
}

function isUnder(lower: PlacedPiece, upper: PlacedPiece): boolean {
  const isTouching = lower.atMm[2] + lower.sizeMm[2] === upper.atMm[2]
  return isTouching && overlaps(lower, upper, 0) && overlaps(lower, upper, 1)
}

const overlaps = (a: PlacedPiece, b: PlacedPiece, axis: 0 | 1): boolean =>
  a.atMm[axis] < b.atMm[axis] + b.sizeMm[axis] && b.atMm[axis] < a.atMm[axis] + a.sizeMm[axis]

/** What the pieces need around them where there is no carton. */
export function extentOf(pieces: readonly PlacedPiece[]): readonly [number, number, number] {
  const far = (axis: 0 | 1 | 2): number => Math.max(1, ...pieces.map((piece) => piece.atMm[axis] + piece.sizeMm[axis]))
  return [far(0), far(1), far(2)]
}
