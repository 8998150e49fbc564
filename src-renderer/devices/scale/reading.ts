/** What a scale says, in grams. `negative`: something was taken off after it was set to zero. */
export type ScaleReading =
  | { readonly state: 'stable' | 'moving' | 'negative'; readonly grams: number }
  | { readonly state: 'overload' | 'underload' | 'fault' }

/** A weight as stable or moving; below zero it is neither. */
export function weighed(grams: number, isStable: boolean): ScaleReading {
  const whole = Math.round(grams)
  if (whole < 0) return { state: 'negative', grams: whole }
  return { state: isStable ? 'stable' : 'moving', grams: whole }
}

/** Grams in one of each unit that scales print. */
const gramsByUnit: Readonly<Record<string, number>> = {
  mg: 0.001,
  g: 1,
  kg: 1000,
  t: 1_000_000,
  ct: 0.2,
  oz: 28.349523125,
  ozt: 31.1034768,
  lb: 453.59237,
  lbs: 453.59237,
}

/** Undefined for a unit that no parcel is weighed in (pieces, percent). */
export const gramsIn = (unit: string): number | undefined => gramsByUnit[unit.toLowerCase()]
