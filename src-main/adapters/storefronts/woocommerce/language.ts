import type { WireMeta } from './wire.ts'

/** The languages in which a customer can be told something. */
export type Language = 'en' | 'de' | 'ja'

const byCountry: Readonly<Record<string, Language>> = { DE: 'de', AT: 'de', CH: 'de', LI: 'de', JP: 'ja' }

/** Fields in which plugins for several languages keep the order's (WPML, TranslatePress; assumed). */
export const languageMetaKeys = ['wpml_language', 'trp_language'] as const

/** The language an order was placed in where a plugin says so, else that of the shop's country. */
export function languageOf(meta: readonly WireMeta[], shopCountry: string): Language {
  const said = meta.find(({ key }) => languageMetaKeys.some((name) => name === key))?.value
  const language = typeof said === 'string' ? said.slice(0, 2).toLowerCase() : ''
  if (language === 'en' || language === 'de' || language === 'ja') return language
  return byCountry[shopCountry] ?? 'en'
}
