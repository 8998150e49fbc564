import type { ProductIndex } from './product-index.ts'
import { stem } from './stem.ts'
import type { Thesaurus } from './thesaurus.ts'
import { pairsOf, tokensOf, type Token } from './tokens.ts'

/** A term that a word may mean, and how likely, from 0 to 1. */
export interface Candidate {
  readonly term: number
  readonly quality: number
  /** True when the word is taken for misspelt. */
  readonly isGuess: boolean
}

/** What a word of a query may mean. */
export interface Meaning {
  readonly token: Token
  /** Any of these. */
  readonly candidates: readonly Candidate[]
  /** Or all parts of one of these: "Kaffeemaschine" is also a product with Kaffee and with Maschine. */
  readonly compounds: readonly Compound[]
  /** For signs without spaces: the terms of its pairs, of which most must occur. */
  readonly pairs: readonly (readonly Candidate[])[]
  /** True when it is no word of the catalogue but the beginning of one. */
  readonly isUnfinished: boolean
}

export interface Compound {
  readonly parts: readonly (readonly Candidate[])[]
  readonly quality: number
}

export interface Reading {
  readonly index: ProductIndex
  readonly thesaurus: Thesaurus
  /**
   * `written`: only unknown words are taken for misspelt. `misspelt`: every word is. `part`: of an unknown word its
   * beginning or end is enough, so that a compound nobody has still leads to what it is about.
   */
  readonly effort: 'written' | 'misspelt' | 'part'
}

