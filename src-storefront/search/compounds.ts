import { collector, quality, shortestPart, type Candidate, type Collector, type Reading } from './reading.ts'
import { stem } from './stem.ts'
import { pairsOf, tokensOf, type Token } from './tokens.ts'

/** Words shorter than this, and longer ones, are no compounds. */
const shortestCompound = 5
const longestCompound = 60
/** A beginning or end of a word that may stand for it. */
const shortestEnd = 4

/** Parts that must all occur, each as any of its candidates. */
export interface Compound {
  readonly parts: readonly (readonly Candidate[])[]
  readonly quality: number
}

/** Letters that German puts between the parts of a compound. */
const links = ['s', 'n', 'en', 'es', 'er', 'e']

/** Every way to read a word as two or three known words. */
export function compoundsOf(word: string, reading: Reading, most = 3): readonly Compound[] {
  if (word.length < shortestCompound || word.length > longestCompound || most < 2) return []
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
    if (part.endsWith(link) && part.length - link.length >= shortestPart)
      forms.push({ word: part.slice(0, -link.length), likely: quality.stem })
  }
  return forms
}

/** The longest beginning and the longest end that are words. */
export function addEnds(found: Collector, word: string, reading: Reading): void {
  const cuts = Array.from({ length: Math.max(0, word.length - shortestEnd) }, (_, cut) => cut + 1)
  for (const cutOff of [(cut: number) => word.slice(0, -cut), (cut: number) => word.slice(cut)]) {
    for (const cut of cuts) {
      const known = partMeaning(cutOff(cut), reading)
      const share = cutOff(cut).length / word.length
      for (const { term, quality: likely } of known) found.put(term, likely * quality.part * (0.5 + share), true)
      if (known.length > 0) break
    }
  }
}

/** What other words say the same, for the word alone and together with its neighbours. */
export function othersFor(
  place: { tokens: readonly Token[]; position: number },
  reading: Reading,
): readonly Compound[] {
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
export function translated(words: string, reading: Reading): readonly Compound[] {
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
export function runCompounds(run: string, reading: Reading): readonly Compound[] {
  const signs = [...run]
  return signs.slice(1).flatMap((_, at) => {
    const left = translated(signs.slice(0, at + 1).join(''), reading)
    const right = left.length === 0 ? [] : translated(signs.slice(at + 1).join(''), reading)
    return left.flatMap((one) =>
      right.map((other) => ({ parts: [...one.parts, ...other.parts], quality: one.quality })),
    )
  })
}

/** The beginnings and ends of a run that are words of another language. */
export function runEnds(run: string, reading: Reading): readonly Compound[] {
  const signs = [...run]
  const ends = signs.flatMap((_, at) => [signs.slice(0, at), signs.slice(at)]).filter((end) => end.length > 1)
  return ends.flatMap((end) => translated(end.join(''), reading)).map(({ parts }) => ({ parts, quality: quality.part }))
}
