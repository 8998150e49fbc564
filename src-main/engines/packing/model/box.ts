import { volumeMm3, type Size } from '../../../kernel/units.ts'
import type { CarrierLimits, PackingCarton, PackingRules } from '../problem.ts'

/** A carton as the planner sees it: what it can take, after padding, tare, coolant and the carrier's limits. */
export interface Box {
  readonly index: number
  readonly carton: PackingCarton
  /** Usable extent along x, y and z; 0 when padding leaves nothing. */
  readonly x: number
  readonly y: number
  readonly z: number
  readonly usableMm3: number
  /** Limit on the gross weight: the carton's or the carrier's. */
  readonly allowableG: number
  /** Left for pieces, by weight and by volume; negative when tare and coolant alone are too much. */
  readonly netG: number
  readonly netMm3: number
  readonly allowableMm3: number
  readonly outerMm3: number
  readonly longestMm: number
  readonly girthMm: number
}

/** Twice the sum of the two shorter sides: the way around a parcel across its length. */
export function girthOf(size: Size): number {
  return 2 * (size[0] + size[1] + size[2] - Math.max(...size))
}

/** The limit of a carrier that an outer size breaks, if any. */
export function brokenLimit(
  outerMm: Size,
  carrier: CarrierLimits | undefined,
): { readonly value: number; readonly limit: number; readonly measure: 'length' | 'girth' } | undefined {
  const length = Math.max(...outerMm)
  if (carrier?.maxLengthMm !== undefined && length > carrier.maxLengthMm)
    return { value: length, limit: carrier.maxLengthMm, measure: 'length' }
  const girth = girthOf(outerMm)
  if (carrier?.maxGirthMm !== undefined && girth > carrier.maxGirthMm)
    return { value: girth, limit: carrier.maxGirthMm, measure: 'girth' }
  return undefined
}

/** Cartons in their given order, `index` = place in that list. */
export function boxesOf(cartons: readonly PackingCarton[], rules: PackingRules): readonly Box[] {
  return cartons.map((carton, index) => {
    const [x, y, z] = carton.innerMm.map((side) => Math.max(0, side - carton.paddingMm))
    const usable: Size = [x ?? 0, y ?? 0, z ?? 0]
    const allowableG = Math.min(carton.maxGrossG, rules.carrier?.maxGrossG ?? Infinity)
    const allowableMm3 = carton.maxVolumeCm3 === undefined ? volumeMm3(carton.innerMm) : carton.maxVolumeCm3 * 1000
    return {
      index,
      carton,
      x: usable[0],
      y: usable[1],
      z: usable[2],
      usableMm3: volumeMm3(usable),
      allowableG,
      netG: allowableG - carton.tareG - carton.coolantG,
      allowableMm3,
      netMm3: allowableMm3 - carton.coolantMm3,
      outerMm3: volumeMm3(carton.outerMm),
      longestMm: Math.max(...carton.outerMm),
      girthMm: girthOf(carton.outerMm),
    }
  })
}
