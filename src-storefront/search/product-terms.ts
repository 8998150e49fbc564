import { pairsOf, tokensOf, type Token } from './tokens.ts'

/** What the search reads of a product. */
export interface SearchText {
  readonly sku: string
  readonly gtin: string | undefined
  readonly name: string
  readonly description: string
  readonly category: string
}

export interface ProductTerm {
  readonly shown: string
  /** How much the term says about the product, in percent of a word of its name; at most 255. */
  readonly impact: number
}

/** Chosen by test/quality/search: a name counts most, a code as much, then the category, then what is told. */
const impacts = { name: 100, aside: 85, code: 80, category: 50, wholeCategory: 40, description: 30, part: 0.6 }
/** More for the word the name is about, and for names of few words. */
const headBonus = 15
const brevityBonus = 20

/** Words after which a name only tells more: "Tuna in olive oil" is tuna. */
const asides = new Set('with in of for from to by and on at mit aus von für fur im in zum zur und auf'.split(' '))

/** Every term under which a product is found, each with the best impact it has. Cost O(length of the texts). */
export function termsOf(text: SearchText): ReadonlyMap<string, ProductTerm> {
  const terms = new Map<string, ProductTerm>()
  const put = (term: string, shown: string, impact: number): void => {
    if ((terms.get(term)?.impact ?? 0) < impact) terms.set(term, { shown, impact: Math.min(255, Math.round(impact)) })
  }
  const putAll = (tokens: readonly Token[], impactOf: (index: number) => number): void => {
    tokens.forEach((token, index) => putToken(token, impactOf(index), put))
    putJoined(tokens, impactOf, put)
  }
  putName(text.name, putAll)
  const category = tokensOf(text.category)
  putAll(category, () => impacts.category + impacts.wholeCategory / category.length)
  for (const code of [text.sku, text.gtin ?? '']) putAll(tokensOf(code), () => impacts.code)
  putAll(tokensOf(text.description), () => impacts.description)
  return terms
}

type Put = (term: string, shown: string, impact: number) => void

function putToken(token: Token, impact: number, put: Put): void {
  if (token.kind === 'run') {
    for (const pair of pairsOf(token.text)) put(pair, pair, impact)
    for (const sign of token.text) put(sign, sign, impact * impacts.part)
  } else {
    put(token.text, token.shown, impact)
  }
  for (const spelling of token.also) put(spelling, spelling, impact)
  for (const part of token.parts) put(part, part, impact * impacts.part)
}

/** What hyphens join is found as one word too: T-shirt as tshirt, GR-0106 as gr0106. */
function putJoined(tokens: readonly Token[], impactOf: (index: number) => number, put: Put): void {
  let chain = ''
  tokens.forEach((token, index) => {
    const isLinked = token.isJoined && chain !== '' && token.kind !== 'run' && token.kind !== 'measure'
    chain = isLinked ? chain + token.text : token.kind === 'run' || token.kind === 'measure' ? '' : token.text
    if (isLinked) put(chain, chain, impactOf(index))
  })
}

/** The parts of a name between commas and colons: the first is what the product is, and its last word most of all. */
function putName(name: string, putAll: (tokens: readonly Token[], impactOf: (index: number) => number) => void): void {
  name.split(/[,;()[\]–—]\s*/).forEach((segment, position) => {
    for (const clause of segment.split(/:\s/)) {
      const tokens = tokensOf(clause)
      const words = tokens.map(({ text, kind }) => (kind === 'word' ? text : ''))
      const aside = words.findIndex((word, index) => index > 0 && asides.has(word))
      const end = aside === -1 ? tokens.length : aside
      const head = words.findLastIndex((word, index) => index < end && word !== '')
      putAll(tokens, (index) => {
        if (position > 0 || index >= end) return impacts.aside
        return impacts.name + (index === head ? headBonus : 0) + brevityBonus / end
      })
    }
  })
}
