import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { fold } from './fold.ts'
import { withDigraphs } from './spellings.ts'
import { stem } from './stem.ts'
import { tokensOf } from './tokens.ts'

/**
 * What shops sell and how it looks, in English, German and Japanese: a customer who searches in one language finds
 * names written in another. Every line is one thing; all its words stand for each other. General words only, of no shop
 * in particular: a word that is right for one catalogue alone does not belong here.
 */
const file = new URL('shop-words.csv', import.meta.url)

export interface Thesaurus {
  /** Other words for one, each as the words that must all occur; `word` is folded. */
  find(word: string): readonly (readonly string[])[]
}

let known: Thesaurus | undefined

/** The thesaurus, read once. */
export function thesaurus(): Thesaurus {
  known ??= readThesaurus(readFileSync(file, 'utf8'))
  return known
}

/** Takes lines of words by language, alternatives parted by `|`. */
export function readThesaurus(csv: string): Thesaurus {
  const rows = parse(csv, { columns: false, from_line: 2, skip_empty_lines: true }) as string[][] // no columns: rows of texts
  const byWord = new Map<string, Others>()
  const byStem = new Map<string, Others>()
  for (const row of rows) {
    const words = row.flatMap((cell) => cell.split('|')).filter((word) => word !== '')
    const all = words.map((word) => tokensOf(word).map(({ text }) => text))
    for (const spelling of words.flatMap(spellingsOf)) {
      const others = all.filter((other) => other.join(' ') !== spelling)
      put(byWord, spelling, others)
      put(byStem, stemsOf(spelling), others)
    }
  }
  const none: Others = []
  // The word itself before its relatives: Buch is no Buche.
  return { find: (word) => byWord.get(word) ?? byStem.get(stemsOf(word)) ?? none }
}

type Others = readonly (readonly string[])[]

function put(map: Map<string, Others>, key: string, others: Others): void {
  map.set(key, [...(map.get(key) ?? []), ...others])
}

const stemsOf = (folded: string): string => folded.split(' ').map(stem).join(' ')

/** A word folded, and folded with ae for ä, if it has any. */
function spellingsOf(word: string): readonly string[] {
  const folded = tokensOf(word)
    .map(({ text }) => text)
    .join(' ')
  const digraphs = withDigraphs(word.toLowerCase())
  return digraphs === undefined ? [folded] : [folded, fold(digraphs)]
}
