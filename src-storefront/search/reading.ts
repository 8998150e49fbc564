import type { ProductIndex } from './product-index.ts'
import type { Thesaurus } from './thesaurus.ts'

/** How a query is read: against what, and how far from its letters. */
export interface Reading {
  readonly index: ProductIndex
  readonly thesaurus: Thesaurus
  /**
   * `written`: only unknown words are taken for misspelt. `misspelt`: every word is. `part`: of an unknown word its
   * beginning or end is enough, so that a compound nobody has still leads to what it is about.
   */
  readonly effort: 'written' | 'misspelt' | 'part'
}

/** A term that a word may mean, and how likely, from 0 to 1. */
export interface Candidate {
  readonly term: number
  readonly quality: number
  /** True when the word is taken for misspelt. */
  readonly isGuess: boolean
}

/** How much a meaning counts beside the word itself; tuned on the odd rows of test/quality/search.csv. */
export const quality = {
  spelling: 0.97,
  stem: 0.92,
  joined: 0.96,
  translation: 0.8,
  compound: 0.85,
  part: 0.4,
  guess: 0.85,
  /** A word of the catalogue is hardly another one misspelt. */
  doubt: 0.4,
  /** Less for each mistake, as a share of the word. */
  mistake: 1.2,
  beginning: 0.62,
  beginningInside: 0.5,
  end: 0.5,
  inside: 0.3,
  /** More for the share of the found word that was typed. */
  share: 0.3,
  unfinished: 0.12,
  otherFirstLetter: 0.06,
}
/** Parts of words shorter than this say nothing. */
export const shortestPart = 3

/** Gathers what a word may mean: of each term the best, of terms that no product has none. */
export interface Collector {
  put(term: number | undefined, quality: number, isGuess?: boolean): void
  isEmpty(): boolean
  all(): readonly Candidate[]
}

export function collector(index: ProductIndex): Collector {
  const found = new Map<number, Candidate>()
  return {
    put(term, quality, isGuess = false) {
      if (term === undefined || index.postings(term).length === 0) return
      if ((found.get(term)?.quality ?? 0) < quality) found.set(term, { term, quality, isGuess })
    },
    isEmpty: () => found.size === 0,
    all: () => [...found.values()],
  }
}
