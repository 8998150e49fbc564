import bidiFactory from 'bidi-js'
import type { Font, Glyph, GlyphPosition, GlyphRun } from 'fontkit'
import { letters } from './break-points.ts'

/** The feature that asks for right-to-left setting; the only one a document passes on. */
export const rightToLeft = 'rtla'

const bidi = bidiFactory()
/** Figures stand alone in every font here: codes and numbers are shaped a figure at a time, and once. */
const afterSpaceOrFigure = /(?<= )|(?<=[\d-])(?=[\d-])/
const afterSpace = /(?<= )/
/** Words kept per font; about 15 MB at most. */
const mostWords = 10_000
/** Glyph ids end here; a glyph that stands for another text than usual has a multiple of it added. */
const idRange = 0x1_0000
/** Joins nothing, breaks nothing, shows nothing: the text of a glyph that adds no letter, such as an Arabic dot. */
const nothing = 0x2060

/**
 * A font that shapes each word once and lets a PDF tell what was written. pdfkit keeps one text per glyph; where a
 * glyph is moved before others (Devanagari), built of parts (Arabic, Thai) or mirrored, what a reader copies or reads
 * aloud would be wrong. Here each glyph carries its share of the letters it was set for, in the order in which they
 * were written, and a glyph with several such texts goes into the PDF once for each.
 */
export function rememberingFont(font: Font): Font {
  const words = new Map<string, GlyphRun>()
  const textsByGlyph = new Map<number, string[]>()
  const shaped = (word: string, isRightToLeft: boolean): GlyphRun => {
    const key = isRightToLeft ? `<${word}` : word
    const known = words.get(key)
    if (known) return known
    if (words.size >= mostWords) words.clear()
    const made = shapeWord(font, { word, isRightToLeft }, textsByGlyph)
    words.set(key, made)
    return made
  }
  const layout = (text: string, features?: readonly string[]): GlyphRun => {
    const isRightToLeft = features?.includes(rightToLeft) === true
    const runs = text.split(isRightToLeft ? afterSpace : afterSpaceOrFigure).map((word) => shaped(word, isRightToLeft))
    if (isRightToLeft) runs.reverse()
    return {
      glyphs: runs.flatMap((run) => run.glyphs),
      // Copies: pdfkit scales positions in place.
      positions: runs.flatMap((run) => run.positions.map((position) => ({ ...position }))),
      advanceWidth: runs.reduce((sum, run) => sum + run.advanceWidth, 0),
    }
  }
  const made = Object.create(font) as Font // the font itself, with three methods of its own
  const createSubset = (): ReturnType<Font['createSubset']> => subsetOf(font)
  return Object.defineProperties(made, { layout: { value: layout }, createSubset: { value: createSubset } })
}

/** A subset that takes a glyph once for each text it stands for. */
function subsetOf(font: Font): ReturnType<Font['createSubset']> {
  const subset = font.createSubset()
  const include = subset.includeGlyph.bind(subset)
  const indexById = new Map<number, number>()
  subset.includeGlyph = (id) => {
    if (id < idRange) return include(id)
    const index = indexById.get(id) ?? subset.glyphs.push(id % idRange) - 1
    indexById.set(id, index)
    return index
  }
  return subset
}

function shapeWord(
  font: Font,
  given: { word: string; isRightToLeft: boolean },
  textsByGlyph: Map<number, string[]>,
): GlyphRun {
  const { word, isRightToLeft } = given
  const shown = letters(word).map((letter): Letter => {
    const painted = inPaintedOrder(isRightToLeft ? mirrored(font, letter) : letter)
    return { signs: codePointsOf(letter), painted: codePointsOf(painted) }
  })
  const painted = String.fromCodePoint(...shown.flatMap((letter) => letter.painted))
  // Else a glyph would tell the letters of the first word it stood in, and Arabic would join as it did there.
  font._glyphs = {}
  // The direction is told: left to itself, fontkit would turn round the figures of Arabic, which run to the right.
  const run = font.layout(painted, [], undefined, undefined, isRightToLeft ? 'rtl' : 'ltr')
  const logical = isRightToLeft ? run.glyphs.toReversed() : run.glyphs
  const told = withTheirText(logical, shown).map(({ glyph, text }) => numbered(glyph, text, textsByGlyph))
  const glyphs = isRightToLeft ? told.reverse() : told
  return partsLast(glyphs.map((glyph, i) => ({ glyph, position: run.positions[i] ?? nowhere })))
}

interface PlacedGlyph {
  readonly glyph: Glyph
  readonly position: GlyphPosition
}

const nowhere: GlyphPosition = { xAdvance: 0, yAdvance: 0, xOffset: 0, yOffset: 0 }

/**
 * Paints parts that stand for no letter, as the dots of Arabic, after the letters of their word: programs that read a
 * PDF take a pen that jumps back and forth for words in disorder.
 */
