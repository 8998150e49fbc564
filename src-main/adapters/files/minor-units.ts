import { decimalsOf } from '../../kernel/money.ts'

/** Money in minor units; undefined where it has more decimals than the currency. `major` = euros, dollars, yen. */
export function inMinorUnits(value: number, unit: string, currency: string): number | undefined {
  const exact = unit === 'minor' ? value : value * 10 ** decimalsOf(currency)
  const whole = Math.round(exact)
  return Math.abs(exact - whole) < 1e-6 ? whole : undefined
}
