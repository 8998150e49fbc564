/**
 * Units that are easy to mix up carry a brand at the seams of the program; hot loops
 * inside the engines use plain integers. Every length is in whole millimetres, every
 * weight in whole grams, every volume in whole cubic millimetres unless a name says Cm3.
 */
declare const unit: unique symbol
type Branded<Name extends string> = number & { readonly [unit]?: Name }

export type Millimetres = Branded<'mm'>
export type Grams = Branded<'g'>

/** Three sides in the order length, width, height (x, y, z), millimetres. */
export type Size = readonly [number, number, number]

/** Volume of a size in cubic millimetres. */
export const volumeMm3 = (size: Size): number => size[0] * size[1] * size[2]

/** Cubic millimetres as whole cubic centimetres, rounded up: a parcel never looks emptier than it is. */
export const cm3FromMm3 = (mm3: number): number => Math.ceil(mm3 / 1000)
