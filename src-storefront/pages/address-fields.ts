import { html } from 'hono/html'
import type { WireAddress } from '../../src-protocol/index.ts'
import type { Words } from '../translations/words.ts'
import type { Fields } from './fields.ts'
import type { Html } from './layout.ts'

const needed = { isSometimesNeeded: true }

export interface CountryChoice {
  readonly value: string
  readonly text: string
}

/** Sorting 240 names by the rules of a language takes longer than the rest of the page; a shop has one list. */
const sortedByWords = new WeakMap<Words, { readonly key: string; readonly choices: readonly CountryChoice[] }>()

/** The countries by name as the reader's language sorts them, the likeliest first. */
export function countryChoices(words: Words, countries: readonly string[]): readonly CountryChoice[] {
  const key = countries.join()
  const known = sortedByWords.get(words)
  if (known?.key === key) return known.choices
  const [first, ...others] = countries.map((value) => ({ value, text: words.country(value) }))
  others.sort((a, b) => words.compare(a.text, b.text))
  const choices = [...(first === undefined ? [] : [first]), ...others]
  sortedByWords.set(words, { key, choices })
  return choices
}

/** Not required by the browser: who collects needs no address, and the server says what is missing. */
export const addressFields = (
  fields: Fields,
  known: {
    readonly address: Partial<WireAddress> | undefined
    readonly country: string
    readonly countries: ReturnType<typeof countryChoices>
  },
): Html => html`
  ${fields.input('recipient', { value: known.address?.name, autocomplete: 'name', ...needed })}
  ${fields.input('company', { value: known.address?.company, autocomplete: 'organization' })}
  ${fields.input('street', { value: known.address?.lines?.[0], autocomplete: 'address-line1', ...needed })}
  ${fields.input('street2', { value: known.address?.lines?.[1], autocomplete: 'address-line2' })}
  <div class="pair">
    ${fields.input('postcode', { value: known.address?.postcode, autocomplete: 'postal-code', ...needed })}
    ${fields.input('city', { value: known.address?.city, autocomplete: 'address-level2', ...needed })}
  </div>
  ${fields.input('region', { value: known.address?.region, autocomplete: 'address-level1' })}
  ${fields.select('country', { value: known.address?.country ?? known.country, autocomplete: 'country', choices: known.countries })}
`
