import { volumeMm3, type Size } from '../../../kernel/units.ts'
import type { PackingCarton, PackingRules, TariffRow } from '../problem.ts'
import { girthOf } from './box.ts'

/** Stands for the price of a parcel that no tariff row fits: dearer than any real one, yet exact in a sum. */
export const unpricedMinor = 1e10

/** Billable grams: gross weight or outer mm3 / divisor (1 cm3 per kg = 1 mm3 per g), the larger, rounded up. */
export function billableOf(grossG: number, outerMm3: number, rules: PackingRules): number {
  if (rules.dimDivisorCm3PerKg === undefined) return grossG
  return Math.max(grossG, Math.ceil(outerMm3 / rules.dimDivisorCm3PerKg))
}

/** Price by the first tariff row that fits; `unpricedMinor` when none does. */
export function tariffPrice(grossG: number, outerMm: Size, rules: PackingRules): number {
  const row = rules.tariff.find((each) => isWithin(each, grossG, outerMm))
  return row?.priceMinor ?? unpricedMinor
}

/** What the rules' objective counts for one parcel: grams, mm3 or minor units. */
export function priceOf(carton: PackingCarton, netG: number, rules: PackingRules): number {
  const grossG = netG + carton.tareG + carton.coolantG
  switch (rules.objective) {
    case 'billable':
      return billableOf(grossG, volumeMm3(carton.outerMm), rules)
    case 'volume':
      return volumeMm3(carton.outerMm)
    case 'cost':
      return carton.costMinor
    case 'tariff':
      return tariffPrice(grossG, carton.outerMm, rules)
  }
}

/** A price that no contents of the carton can go below: a later row of a tariff may be cheaper for a heavier parcel. */
export function leastPriceOf(carton: PackingCarton, rules: PackingRules): number {
  if (rules.objective !== 'tariff') return priceOf(carton, 0, rules)
  const prices = rules.tariff.map((row) => (isWithin(row, 0, carton.outerMm) ? row.priceMinor : unpricedMinor))
  return Math.min(unpricedMinor, ...prices)
}

function isWithin(row: TariffRow, grossG: number, outerMm: Size): boolean {
  const { maxGrossG = Infinity, maxLengthMm = Infinity, maxGirthMm = Infinity } = row
  return grossG <= maxGrossG && Math.max(...outerMm) <= maxLengthMm && girthOf(outerMm) <= maxGirthMm
}
