import type { SelectionOrder, SelectionPackage } from '../../../domain/selection.ts'
import { drawPackingStages, inRanges, tellParcel } from '../../../drawing/index.ts'
import { litresText, weightText } from '../amounts.ts'
import { paintText, type Paper } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import { isolated } from '../text/plain-text.ts'
import { said } from '../words/words-for.ts'
import { grey } from './sheet.ts'

/** `Carton M, 400 x 300 x 200 mm`, or that the product travels in its own box. */
export function cartonText(paper: Paper, parcel: SelectionPackage): string {
  if (parcel.carton === null) return paper.words.ownBox
  const size = parcel.innerMm ? `, ${parcel.innerMm.join(' × ')} mm` : ''
  return `${isolated(parcel.cartonName)}${size}`
}

/** Gross weight against the allowable one, volume against the allowable one. */
export function totalsText(paper: Paper, parcel: SelectionPackage): string {
  const { locale, words } = paper
  const { grossG, allowableG, piecesCm3, allowableCm3 } = parcel.totals
  const weight = said(words.grossOf, { g: weightText(grossG, locale), a: weightText(allowableG, locale) })
  const volume = said(words.volumeOf, { v: litresText(piecesCm3, locale), a: litresText(allowableCm3, locale) })
  return `${weight}; ${volume}`
}

/** What is proven about the order's parcels, and why this one is as it is. */
export function toldText({ locale }: Paper, { packages, proof }: SelectionOrder, { why }: SelectionPackage): string {
  const { parcelsLowerBound, fewestParcels, best } = proof
  const told = tellParcel(
    { parcels: packages.length, parcelsLowerBound, isFewest: fewestParcels, isBest: best, why },
    { locale, around: isolated },
  )
  return [told.reason, told.proof].filter((sentence) => sentence !== '').join(' ')
}

/** The drawing of a parcel in a box; says so when there is none. Returns the height used. */
export function paintParcel(
  paper: Paper,
  parcel: SelectionPackage,
  at: { code: string; x: number; y: number; width: number; height: number },
): number {
  if (parcel.placements.length === 0) {
    paintText(paper, paper.words.byVolume, { x: at.x, y: at.y + 12, size: 9, colour: grey.text })
    return 18
  }
  const title = said(paper.words.parcelTitle, { code: at.code })
  const picture = { innerMm: parcel.innerMm, placements: parcel.placements, title }
  const drawing = drawPackingStages(picture, { width: at.width, height: heightOfDrawing(parcel, at.height) })
  paintDrawing(paper, drawing, at)
  return drawing.height
}

/** One piece in its own box tells little: half the height will do. */
export function heightOfDrawing(parcel: SelectionPackage, most: number): number {
  if (parcel.placements.length === 0) return 18
  return parcel.carton === null ? most * 0.55 : most
}

/** The numbers in the drawing of each product, by SKU: `1-3, 7`. */
export function numbersBySku(parcel: SelectionPackage): ReadonlyMap<string, string> {
  const numbers = new Map<string, number[]>()
  for (const [i, { sku }] of parcel.placements.entries()) numbers.set(sku, [...(numbers.get(sku) ?? []), i + 1])
  return new Map([...numbers].map(([sku, all]) => [sku, inRanges(all)]))
}
