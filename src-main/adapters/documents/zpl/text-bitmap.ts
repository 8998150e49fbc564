import { rightToLeft } from '../text/remembering-font.ts'
import type { FontShelf } from '../text/fonts.ts'
import type { Line } from '../text/typesetter.ts'
import { newBitmap, type Bitmap } from './bitmap.ts'
import { fillContours, type Contour } from './fill-contours.ts'
import { glyphContours } from './glyph-contours.ts'

/** How far letters are drawn twice where their font has no bold, as a share of the em; a dot at least. */
const thickening = 0.028

export interface PlacedBitmap {
  readonly bitmap: Bitmap
  /** Where its top left corner lies, dots from the line's start and baseline. */
  readonly left: number
  readonly top: number
}

/** A line of text drawn from its fonts' own outlines, `em` dots large; undefined when there is nothing to see. */
export function textBitmap(shelf: FontShelf, line: Line, em: number): PlacedBitmap | undefined {
  const glyphs = glyphsOf(shelf, line, em)
  const box = boundsOf(glyphs.flat())
  if (!box) return undefined
  const [left, top] = [Math.floor(box.left), Math.floor(box.top)]
  const bitmap = newBitmap(Math.ceil(box.right) - left, Math.ceil(box.bottom) - top)
  for (const glyph of glyphs) fillContours(bitmap, glyph.map((contour) => moved(contour, -left, -top)), true) // prettier-ignore
  return { bitmap, left, top }
}

/** Every glyph's outlines, from left to right along the baseline. */
function glyphsOf(shelf: FontShelf, { pieces }: Line, em: number): readonly (readonly Contour[])[] {
  const glyphs: (readonly Contour[])[] = []
  let x = 0
  for (const piece of pieces) {
    const font = shelf.font(piece.font)
    const scale = em / font.unitsPerEm
    const run = font.layout(piece.text, piece.isRightToLeft ? [rightToLeft] : [])
    for (const [i, glyph] of run.glyphs.entries()) {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = run.positions[i] ?? {}
      const contours = glyphContours(font, glyph.id, { x: x + xOffset * scale, y: -yOffset * scale, scale })
      glyphs.push(contours)
      if (piece.isThickened) {
        const thicker = Math.max(1, Math.round(thickening * em))
        glyphs.push(contours.map((contour) => moved(contour, thicker, 0)))
      }
      x += xAdvance * scale
    }
  }
  return glyphs
}

const moved = (contour: Contour, dx: number, dy: number): Contour =>
  contour.map((value, i) => value + (i % 2 === 0 ? dx : dy))

function boundsOf(
  contours: readonly Contour[],
): { left: number; top: number; right: number; bottom: number } | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const contour of contours) {
    for (let i = 0; i < contour.length; i += 2) {
      const [x = 0, y = 0] = [contour[i], contour[i + 1]]
      ;[left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)]
    }
  }
  return right > left && bottom > top ? { left, top, right, bottom } : undefined
}
