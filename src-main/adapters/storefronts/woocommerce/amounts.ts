import { decimalsOf, type Money } from '../../../kernel/money.ts'

/** WooCommerce keeps more decimals than a currency has: a tax of `3.803361` is 380 cents. Half is rounded up. */
export function moneyOf(text: string, currency: string): Money {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text)
  const [, sign = '', whole = '0', fraction = ''] = match ?? []
  const decimals = decimalsOf(currency)
  const kept = Number(`${whole || '0'}${fraction.slice(0, decimals).padEnd(decimals, '0')}`)
  const minor = kept + (Number(fraction[decimals] ?? '0') >= 5 ? 1 : 0)
  return { currency, minor: sign === '-' && minor !== 0 ? -minor : minor }
}

/** One piece's share of a line, rounded to minor units. */
export const perPiece = (total: Money, quantity: number): Money => ({
  currency: total.currency,
  minor: Math.round(total.minor / quantity),
})

/** `''` and zero say that nobody measured; otherwise a number greater than zero. */
export function measuredOf(text: string | undefined): number | undefined {
  const value = text === undefined || !/^\d*\.?\d+$/.test(text.trim()) ? 0 : Number(text)
  return Number.isFinite(value) && value > 0 ? value : undefined
}