/** How much a meaning counts beside the word itself; tuned on the odd rows of test/quality/search.csv. */
const quality = {
  spelling: 0.97,
  stem: 0.92,
  joined: 0.96,
  translation: 0.8,
  compound: 0.85,
  part: 0.4,
  guess: 0.85,
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
const shortestPart = 3
const shortestInside = 4
const shortestCompound = 6
/** A beginning or end of a word that may stand for it. */
const shortestEnd = 4
/** Guesses kept for a word: the next ones are far from it. */
const mostGuesses = 40

/** Mistakes forgiven in a word: none in short ones, where every other word is near. */
export const forgiven = (word: string): number => {
  if (/\d/.test(word)) return word.length < 8 ? 0 : 1
  return word.length < 4 ? 0 : word.length < 6 ? 1 : 2
}
/** Two mistakes in a word shorter than this are forgiven only after the right first letter. */
const longEnough = 8

/** What each word may mean; the last word may be unfinished. */
export function meaningsOf(tokens: readonly Token[], reading: Reading): readonly Meaning[] {
  return tokens.map((token, position) => {
    if (token.kind === 'run') return runMeaning(token, reading)
    const found = collector(reading.index)
    addExact(found, token, reading)
    addJoined(found, { tokens, position }, reading)
    const isLast = position === tokens.length - 1
    const isWord = found.isSure()
    const isBeginning = token.kind === 'word' || token.text.length >= shortestInside ? addParts(found, token.text, { isLast, reading }) : false // prettier-ignore
    const isKnown = isWord || (isLast && isBeginning)
    const compounds = isWord || token.kind !== 'word' ? [] : compoundsOf(token.text, reading)
    const others = othersFor({ tokens, position }, reading)
    const isUnknown = !isKnown && compounds.length + others.length === 0
    if (isUnknown || reading.effort !== 'written') addGuesses(found, token.text, { isLast, reading })
    if (reading.effort === 'part' && token.kind === 'word') addEnds(found, token.text, reading)
    return {
      token,
      candidates: found.all(),
      compounds: [...compounds, ...others],
      pairs: [],
      isUnfinished: isBeginning && !isWord,
    }
  })
}

interface Collector {
  put(term: number | undefined, quality: number, isGuess?: boolean): void
  isSure(): boolean
  all(): readonly Candidate[]
}

function collector(index: ProductIndex): Collector {
  const found = new Map<number, Candidate>()
  return {
    put(term, quality, isGuess = false) {
      if (term === undefined || index.postings(term).length === 0) return
      if ((found.get(term)?.quality ?? 0) < quality) found.set(term, { term, quality, isGuess })
    },
    isSure: () => found.size > 0,
    all: () => [...found.values()],
  }
}

function addExact(found: Collector, token: Token, { index }: Reading): void {
  const { vocabulary } = index
  found.put(vocabulary.find(token.text), 1)
  for (const spelling of token.also) found.put(vocabulary.find(spelling), quality.spelling)
  for (const part of token.parts) found.put(vocabulary.find(part), 0.5)
  if (token.kind === 'word') for (const term of index.withStem(stem(token.text))) found.put(term, quality.stem)
}

/** "tooth brush" is toothbrush: a word with the one before or after it. */
function addJoined(found: Collector, place: { tokens: readonly Token[]; position: number }, reading: Reading): void {
  const { tokens, position } = place
  const here = tokens[position]?.text ?? ''
  for (const [left, right] of [
    [tokens[position - 1]?.text, here],
    [here, tokens[position + 1]?.text],
  ]) {
    if (left === undefined || right === undefined) continue
    const joined = left + right
    found.put(reading.index.vocabulary.find(joined), quality.joined)
    if (joined.length < shortestCompound) continue
    for (const term of reading.index.withStem(stem(joined))) found.put(term, quality.joined * quality.stem)
    if (reading.effort !== 'written') addGuesses(found, joined, { isLast: false, reading })
  }
}

/** Words of which it is the beginning (it may be unfinished), the end or, if long enough, any part. */
function addParts(found: Collector, word: string, { isLast, reading }: { isLast: boolean; reading: Reading }): boolean {
  const { vocabulary } = reading.index
  const ofBeginning = isLast ? quality.beginning : quality.beginningInside
  if (word.length < shortestPart) {
    if (!isLast) return false
    const beginnings = vocabulary.beginningWith(word)
    for (const term of beginnings) {
      found.put(term, ofBeginning + (quality.share * word.length) / vocabulary.text(term).length)
    }
    return beginnings.length > 0
  }
  let isBeginning = false
  for (const term of vocabulary.containing(word)) {
    const text = vocabulary.text(term)
    const share = (quality.share * word.length) / text.length
    if (text.startsWith(word)) {
      isBeginning = true
      found.put(term, ofBeginning + share)
    } else if (text.endsWith(word)) found.put(term, quality.end + share)
    else if (word.length >= shortestInside) found.put(term, quality.inside + share)
  }
  return isBeginning
}

function addGuesses(found: Collector, word: string, { isLast, reading }: { isLast: boolean; reading: Reading }): void {
  const limit = forgiven(word)
  if (limit === 0) return
  const { vocabulary } = reading.index
  const guesses = vocabulary.near(word, limit, isLast).map(({ term, whole, beginning }) => {
    const isSameStart = startsAlike(vocabulary.text(term), word)
    const mostWhole = isSameStart || word.length >= longEnough ? limit : 1
    const likely = (mistakes: number): number => quality.guess * (1 - (quality.mistake * mistakes) / word.length)
    const finished = whole <= mostWhole ? likely(whole) : 0
    const unfinished = isLast && isSameStart && beginning <= limit ? likely(beginning) - quality.unfinished : 0
    return { term, quality: Math.max(finished, unfinished) - (isSameStart ? 0 : quality.otherFirstLetter) }
  })
  guesses.sort((a, b) => b.quality - a.quality || a.term - b.term)
  for (const guess of guesses.slice(0, mostGuesses)) found.put(guess.term, guess.quality, true)
}

/** The longest beginning and the longest end that are words. */
function addEnds(found: Collector, word: string, reading: Reading): void {
  const cuts = Array.from({ length: Math.max(0, word.length - shortestEnd) }, (_, cut) => cut + 1)
  for (const cutOff of [(cut: number) => word.slice(0, -cut), (cut: number) => word.slice(cut)]) {
    for (const cut of cuts) {
      const known = partMeaning(cutOff(cut), reading)
      for (const { term, quality: likely } of known) found.put(term, likely * quality.part, true)
      if (known.length > 0) break
    }
  }
}

/** The same first letter, or the first two swapped. */
const startsAlike = (a: string, b: string): boolean => a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])

/** Letters that German puts between the parts of a compound. */
const links = ['s', 'n', 'en', 'es', 'er', 'e']

