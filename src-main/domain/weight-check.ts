/** A packed parcel on the scale, against what was planned. Grams. */
export interface WeighedParcel {
  readonly plannedG: number
  readonly weighedG: number
  /** Pieces in it, one entry a SKU, where the weight of one is known. */
  readonly pieces: readonly { readonly sku: string; readonly weightG: number; readonly quantity: number }[]
}

export interface WeightVerdict {
  readonly isRight: boolean
  /** Positive = heavier than planned. */
  readonly differenceG: number
  readonly allowedG: number
  /** So many pieces of one product weigh what is missing or too much; undefined when none does. */
  readonly hint?: { readonly sku: string; readonly pieces: number } | undefined
}

/**
 * Parcels weigh a little more or less than their plan: padding, tape, cartons that took up moisture, catalogue weights
 * that were rounded. Four in a hundred, and never less than the 40 g of a handful of padding.
 */
const allowedShare = 0.04
const allowedLeastG = 40
/** A hint is given when it explains the difference but for this share of it: measured weights are never exact. */
const hintShare = 0.1
const mostPieces = 3

/** Says whether a parcel weighs what it should, and which pieces may be missing or too many. */
export function checkWeight({ plannedG, weighedG, pieces }: WeighedParcel): WeightVerdict {
  const differenceG = weighedG - plannedG
  const allowedG = Math.max(allowedLeastG, Math.round(plannedG * allowedShare))
  const isRight = Math.abs(differenceG) <= allowedG
  return isRight
    ? { isRight, differenceG, allowedG }
    : { isRight, differenceG, allowedG, hint: hintFor(differenceG, pieces) }
}

/** The product of which one, two or three pieces come closest to the difference; missing ones only as many as belong in. */
function hintFor(differenceG: number, pieces: WeighedParcel['pieces']): WeightVerdict['hint'] {
  const wanted = Math.abs(differenceG)
  const guesses = pieces.flatMap(({ sku, weightG, quantity }) =>
    Array.from({ length: differenceG < 0 ? Math.min(mostPieces, quantity) : mostPieces }, (_, index) => ({
      sku,
      pieces: index + 1,
      error: Math.abs(weightG * (index + 1) - wanted),
    })),
  )
  const best = guesses.toSorted((a, b) => a.error - b.error || a.pieces - b.pieces || (a.sku < b.sku ? -1 : 1))[0]
  return best && best.error <= wanted * hintShare ? { sku: best.sku, pieces: best.pieces } : undefined
}
