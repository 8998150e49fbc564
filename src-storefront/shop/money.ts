import { formatMoney } from '../../src-main/kernel/money.ts'
import type { MoneyAmount } from '../../src-protocol/index.ts'

/** Minor units as they are written on the wire. */
export const amountOf = (minor: number, currency: string): MoneyAmount => ({
  amount: formatMoney({ currency, minor }),
  currency,
})

/** Tax contained in a gross amount, rounded half up; the rate in percent as a decimal string. */
export function containedTax(grossMinor: number, rate: string): number {
  const [whole = '0', fraction = ''] = rate.split('.')
  const hundredths = Number(whole) * 100 + Number(fraction.padEnd(2, '0').slice(0, 2))
  return Math.round((grossMinor * hundredths) / (10_000 + hundredths))
}

export interface PricedLine {
  readonly quantity: number
  readonly unitPriceMinor: number
  readonly taxRate: string
}

export interface Totals {
  readonly goodsMinor: number
  readonly shippingMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
}

/** Adds up a basket: tax per rate, shipping taxed at the rate of the dearest part of the goods. */
export function totalsOf(lines: readonly PricedLine[], shippingMinor: number): Totals {
  const grossByRate = new Map<string, number>()
  for (const line of lines) {
    grossByRate.set(line.taxRate, (grossByRate.get(line.taxRate) ?? 0) + line.quantity * line.unitPriceMinor)
  }
  const goodsMinor = [...grossByRate.values()].reduce((sum, gross) => sum + gross, 0)
  const main = [...grossByRate].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
  if (main !== undefined) grossByRate.set(main[0], main[1] + shippingMinor)
  const taxMinor = [...grossByRate].reduce((sum, [rate, gross]) => sum + containedTax(gross, rate), 0)
  return { goodsMinor, shippingMinor, taxMinor, totalMinor: goodsMinor + shippingMinor }
}
