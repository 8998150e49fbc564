import type { GlyphPosition } from 'fontkit'
import type { FontName, FontShelf } from './fonts.ts'
import { rightToLeft } from './remembering-font.ts'

/** A run of glyphs to be written in one go. */
export interface InkRun {
  readonly text: string
  readonly font: FontName
  readonly isRightToLeft: boolean
  /** To be drawn with a line around the letters: the font has no bold of its own. */
  readonly isThickened: boolean
}

export interface InkStyle {
  readonly size: number
  /** A colour pdfkit knows. */
  readonly colour: string
}

/** What pdfkit 0.20 keeps of the font in use; its types do not name it. */
interface PenDocument {
  readonly _font: {
    readonly id: string
    ref(): unknown
    /** Glyph numbers as hexadecimal, and positions in thousandths of the em. */
    encode(text: string, features: readonly string[]): [readonly string[], readonly PenPosition[]]
  }
  readonly page: { readonly fonts: { [id: string]: unknown } }
  addContent(operators: string): unknown
}

interface PenPosition extends GlyphPosition {
  /** What the font itself says; the difference to `xAdvance` is kerning. */
  readonly advanceWidth: number
}

/** How much thicker letters are drawn where a font has no bold of its own, as a share of the em. */
const thickening = 0.028

/**
 * Writes runs of glyphs as PDF operators. pdfkit's own `text` shapes every run three times to wrap and underline what
 * is already broken, and saves and restores the page around each: a wave's sheets took twice as long and more bytes.
 * Returns a function that writes a run from `x` on the baseline `y`.
 */
export function openTextPen(
  doc: PDFKit.PDFDocument,
  shelf: FontShelf,
): (run: InkRun, at: { x: number; y: number }, style: InkStyle) => void {
  const registered = new Set<FontName>()
  const pen = doc as unknown as PenDocument // the members above, which are not in pdfkit's types
  return (run, at, { size, colour }) => {
    // pdfkit takes any object with `layout` as an opened font, which its types do not say; a file would be parsed anew.
    if (!registered.has(run.font)) doc.registerFont(run.font, shelf.font(run.font) as unknown as Buffer)
    registered.add(run.font)
    doc.font(run.font).fillColor(colour)
    if (run.isThickened)
      doc
        .strokeColor(colour)
        .lineWidth(size * thickening)
        .undash()
    const font = pen._font
    pen.page.fonts[font.id] ??= font.ref()
    const [glyphs, positions] = font.encode(run.text, run.isRightToLeft ? [rightToLeft] : [])
    const shown = showOperators(glyphs, positions, { ...at, size })
    const [thick, thin] = run.isThickened ? ['2 Tr ', ' 0 Tr'] : ['', '']
    pen.addContent(`BT /${font.id} ${figure(size)} Tf ${thick}${shown}${thin} ET`)
  }
}

/** Glyphs from left to right: one array with kerning, begun anew where a glyph stands beside its place. */
function showOperators(
  glyphs: readonly string[],
  positions: readonly PenPosition[],
  at: { x: number; y: number; size: number },
): string {
  const scale = at.size / 1000
  const operators: string[] = []
  let shown = ''
  let pen = at.x
  // The page's y runs down: letters are turned up again.
  const moveTo = (x: number, y: number): void => void operators.push(`1 0 0 -1 ${figure(x)} ${figure(y)} Tm`)
  const flush = (): void => {
    if (shown !== '') operators.push(`[${shown}] TJ`)
    shown = ''
  }
  let isAway = true
  for (const [i, glyph] of glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0, advanceWidth = 0 } = positions[i] ?? {}
    const isOffset = xOffset !== 0 || yOffset !== 0
    if (isOffset || isAway) {
      flush()
      moveTo(pen + xOffset * scale, at.y - yOffset * scale)
    }
    const kerning = advanceWidth - xAdvance
    shown += kerning === 0 ? `<${glyph}>` : `<${glyph}>${figure(kerning)}`
    isAway = isOffset
    pen += xAdvance * scale
  }
  flush()
  return operators.join(' ').replaceAll('><', '')
}

/** A number as PDF wants it: no exponent; a thousandth of a point is finer than any printer. */
const figure = (value: number): string => String(Math.round(value * 1000) / 1000)
