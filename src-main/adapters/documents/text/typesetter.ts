import { letters, unbrokenPieces } from './break-points.ts'
import { splitByFont } from './choose-font.ts'
import type { FontName, FontShelf } from './fonts.ts'
import { baseDirection, inVisualOrder } from './visual-runs.ts'

export interface TextStyle {
  /** Size of the em, points. */
  readonly size: number
  readonly isBold?: boolean | undefined
  /** A colour pdfkit knows; black when absent. */
  readonly colour?: string | undefined
}

/** A stretch that is painted in one go; `features` asks for whole-run shaping, which right-to-left needs. */
interface Piece {
  readonly text: string
  readonly font: FontName
  readonly width: number
  readonly isShapedWhole: boolean
}

/** One line, ready to paint, its pieces from left to right. */
export interface Line {
  readonly pieces: readonly Piece[]
  readonly width: number
  readonly style: TextStyle
  readonly direction: 'ltr' | 'rtl'
}

/** Sets text of any script into a pdfkit document. All methods throw ERR_FONT_MISSING_GLYPH. */
export interface Typesetter {
  /** The text as one line, however long. */
  line(text: string, style: TextStyle): Line
  /** The text broken to a width; a word wider than that is cut between letters. Empty text gives no line. */
  wrapped(text: string, width: number, style: TextStyle): readonly Line[]
  /** Paints a line with its baseline at `y`. */
  paint(line: Line, at: { x: number; y: number; anchor?: 'start' | 'middle' | 'end' | undefined }): void
}

const isStrongRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** @param locale of the document; decides Han forms and word boundaries */
export function createTypesetter(doc: PDFKit.PDFDocument, shelf: FontShelf, locale: string): Typesetter {
  const registered = new Set<FontName>()
  const use = (name: FontName): PDFKit.PDFDocument => {
    // pdfkit takes any object with `layout` as an opened font, which its types do not say; a file would be parsed anew.
    if (!registered.has(name)) doc.registerFont(name, shelf.font(name) as unknown as Buffer)
    registered.add(name)
    return doc.font(name)
  }

  const setPiece = (text: string, font: FontName, options: { size: number; isRightToLeft: boolean }): Piece => {
    const isShapedWhole = options.isRightToLeft && isStrongRightToLeft.test(text)
    // Brackets and spaces alone have no script that would turn them round.
    const painted = options.isRightToLeft && !isShapedWhole ? Array.from(text).reverse().join('') : text
    const width = use(font).fontSize(options.size).widthOfString(painted, featuresOf(isShapedWhole))
    return { text: painted, font, isShapedWhole, width }
  }

  const setLine = (text: string, style: TextStyle, direction: 'ltr' | 'rtl'): Line => {
    const pieces = inVisualOrder(text, direction).flatMap(({ text: run, isRightToLeft }) => {
      const parts = splitByFont(shelf, run, { isBold: style.isBold === true, locale })
      const visual = isRightToLeft ? parts.toReversed() : parts
      return visual.map((part) => setPiece(part.text, part.font, { size: style.size, isRightToLeft }))
    })
    return { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0), style, direction }
  }

  const wrapped = (text: string, width: number, style: TextStyle): readonly Line[] => {
    const plain = tidied(text)
    const direction = baseDirection(plain)
    const measure = (part: string): number => setLine(part, style, direction).width
    const pieces = unbrokenPieces(plain, locale).flatMap((piece) =>
      measure(piece.trimEnd()) > width ? letters(piece) : [piece],
    )
    return filledLines(pieces, width, measure).map((line) => setLine(line, style, direction))
  }

  const paint: Typesetter['paint'] = (line, at) => {
    let x = at.x - (at.anchor === 'middle' ? line.width / 2 : at.anchor === 'end' ? line.width : 0)
    doc.fillColor(line.style.colour ?? 'black')
    for (const piece of line.pieces) {
      const options = { lineBreak: false, baseline: 'alphabetic', ...featuresOf(piece.isShapedWhole) } as const // literal
      use(piece.font).fontSize(line.style.size).text(piece.text, x, at.y, options)
      x += piece.width
    }
  }

  const line: Typesetter['line'] = (text, style) => setLine(tidied(text), style, baseDirection(text))
  return { line, wrapped, paint }
}

const featuresOf = (isShapedWhole: boolean): { features?: PDFKit.Mixins.OpenTypeFeatures[] } =>
  isShapedWhole ? { features: [] } : {}

/** Composed letters, and one space for whatever else separates words. */
const tidied = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** As many pieces on each line as fit; spaces at a line's end take no room. */
function filledLines(pieces: readonly string[], width: number, measure: (text: string) => number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const piece of pieces) {
    if (line !== '' && used + measure(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += piece
    used += measure(piece)
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}
