import { addEnds, compoundsOf, othersFor, runCompounds, runEnds, translated, type Compound } from './compounds.ts'
import { collector, quality, type Candidate, type Reading } from './reading.ts'
import { pairsOf, type Token } from './tokens.ts'
import { addExact, addGuesses, addJoined, addParts } from './word-candidates.ts'

/** What a word of a query may mean. */
export interface Meaning {
  readonly token: Token
  /** Any of these. */
  readonly candidates: readonly Candidate[]
  /** Or all parts of one of these: "Kaffeemaschine" is also a product with Kaffee and with Maschine. */
  readonly compounds: readonly Compound[]
  /** For signs without spaces: the terms of its pairs, of which most must occur. */
  readonly pairs: readonly (readonly Candidate[])[]
  /** Of the pairs at least this share must occur. */
  readonly leastShare: number
  /** True when it is no word of the catalogue but the beginning of one. */
  readonly isUnfinished: boolean
}

/** Of the pairs of a run this share must occur. */
const leastShare = { run: 0.5, part: 0.2 }
/** Numbers and measures shorter than this are no beginnings of longer ones. */
const shortestUnfinished = 4

/** What each word may mean; the last word may be unfinished. */
export function meaningsOf(tokens: readonly Token[], reading: Reading): readonly Meaning[] {
  return tokens.map((token, position) => {
    if (token.kind === 'run') return runMeaning(token, reading)
    const found = collector(reading.index)
    addExact(found, token, reading)
    addJoined(found, { tokens, position }, reading)
    const isLast = position === tokens.length - 1
    const isWord = !found.isEmpty()
    const isBeginning = token.kind === 'word' || token.text.length >= shortestUnfinished ? addParts(found, token.text, { isLast, reading }) : false // prettier-ignore
    const isKnown = isWord || (isLast && isBeginning)
    const compounds = isWord || token.kind !== 'word' ? [] : compoundsOf(token.text, reading)
    const others = othersFor({ tokens, position }, reading)
    const isUnknown = !isKnown && compounds.length + others.length === 0
    if (isUnknown || reading.effort !== 'written')
      addGuesses(found, token.text, { isLast, reading, trust: isWord ? quality.doubt : 1 })
    if (reading.effort === 'part' && token.kind === 'word') addEnds(found, token.text, reading)
    return {
      token,
      candidates: found.all(),
      compounds: [...compounds, ...others],
      pairs: [],
      leastShare: 1,
      isUnfinished: isBeginning && !isWord,
    }
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
  // A single Han sign has a meaning of its own, a kana has none.
  const signs = [...token.text].filter((sign) => /\p{Script=Han}/u.test(sign)).map(known)
  return {
    token,
    candidates: [],
    compounds: [
      ...translated(token.text, reading),
      ...runCompounds(token.text, reading),
      ...(reading.effort === 'part' ? runEnds(token.text, reading) : []),
    ],
    pairs: hasPairs ? pairs : signs,
    leastShare: reading.effort === 'part' ? leastShare.part : leastShare.run,
    isUnfinished: false,
  }
}
