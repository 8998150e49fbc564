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
  /** Free pieces below which somebody should order more; absent = `usualWarnBelow`. */
  readonly warnBelow?: number | undefined
}

export const usualWarnBelow = 20

export interface StockedCarton {
  readonly carton: Carton
  readonly onHand: number
  readonly reserved: number
}

/** Not promised to any parcel. */
export const freeCartons = ({ onHand, reserved }: Pick<StockedCarton, 'onHand' | 'reserved'>): number =>
  Math.max(0, onHand - reserved)

/** True when it is time to order more. */
export const runsLow = (row: StockedCarton): boolean => freeCartons(row) < (row.carton.warnBelow ?? usualWarnBelow)

/** What packing reads of a carton: not its name, not its stock. */
export function packingPartOf(carton: Carton): Omit<Carton, 'name' | 'warnBelow'> {
  const { name: _name, warnBelow: _warnBelow, ...part } = carton
  return part
}
