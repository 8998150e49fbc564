/** Text without case and accents, so that `größe` and `Grosse` meet: for search and for sorting by name. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFC')

const words = (text: string): readonly string[] => fold(text).match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu) ?? []

/** The words of some texts as the full-text tables keep them. */
export const searchable = (texts: readonly (string | undefined)[]): string =>
  texts.flatMap((text) => words(text ?? '')).join(' ')

/**
 * What a person typed as an FTS5 query: every part between blanks must be found, its last word from the
 * beginning (`gls-00` finds `GLS-0042`). Undefined when there is nothing to search for.
 */
export function matchQuery(search: string | undefined): string | undefined {
  const parts = (search ?? '')
    .split(/\s+/)
    .map((part) => words(part).join(' '))
    .filter((part) => part !== '')
  return parts.length === 0 ? undefined : parts.map((part) => `"${part}"*`).join(' AND ')
}

/** True when every part of the search is found in the text: `matchQuery` for lists too short to keep an index for. */
export function hasWords(search: string, text: string): boolean {
  const padded = ` ${searchable([text])}`
  return search.split(/\s+/).every((part) => padded.includes(` ${searchable([part])}`.trimEnd()))
}
