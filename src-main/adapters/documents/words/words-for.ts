import { de } from './de.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import type { Words } from './words.ts'

const tables: { readonly [language: string]: Words } = { en, de, ja }

/** The words of a locale's language; English where there is no table. */
export const wordsFor = (locale: string): Words => tables[locale.split('-')[0] ?? 'en'] ?? en

/** A sentence with its places filled in: `said('{n} m', { n: 12 })`. */
export function said(sentence: string, facts: { readonly [name: string]: string | number }): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}
