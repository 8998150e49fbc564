import type { Size } from '../kernel/units.ts'

/** A box type the shop owns. */
export interface Carton {
  readonly code: string
  readonly name: string
  readonly innerMm: Size
  readonly outerMm: Size
  readonly tareG: number
  readonly maxGrossG: number
  readonly maxVolumeCm3?: number | undefined
  readonly costMinor: number
  readonly insulated: boolean
  readonly paddingMm: number
  readonly coolantMm3: number
  readonly coolantG: number
}
