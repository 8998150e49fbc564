import { dot, quietModules, type LinearSymbol } from '../pdf/barcode.ts'
import { code128, ssccSymbol } from '../pdf/code-128.ts'
import { paintText } from '../pdf/open-paper.ts'
import type { LabelJob } from './label-job.ts'
import { labelMargin } from './label-geometry.ts'

const mostModule = 4
const textHeight = 40

/** GS1-128 with AI (00) for an SSCC, Code 128 for the shop's own number; `text` is what people read below it. */
export function numberCode(number: string): { symbol: LinearSymbol; text: string } {
  const isSscc = /^\d{18}$/.test(number)
  return isSscc ? { symbol: ssccSymbol(number), text: `(00) ${number}` } : { symbol: code128(number), text: number }
}

/** The parcel's number as bars, with its figures below. */
export function paintNumber({ paper, pen, geometry, parcel }: LabelJob): void {
  const { symbol, text } = numberCode(parcel.number)
  const module = moduleFor(symbol, geometry.width - 2 * labelMargin)
  const width = symbol.modules * module
  const x = Math.floor((geometry.width - width) / 2)
  const y = geometry.barcodeTop + 16
  pen.linear({ symbol, text: parcel.number, module }, { x, y, width, height: geometry.bottom - textHeight - y })
  const at = { x: (geometry.width / 2) * dot, y: (geometry.bottom - 7) * dot }
  paintText(paper, text, { ...at, size: 11, isBold: true, anchor: 'middle' })
}

/** 4 dots; fewer only for numbers longer than any of ours. The label's margin counts towards the quiet zone. */
export function moduleFor(symbol: LinearSymbol, width: number): number {
  const wanted = symbol.modules + 2 * quietModules.linear
  return Math.max(2, Math.min(mostModule, Math.floor((width + 2 * labelMargin) / wanted)))
}
