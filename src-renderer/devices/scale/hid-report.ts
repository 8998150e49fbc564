import { weighed, type ScaleReading } from './reading.ts'

/** Point-of-sale scales on USB: HID usage page 0x8D ("HID Point of Sale Usage Tables", USB-IF, section 4). */
export const scaleUsagePage = 0x8d

/** Report 3, "scale data": status, unit, power of ten, weight in two bytes, the lower one first. */
export const scaleDataReport = 3

/** By the number of the usage: 0x50 is 0. Grams in one of each. */
const gramsByUnit: readonly (number | undefined)[] = [
  undefined,
  0.001, // milligram
  1, // gram
  1000, // kilogram
  0.2, // carat
  undefined, // tael: a different one in each country
  0.06479891, // grain
  1.55517384, // pennyweight
  1_000_000, // metric ton
  907_184.74, // avoirdupois ton
  31.1034768, // troy ounce
  28.349523125, // ounce
  453.59237, // pound
]

/** Reads the bytes of a scale-data report, without the report's number. Undefined for a report that is none. */
export function readHidReport(bytes: Uint8Array): ScaleReading | undefined {
  const [status, unit = 0, exponent = 0, low = 0, high = 0] = bytes
  if (status === undefined || bytes.length < 5) return undefined
  const perUnit = gramsByUnit[unit]
  const power = exponent > 127 ? exponent - 256 : exponent
  const amount = (low + high * 256) * 10 ** power
  switch (status) {
    case 2:
      return weighed(0, true)
    case 3:
    case 4:
      return perUnit === undefined ? { state: 'fault' } : weighed(amount * perUnit, status === 4)
    case 5:
      // Below zero; its weight is told without a sign, if at all.
      return perUnit === undefined || amount === 0 ? { state: 'underload' } : weighed(-amount * perUnit, false)
    case 6:
      return { state: 'overload' }
    // 1 = fault, 7 = wants calibration, 8 = wants to be set to zero: no weight can be believed.
    case 1:
    case 7:
    case 8:
      return { state: 'fault' }
    default:
      return undefined
  }
}
