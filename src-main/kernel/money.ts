/** Money is an integer count of minor units (cents, yen) beside an ISO 4217 code. */
export interface Money {
  readonly currency: string
  readonly minor: number
}

const decimalsByCurrency: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, HUF: 2, KWD: 3, BHD: 3, TND: 3 }

/** Decimal places a currency is written with; two where nothing else is known. */
export const decimalsOf = (currency: string): number => decimalsByCurrency[currency] ?? 2

/**
 * Reads a decimal string such as `"12.50"` exactly, without floating point.
 * Returns undefined when the text is no such number or has more decimals than the currency.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text)
  if (!match) return undefined
  const decimals = decimalsOf(currency)
  const fraction = match[3] ?? ''
  if (fraction.length > decimals) return undefined
  const minor = Number((match[2] ?? '0') + fraction.padEnd(decimals, '0'))
  return { currency, minor: match[1] === '-' && minor !== 0 ? -minor : minor }
}

/** The exact inverse of parseMoney: minor units as a decimal string with a point. */
export function formatMoney(money: Money): string {
  const decimals = decimalsOf(money.currency)
  const digits = String(Math.abs(money.minor)).padStart(decimals + 1, '0')
  const sign = money.minor < 0 ? '-' : ''
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