/** Every way to read a word as two or three known words. */
function compoundsOf(word: string, reading: Reading, most = 3): readonly Compound[] {
  if (word.length < shortestCompound - 1 || most < 2) return []
  const compounds: Compound[] = []
  for (let at = 2; at <= word.length - 2; at++) {
    const left = partMeaning(word.slice(0, at), reading)
    if (left.length === 0) continue
    const rest = word.slice(at)
    const right = partMeaning(rest, reading)
    const ways = right.length > 0 ? [[right]] : compoundsOf(rest, reading, most - 1).map(({ parts }) => parts)
    for (const parts of ways) compounds.push({ parts: [left, ...parts], quality: quality.compound })
  }
  return compounds
}

function partMeaning(part: string, reading: Reading): readonly Candidate[] {
  if (part.length < shortestPart && !/\d/.test(part) && reading.thesaurus.find(part).length === 0) return []
  const found = collector(reading.index)
  for (const { word, likely } of formsOf(part)) {
    found.put(reading.index.vocabulary.find(word), likely)
    for (const [only, ...others] of reading.thesaurus.find(word)) {
      if (only === undefined || others.length > 0) continue
      for (const term of reading.index.withStem(stem(only))) found.put(term, likely * quality.translation)
    }
  }
  for (const term of reading.index.withStem(stem(part))) found.put(term, quality.stem)
  return found.all()
}

/** A part as it stands in the dictionary: Erdbeer is Erdbeere, Oliven is Olive. */
function formsOf(part: string): readonly { readonly word: string; readonly likely: number }[] {
  const forms = [{ word: part, likely: 1 }]
  if (part.length <= shortestPart) return forms
  forms.push({ word: part + 'e', likely: quality.stem })
  for (const link of links) {
    if (part.endsWith(link)) forms.push({ word: part.slice(0, -link.length), likely: quality.stem })
  }
  return forms
}

/** What other words say the same, for the word alone and together with its neighbours. */
function othersFor(place: { tokens: readonly Token[]; position: number }, reading: Reading): readonly Compound[] {
  const { tokens, position } = place
  const here = tokens[position]?.text ?? ''
  const before = tokens[position - 1]?.text
  const after = tokens[position + 1]?.text
  return [
    ...translated(here, reading),
    ...(before === undefined ? [] : translated(`${before} ${here}`, reading)),
    ...(after === undefined ? [] : translated(`${here} ${after}`, reading)),
  ]
}

/** Translations whose every word is known. */
function translated(words: string, reading: Reading): readonly Compound[] {
  return reading.thesaurus
    .find(words)
    .map((others) => ({ parts: others.flatMap((word) => termsOfWord(word, reading)), quality: quality.translation }))
    .filter(({ parts }) => parts.every((part) => part.length > 0))
}

/** A word, or each pair of a run. */
function termsOfWord(word: string, { index }: Reading): readonly (readonly Candidate[])[] {
  const isRun = tokensOf(word)[0]?.kind === 'run'
  return (isRun ? pairsOf(word) : [word]).map((text) => {
    const found = collector(index)
    if (isRun) found.put(index.vocabulary.find(text), 1)
    else for (const term of index.withStem(stem(text))) found.put(term, 1)
    return found.all()
  })
}

/** A run read as two others: olive and oil. */
function runCompounds(run: string, reading: Reading): readonly Compound[] {
  const signs = [...run]
  return signs.slice(1).flatMap((_, at) => {
    const left = translated(signs.slice(0, at + 1).join(''), reading)
    const right = left.length === 0 ? [] : translated(signs.slice(at + 1).join(''), reading)
    return left.flatMap((one) =>
      right.map((other) => ({ parts: [...one.parts, ...other.parts], quality: one.quality })),
    )
  })
}

function runMeaning(token: Token, reading: Reading): Meaning {
  const { index } = reading
  const known = (text: string): readonly Candidate[] => {
    const found = collector(index)
    found.put(index.vocabulary.find(text), 1)
    return found.all()
  }
  const pairs = pairsOf(token.text).map(known)
  const hasPairs = pairs.some((pair) => pair.length > 0)
  return {
    token,
    candidates: [],
    compounds: [...translated(token.text, reading), ...runCompounds(token.text, reading)],
    pairs: hasPairs ? pairs : [...token.text].map(known),
    isUnfinished: false,
  }
}
