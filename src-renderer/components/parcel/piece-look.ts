/** How a piece is told apart: a colour and a pattern for its product, and its number. */
export interface PieceLook {
  readonly colour: string
  readonly pattern: Pattern
}

export const patterns = ['plain', 'rising', 'dots', 'grid', 'falling', 'level', 'crosses', 'upright'] as const
export type Pattern = (typeof patterns)[number]

/** Told apart by people who see no red or green too (after Okabe and Ito 2008), light enough for black figures. */
const colours = ['#e9b04a', '#7fc4ec', '#5cc4a0', '#f1e377', '#84aede', '#ee9a6c', '#dca6c8', '#c6cad0'] as const

/**
 * The look of every piece, by its product in order of first appearance; pieces without a product have a look each.
 * Colours and patterns run out of step after eight, so that 56 products differ in one or the other.
 */
export function looksOf(pieces: readonly { readonly sku?: string | undefined }[]): readonly PieceLook[] {
  const numbers = new Map<string, number>()
  return pieces.map(({ sku }, index) => {
    const key = sku ?? `piece ${index}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return {
      colour: colours[number % colours.length] ?? colours[0],
      pattern: patterns[(number + Math.floor(number / colours.length)) % patterns.length] ?? 'plain',
    }
  })
}

/** The inks of the theme. */
export interface Inks {
  readonly ink: string
  readonly muted: string
  readonly paper: string
  readonly accent: string
}

/** The colour mixed with paper: `share` of it stays. Both are `#rrggbb`. */
export function mixed(colour: string, paper: string, share: number): string {
  const parts = [1, 3, 5].map((from) => {
    const value = (of: string): number => Number.parseInt(of.slice(from, from + 2), 16)
    return Math.round(value(colour) * share + value(paper) * (1 - share))
  })
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
