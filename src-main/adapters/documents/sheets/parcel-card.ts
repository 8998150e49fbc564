import type { SelectionPackage } from '../../../domain/selection.ts'
import { drawHandlingMark, drawPackingStages } from '../../../drawing/index.ts'
import { litresText, weightText } from '../amounts.ts'
import { paintText, type Paper } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import { said } from '../words/words-for.ts'

/** `Carton M, 400 x 300 x 200 mm`, or that the product travels in its own box. */
export function cartonText(paper: Paper, parcel: SelectionPackage): string {
  if (parcel.carton === null) return paper.words.ownBox
  const size = parcel.innerMm ? `, ${parcel.innerMm.join(' × ')} mm` : ''
  return `${parcel.cartonName}${size}`
}

/** Gross weight against the allowable one, volume against the allowable one. */
export function totalsTexts(paper: Paper, parcel: SelectionPackage): readonly string[] {
  const { locale, words } = paper
  const { grossG, allowableG, piecesCm3, allowableCm3 } = parcel.totals
  return [
    said(words.grossOf, { g: weightText(grossG, locale), a: weightText(allowableG, locale) }),
    said(words.volumeOf, { v: litresText(piecesCm3, locale), a: litresText(allowableCm3, locale) }),
  ]
}

/** The drawing of a parcel in a box; says so when there is none. Returns the height used. */
export function paintParcel(
  paper: Paper,
  parcel: SelectionPackage,
  at: { code: string; x: number; y: number; width: number; height: number },
): number {
  if (parcel.placements.length === 0) {
    paintText(paper, paper.words.byVolume, { x: at.x, y: at.y + 12, size: 9, colour: '#555555' })
    return 18
  }
  const title = said(paper.words.parcelTitle, { code: at.code })
  const picture = { innerMm: parcel.innerMm, placements: parcel.placements, title }
  // One piece in its own box tells little: half the height will do.
  const height = parcel.carton === null ? at.height * 0.6 : at.height
  const drawing = drawPackingStages(picture, { width: at.width, height })
  paintDrawing(paper, drawing, at)
  return drawing.height
}

/** Pictograms with their words in rows of the width; returns the height used. */
export function paintMarks(
  paper: Paper,
  parcel: SelectionPackage,
  at: { x: number; y: number; width: number },
): number {
  if (parcel.handling.length === 0) return 0
  let [x, y] = [at.x, at.y]
  for (const mark of parcel.handling) {
    const word = paper.text.line(paper.words.marks[mark], { size: 8, isBold: true })
    if (x > at.x && x + 16 + word.width > at.x + at.width) [x, y] = [at.x, y + 17]
    paintDrawing(paper, drawHandlingMark(mark), { x, y, scale: 0.55 })
    paper.text.paint(word, { x: x + 16, y: y + 10 })
    x += 16 + word.width + 10
  }
  return y + 17 - at.y
}

/** The numbers in the drawing of each product, by SKU. */
export function numbersBySku(parcel: SelectionPackage): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>()
  for (const [i, { sku }] of parcel.placements.entries()) numbers.set(sku, [...(numbers.get(sku) ?? []), i + 1])
  return numbers
}
