import { decimalsOf } from '../../kernel/money.ts'

/** `850 g`, `2.40 kg`, `20 kg` in the locale's figures: two decimals so that figures in a column compare at a glance. */
export function weightText(grams: number, locale: string): string {
  if (grams < 1000) return `${grams} g`
  return `${decimalsIn(locale, grams % 1000 === 0 ? 0 : 2, 2).format(grams / 1000)} kg`
}

const kept = new Map<string, Intl.NumberFormat>()

/** Made once for each locale and number of decimals: a wave's paper asks ten thousand times, and making one is slow. */
function decimalsIn(locale: string, least: number, most = least): Intl.NumberFormat {
  const key = `${locale} ${least} ${most}`
  const made =
    kept.get(key) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most })
  kept.set(key, made)
  return made
}

/** Cubic centimetres as litres with one decimal. */
export const litresText = (cm3: number, locale: string): string => decimalText(cm3 / 1000, locale)

/** One decimal in the locale's figures. */
export function decimalText(value: number, locale: string): string {
  return decimalsIn(locale, 1).format(value)
}

/** An amount of money without its currency, for columns: as many decimals as the currency has. */
export function figureText(minor: number, currency: string, locale: string): string {
  const decimals = decimalsOf(currency)
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return format.format(minor / 10 ** decimals)
}

/** An amount of money with its currency, as the locale writes it. */
export function moneyText(minor: number, currency: string, locale: string): string {
  const decimals = decimalsOf(currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return format.format(minor / 10 ** decimals)
}

/** A tax rate in percent without the sign: `19`, `7,7`. */
export const rateText = (rate: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(rate)