function partsLast(placed: readonly PlacedGlyph[]): GlyphRun {
  const letterGlyphs: PlacedGlyph[] = []
  const parts: (PlacedGlyph & { readonly pen: number })[] = []
  let pen = 0
  for (const { glyph, position } of placed) {
    const { xAdvance, yAdvance, xOffset, yOffset } = position
    const own = { xAdvance, yAdvance, xOffset, yOffset } // fontkit's positions are of a class; pdfkit scales all members
    if (glyph.codePoints[0] === nothing && xAdvance === 0) parts.push({ glyph, position: own, pen })
    else letterGlyphs.push({ glyph, position: own })
    pen += xAdvance
  }
  const moved = parts.map(({ glyph, position, pen: at }) => ({
    glyph,
    position: { ...position, xOffset: position.xOffset + at - pen },
  }))
  const all = [...letterGlyphs, ...moved]
  return {
    glyphs: all.map(({ glyph }) => glyph),
    positions: all.map(({ position }) => position),
    advanceWidth: pen,
  }
}

/** A letter as it was written and as its font is asked for it, in code points. */
interface Letter {
  readonly signs: readonly number[]
  readonly painted: readonly number[]
}

/**
 * Thai sara am is a ring and a vowel: the ring goes below the tone marks, which fontkit leaves above it. A tone mark is
 * told before the vowel below the letter, since fontkit looks no further back for the tall letters it has to avoid.
 */
const inPaintedOrder = (letter: string): string =>
  letter.replace(/([\u0e48-\u0e4b]*)\u0e33/g, '\u0e4d$1\u0e32').replace(/([\u0e38-\u0e3a])([\u0e48-\u0e4b])/g, '$2$1')

/** UAX 9, rule L4: brackets and the like turn round where text runs to the left. */
function mirrored(font: Font, letter: string): string {
  return Array.from(letter, (sign) => {
    const turned = bidi.getMirroredCharacter(sign)
    return turned && font.hasGlyphForCodePoint(turned.codePointAt(0) ?? 0) ? turned : sign
  }).join('')
}

interface ToldGlyph {
  readonly glyph: Glyph
  readonly text: readonly number[]
}

/** Gives each glyph its share of the letters it was set for. */
function withTheirText(glyphs: readonly Glyph[], shown: readonly Letter[]): readonly ToldGlyph[] {
  const signs = shown.flatMap((letter) => letter.signs)
  if (glyphs.length === signs.length && glyphs.every((glyph, i) => glyph.codePoints[0] === signs[i])) {
    return glyphs.map((glyph, i) => ({ glyph, text: signs.slice(i, i + 1) }))
  }
  return groupedByLetters(glyphs, shown).flatMap((group) => dealtOut(group.glyphs, group.signs))
}

interface LetterGroup {
  readonly glyphs: Glyph[]
  /** What these glyphs show together. */
  readonly signs: number[]
}

/** Glyphs by the letters they came from; letters that share a glyph make one group. */
function groupedByLetters(glyphs: readonly Glyph[], shown: readonly Letter[]): readonly LetterGroup[] {
  const groups: LetterGroup[] = []
  let waiting: readonly number[] = []
  let next = 0
  for (const glyph of glyphs) {
    const ahead = [...waiting, ...(shown[next]?.painted ?? [])]
    const isPart = groups.length > 0 && !glyph.codePoints.some((sign) => ahead.includes(sign))
    if (!isPart && waiting.length === 0) groups.push({ glyphs: [], signs: [] })
    const group = groups.at(-1)
    group?.glyphs.push(glyph)
    if (isPart) continue
    while (next < shown.length && !glyph.codePoints.every((sign) => waiting.includes(sign))) {
      waiting = [...waiting, ...(shown[next]?.painted ?? [])]
      group?.signs.push(...(shown[next]?.signs ?? []))
      next++
    }
    waiting = without(waiting, glyph.codePoints)
  }
  groups.at(-1)?.signs.push(...shown.slice(next).flatMap((letter) => letter.signs))
  return groups
}

function without(signs: readonly number[], taken: readonly number[]): readonly number[] {
  const left = [...signs]
  for (const sign of taken) {
    const at = left.indexOf(sign)
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

/** One code point per glyph, what is left over to the last; letters with more glyphs than signs are taken apart. */
function dealtOut(glyphs: readonly Glyph[], text: readonly number[]): readonly ToldGlyph[] {
  const apart = codePointsOf(String.fromCodePoint(...text).normalize('NFKD'))
  const signs = text.length < glyphs.length && apart.length === glyphs.length ? apart : text
  return glyphs.map((glyph, i) => {
    const isLast = i === glyphs.length - 1
    const share = isLast ? signs.slice(i) : signs.slice(i, i + 1)
    return { glyph, text: share.length > 0 ? share : [nothing] }
  })
}

/** The glyph under a number that belongs to it and its text together. */
function numbered(glyph: Glyph, text: readonly number[], textsByGlyph: Map<number, string[]>): Glyph {
  const texts = textsByGlyph.get(glyph.id) ?? []
  const key = text.join(' ')
  if (!texts.includes(key)) texts.push(key)
  textsByGlyph.set(glyph.id, texts)
  return { id: glyph.id + texts.indexOf(key) * idRange, advanceWidth: glyph.advanceWidth, codePoints: text }
}

const codePointsOf = (text: string): readonly number[] => Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
