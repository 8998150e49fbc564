import { letters, unbrokenPieces } from './break-points.ts'
import { hanFonts, splitByFont } from './choose-font.ts'
import type { FontName, FontShelf } from './fonts.ts'
import { withNamedSigns, type NamedText } from './named-signs.ts'
import { plainText } from './plain-text.ts'
import { rightToLeft } from './remembering-font.ts'
import { openTextPen, type InkRun } from './text-pen.ts'
import { inVisualOrder, paragraphOf, type Direction, type Paragraph } from './visual-runs.ts'

export interface TextStyle {
  /** Size of the em, points. */
  readonly size: number
  readonly isBold?: boolean | undefined
  /** A colour pdfkit knows; black when absent. */
  readonly colour?: string | undefined
}

/** A stretch that is painted in one go, in logical order. */
interface Piece extends InkRun {
  /** As a share of the em. */
  readonly width: number
}

/** One line, ready to paint, its pieces from left to right. */
export interface Line {
  readonly pieces: readonly Piece[]
  readonly width: number
  readonly style: TextStyle
  readonly direction: Direction
}

/**
 * Sets text of any script into a pdfkit document. What no font has is named by its code point (`withNamedSigns`);
 * nothing throws and nothing is left out.
 */
export interface Typesetter {
  /** The text as one line, however long. */
  line(text: string, style: TextStyle): Line
  /** The text broken to a width; a word wider than that is cut between letters. Empty text gives no line. */
  wrapped(text: string, width: number, style: TextStyle): readonly Line[]
  /** Paints a line with its baseline at `y`. */
  paint(line: Line, at: { x: number; y: number; anchor?: 'start' | 'middle' | 'end' | undefined }): void
  /** Code points (`U+E000`) that had to be named instead of printed so far, in their order. */
  missing(): readonly string[]
}

/** A paragraph with what all its lines share. */
interface Prepared {
  readonly paragraph: Paragraph
  readonly han: readonly FontName[]
  readonly missing: NamedText['missing']
}

interface UnitLine {
  readonly pieces: readonly Piece[]
  readonly width: number
}

/** @param locale of the document; decides Han forms and word boundaries */
export function createTypesetter(doc: PDFKit.PDFDocument, shelf: FontShelf, locale: string): Typesetter {
  const missing = new Set<string>()
  const prepare = (text: string): Prepared => {
    const prepared = shelf.remembered(`paragraph ${locale} ${text}`, () => preparedText(shelf, text, locale))
    for (const sign of prepared.missing) missing.add(sign)
    return prepared
  }
  const setLine = (prepared: Prepared, style: TextStyle, range: readonly [number, number]): Line => {
    const isBold = style.isBold === true
    const { text, direction } = prepared.paragraph
    const key = `line ${locale} ${isBold ? 'bold' : ''} ${range.join()} ${text}`
    const unit = shelf.remembered(key, () => unitLine(shelf, prepared, { isBold, range }))
    return { pieces: unit.pieces, width: unit.width * style.size, style, direction }
  }
  const wrapped: Typesetter['wrapped'] = (text, width, style) => {
    const prepared = prepare(text)
    const ems = width / style.size
    const isBold = style.isBold === true
    const key = `ranges ${locale} ${isBold ? 'bold' : ''} ${ems} ${text}`
    const ranges = shelf.remembered(key, () => {
      const measure = measureOf(shelf, prepared, isBold)
      return lineRanges(prepared.paragraph.text, { ems, locale, measure })
    })
    return ranges.map((range) => setLine(prepared, style, range))
  }
  const line: Typesetter['line'] = (text, style) => {
    const prepared = prepare(text)
    return setLine(prepared, style, [0, prepared.paragraph.text.length])
  }
  return { line, wrapped, paint: painterOf(doc, shelf), missing: () => [...missing] }
}

function preparedText(shelf: FontShelf, text: string, locale: string): Prepared {
  const named = withNamedSigns(shelf, plainText(text))
  return { paragraph: paragraphOf(named.text), han: hanFonts(named.text, locale), missing: named.missing }
}

/** A line at a size of one: pieces from left to right with their widths. */
function unitLine(
  shelf: FontShelf,
  prepared: Prepared,
  line: { isBold: boolean; range: readonly [number, number] },
): UnitLine {
  const choice = { isBold: line.isBold, han: prepared.han }
  const pieces = inVisualOrder(prepared.paragraph, ...line.range).flatMap(({ text, isRightToLeft }): Piece[] => {
    const parts = splitByFont(shelf, text, choice)
    const visual = isRightToLeft ? parts.toReversed() : parts
    return visual.map((part) => ({ ...part, isRightToLeft, width: widthOf(shelf, part, isRightToLeft) }))
  })
  return { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0) }
}

function widthOf(shelf: FontShelf, part: { text: string; font: FontName }, isRightToLeft: boolean): number {
  const font = shelf.font(part.font)
  return font.layout(part.text, isRightToLeft ? [rightToLeft] : []).advanceWidth / font.unitsPerEm
}

/** Widths of parts of a paragraph at a size of one. A word is measured once, whatever text it stands in. */
function measureOf(shelf: FontShelf, prepared: Prepared, isBold: boolean): (from: number, to: number) => number {
  const { text, levels } = prepared.paragraph
  const [weight, han] = [isBold ? 'bold' : '', prepared.han[0] ?? '']
  return (from, to) => {
    if (levels) return unitLine(shelf, prepared, { isBold, range: [from, to] }).width
    const word = text.slice(from, to)
    const alone = { ...prepared, paragraph: { text: word, direction: 'ltr', levels } } as const // literal: a direction
    const measured = (): { width: number } => ({
      width: unitLine(shelf, alone, { isBold, range: [0, to - from] }).width,
    })
    return shelf.remembered(`width ${weight} ${han} ${word}`, measured).width
  }
}

/** Where the lines of a paragraph begin and end, without the spaces at their ends. */
function lineRanges(
  text: string,
  layout: { ems: number; locale: string; measure: (from: number, to: number) => number },
): readonly (readonly [number, number])[] {
  const { ems, measure } = layout
  const lines: (readonly [number, number])[] = []
  let [begin, end, used] = [0, 0, 0]
  const close = (): void => {
    if (text.slice(begin, end).trim() !== '') lines.push([begin, begin + text.slice(begin, end).trimEnd().length])
    ;[begin, used] = [end, 0]
  }
  const add = (piece: string): void => {
    if (end > begin && used + measure(end, end + piece.trimEnd().length) > ems) close()
    used += measure(end, end + piece.length)
    end += piece.length
  }
  for (const piece of unbrokenPieces(text, layout.locale)) {
    if (measure(end, end + piece.trimEnd().length) <= ems) add(piece)
    else letters(piece).forEach(add)
  }
  close()
  return lines
}

function painterOf(doc: PDFKit.PDFDocument, shelf: FontShelf): Typesetter['paint'] {
  const write = openTextPen(doc, shelf)
  return (line, at) => {
    const { size, colour = 'black' } = line.style
    let x = at.x - (at.anchor === 'middle' ? line.width / 2 : at.anchor === 'end' ? line.width : 0)
    for (const piece of line.pieces) {
      write(piece, { x, y: at.y }, { size, colour })
      x += piece.width * size
    }
  }
}
