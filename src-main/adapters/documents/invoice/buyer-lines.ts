import type { Buyer } from '../../../domain/invoice.ts'

/** The buyer as addresses are written where they live; the country only where it is not the seller's. */
export function buyerLines(buyer: Buyer, sellerCountry: string, locale: string): readonly string[] {
  const abroad = buyer.country === sellerCountry ? '' : countryName(buyer.country, locale)
  if (buyer.country === 'JP') {
    const town = [buyer.region, buyer.city].filter(Boolean).join('')
    return shown([`〒${buyer.postcode}`, town + (buyer.lines[0] ?? ''), ...buyer.lines.slice(1), buyer.company, `${buyer.name} 様`, abroad]) // prettier-ignore
  }
  const isPostcodeLast = ['US', 'CA', 'AU', 'GB', 'NZ', 'IN'].includes(buyer.country)
  const town = isPostcodeLast
    ? [buyer.city, buyer.region, buyer.postcode].filter(Boolean).join(' ')
    : [[buyer.postcode, buyer.city].filter(Boolean).join(' '), buyer.region].filter(Boolean).join(', ')
  return shown([buyer.company, buyer.name, ...buyer.lines, town, abroad])
}

const shown = (lines: readonly (string | undefined)[]): readonly string[] =>
  lines.flatMap((line) => (line === undefined || line.trim() === '' ? [] : [line]))

function countryName(country: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country
  } catch {
    return country // not a code that anybody knows: it is printed as it came
  }
}
