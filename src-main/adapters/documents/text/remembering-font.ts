import bidiFactory from 'bidi-js'
import type { Font, Glyph, GlyphPosition, GlyphRun } from 'fontkit'
import { letters } from './break-points.ts'
import { codePointsOf, nothing, withTheirText, type Letter } from './told-glyphs.ts'

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

/** The glyph under a number that belongs to it and its text together. */
function numbered(glyph: Glyph, text: readonly number[], textsByGlyph: Map<number, string[]>): Glyph {
  const texts = textsByGlyph.get(glyph.id) ?? []
  const key = text.join(' ')
  if (!texts.includes(key)) texts.push(key)
  textsByGlyph.set(glyph.id, texts)
  return { id: glyph.id + texts.indexOf(key) * idRange, advanceWidth: glyph.advanceWidth, codePoints: text }
}
