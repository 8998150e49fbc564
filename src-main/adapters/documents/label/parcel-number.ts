import { code128, dot, drawLinear, quietModules, ssccSymbol, type LinearSymbol } from '../pdf/barcode.ts'
import { paintText } from '../pdf/open-paper.ts'
import type { LabelJob } from './label-job.ts'
import { labelMargin } from './label-geometry.ts'

const mostModule = 4
const textHeight = 40

/** The parcel's number: GS1-128 with AI (00) for an SSCC, Code 128 for the shop's own, with its figures below. */
export function paintNumber({ paper, geometry, parcel }: LabelJob): void {
  const isSscc = /^\d{18}$/.test(parcel.number)
  const symbol = isSscc ? ssccSymbol(parcel.number) : code128(parcel.number)
  const module = moduleFor(symbol, geometry.width - 2 * labelMargin)
  const left = Math.floor((geometry.width - symbol.modules * module) / 2)
  const top = geometry.barcodeTop + 16
  const height = (geometry.bottom - textHeight - top) * dot
  drawLinear(paper.doc, symbol, { x: left * dot, y: top * dot, module, height })
  paintText(paper, isSscc ? `(00) ${parcel.number}` : parcel.number, {
    x: (geometry.width / 2) * dot,
    y: (geometry.bottom - 7) * dot,
    size: 11,
    isBold: true,
    anchor: 'middle',
  })
}

/** 4 dots; fewer only for numbers longer than any of ours. The label's margin counts towards the quiet zone. */
function moduleFor(symbol: LinearSymbol, width: number): number {
  const wanted = symbol.modules + 2 * quietModules.linear
  return Math.max(2, Math.min(mostModule, Math.floor((width + 2 * labelMargin) / wanted)))
}
