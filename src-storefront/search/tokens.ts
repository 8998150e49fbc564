import { fold } from './fold.ts'
import { findMeasure, findNumber, plainNumber } from './measures.ts'
import { inLatin, withDigraphs } from './spellings.ts'

/** A piece of a text that is looked for as one. */
export interface Token {
  /** `word`; `run`: signs written without spaces (Japanese, Chinese, Korean, Thai); `number`; `measure`: number with unit. */
  readonly kind: 'word' | 'run' | 'number' | 'measure'
  /** Folded. */
  readonly text: string
  /** As written, in lower case. */
  readonly shown: string
  /** Other spellings of the same: ae for ä, 6 for six, Latin letters for kana. */
  readonly also: readonly string[]
  /** Numbers within a measure, which say less than it. */
  readonly parts: readonly string[]
  /** True when nothing, or only a hyphen or the like, stands between this and the token before. */
  readonly isJoined: boolean
}

const piece = /\d+(?:[.,]\d+)*(?:x\d+(?:[.,]\d+)*)+|\d+(?:[.,]\d+)+|[\p{L}\p{M}\p{N}]+|%/gu
const unspacedScripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
const unspacedSign = unspacedScripts.map((script) => `\\p{Script=${script}}`).join('') + 'ー々〆'
const unspaced = new RegExp(`[${unspacedSign}][${unspacedSign}\\p{M}]*`, 'u')
const parting = new RegExp(`(${unspaced.source})`, 'u')
const apostrophe = /(?<=\p{L})['’ʼ`´](?=\p{L})/gu
const dimensions = /(\d) ?[x×] ?(?=\d)/g
const joint = /^[-‐‑_/+&.]?$/

interface Signs {
  readonly shown: string
  readonly text: string
  readonly isRun: boolean
}
interface Piece extends Signs {
  readonly isJoined: boolean
}

/** Words come again and again while a catalogue is read; forgotten at once when they are too many. */
const seen = new Map<string, readonly Signs[]>()
const mostSeen = 20_000

function signsOf(word: string): readonly Signs[] {
  const known = seen.get(word)
  if (known) return known
  const signs = byScript(word)
    .map((shown) => ({ shown, text: fold(shown), isRun: unspaced.test(shown) }))
    .filter(({ text }) => text !== '')
  // Codes come only once.
  if (/\d/.test(word)) return signs
  if (seen.size >= mostSeen) seen.clear()
  seen.set(word, signs)
  return signs
}

/** Cuts a text into what can be looked for, in its order. Any text is allowed; cost O(its length). */
export function tokensOf(text: string): readonly Token[] {
  const pieces = piecesOf(text)
  const tokens: Token[] = []
  for (let i = 0; i < pieces.length; i++) {
    const here = pieces[i]
    if (here === undefined) continue
    const measure = measureAt(pieces, i)
    if (measure !== undefined) i++
    tokens.push(measure ?? tokenOf(here))
  }
  return tokens
}

/** Looked for first: most texts have none, and looking around each costs. */
const withoutApostrophes = (text: string): string => (/['’ʼ`´]/.test(text) ? text.replaceAll(apostrophe, '') : text)

function piecesOf(text: string): readonly Piece[] {
  const written = withoutApostrophes(text).normalize('NFKC').toLowerCase().replaceAll(dimensions, '$1x')
  const pieces: Piece[] = []
  let end = -1
  for (const match of written.matchAll(piece)) {
    const isAfterJoint = end >= 0 && joint.test(written.slice(end, match.index))
    end = match.index + match[0].length
    signsOf(match[0]).forEach((signs, at) => pieces.push({ ...signs, isJoined: at > 0 || isAfterJoint }))
  }
  return pieces
}

/** "500g" is 500 and g where g is a unit; signs without spaces part from other writing. */
function byScript(word: string): readonly string[] {
  const withUnit = /^(\d+)(\D{1,12})$/u.exec(word)
  if (withUnit?.[1] && withUnit[2] && findMeasure(withUnit[1], fold(withUnit[2]))) return [withUnit[1], withUnit[2]]
  return word.split(parting).filter((part) => part !== '')
}

function measureAt(pieces: readonly Piece[], i: number): Token | undefined {
  const here = pieces[i]
  const next = pieces[i + 1]
  if (here === undefined || next === undefined) return undefined
  const isNumeric = /^\d+(?:[.,]\d+)*$/.test(here.text)
  const number = isNumeric ? plainNumber(here.text) : findNumber(here.text)
  const measure = number === undefined ? undefined : findMeasure(number, next.text)
  if (number === undefined || measure === undefined) return undefined
  const parts = isNumeric ? [number] : [number, here.text]
  const shown = `${here.shown} ${next.shown}`
  return { kind: 'measure', text: measure, shown, also: [], parts, isJoined: here.isJoined }
}

function tokenOf({ shown, text, isRun, isJoined }: Piece): Token {
  const common = { shown, isJoined }
  if (/^\d+(?:[.,]\d+)*$/.test(text)) return { ...common, kind: 'number', text: plainNumber(text), also: [], parts: [] }
  if (/^\d[\d.,]*(x\d[\d.,]*)+$/.test(text))
    return { ...common, kind: 'measure', text, also: [], parts: text.split('x') }
  const digraphs = withDigraphs(shown)
  const also = [digraphs && fold(digraphs), findNumber(text), inLatin(text)]
  return {
    ...common,
    kind: isRun ? 'run' : 'word',
    text,
    also: also.filter((spelling) => spelling !== undefined && spelling !== '' && spelling !== text) as string[], // filtered
    parts: [],
  }
}

/** The pairs of neighbouring signs of a run, or the sign itself if it stands alone. */
export function pairsOf(run: string): readonly string[] {
  const signs = [...run]
  return signs.length < 2 ? signs : signs.slice(1).map((sign, index) => (signs[index] ?? '') + sign)
}
