import type { Paper } from '../pdf/open-paper.ts'
import { matrixModule } from '../label/label-geometry.ts'
import type { LabelPen } from '../label/label-pen.ts'
import type { FontShelf } from '../text/fonts.ts'
import type { Line, Typesetter } from '../text/typesetter.ts'
import { linearBitmap, matrixBitmap, type Bitmap } from './bitmap.ts'
import { drawingBitmap } from './drawing-bitmap.ts'
import { fieldData, isPrinterText } from './field-data.ts'
import { graphicField } from './graphic-field.ts'
import { textBitmap } from './text-bitmap.ts'

/** What label printers are made for, dots to the inch. */
export type ZplDpi = 203 | 300

export interface ZplPen extends LabelPen {
  readonly paint: Typesetter['paint']
  /** The fields so far, in their order. */
  readonly fields: readonly string[]
}

interface ZplTools {
  readonly shelf: FontShelf
  /** Measures text; nothing is drawn on it. */
  readonly paper: Paper
  readonly dpi: ZplDpi
}

/**
 * The pen of a ZPL printer. Latin text is set in the printer's own font 0, whose condensed letters are never wider than
 * those it was measured with; every other script is drawn by us. Square codes are drawn by us too: the printer's own
 * command chooses version and mask by itself.
 */
export function zplPen({ shelf, paper, dpi }: ZplTools): ZplPen {
  const fields: string[] = []
  const dots = (grid: number): number => Math.round((grid * dpi) / 203)
  const graphic = (bitmap: Bitmap, x: number, y: number): void =>
    void fields.push(`^FO${Math.max(0, x)},${Math.max(0, y)}${graphicField(bitmap)}^FS`)
  return {
    fields,
    fill({ x, y, width, height }) {
      const [w, h] = [Math.max(1, dots(width)), Math.max(1, dots(height))]
      fields.push(`^FO${dots(x)},${dots(y)}^GB${w},${h},${Math.min(w, h)},B^FS`)
    },
    linear({ symbol, text, module }, box) {
      const size = dots(module)
      const x = Math.round(((box.x + box.width / 2) * dpi) / 203 - (symbol.modules * size) / 2)
      const native = gs1Data(text)
      if (native === undefined) graphic(linearBitmap(symbol, size, dots(box.height)), x, dots(box.y))
      else fields.push(`^FO${x},${dots(box.y)}^BY${size}^BCN,${dots(box.height)},N,N,N,N^FD${native}^FS`)
    },
    matrix(symbol, box) {
      const module = matrixModule(symbol.modules, box.width, dpi)
      const top = dots(box.y) + Math.floor((dots(box.height) - symbol.modules * module) / 2)
      graphic(matrixBitmap(symbol, module), dots(box.x), top)
    },
    drawing: (drawing, { x, y, height }) =>
      graphic(drawingBitmap({ shelf, paper }, drawing, dots(height)), dots(x), dots(y)),
    paint(line, at) {
      const place = { x: (at.x * dpi) / 72, y: Math.round((at.y * dpi) / 72), anchor: at.anchor ?? 'start' }
      if (isPrinterLine(line)) return void fields.push(printerText(line, place, dpi))
      const drawn = textBitmap(shelf, line, (line.style.size * dpi) / 72)
      if (!drawn) return
      const start = place.x - ((line.width * dpi) / 72) * { start: 0, middle: 0.5, end: 1 }[place.anchor]
      const corner = `${Math.max(0, Math.round(start) + drawn.left)},${Math.max(0, place.y + drawn.top)}`
      const reverse = line.style.colour === 'white' ? '^FR' : ''
      fields.push(`^FO${corner}${reverse}${graphicField(drawn.bitmap)}^FS`)
    },
  }
}

/** Font 0 has a hyphen as wide as a letter: a line made of many would be wider than it was measured. */
const isPrinterLine = ({ pieces }: Line): boolean => {
  const isOwn = pieces.every(
    ({ font, isRightToLeft, text }) => (font === 'base' || font === 'bold') && !isRightToLeft && isPrinterText(text),
  )
  if (!isOwn) return false
  const text = pieces.map((piece) => piece.text).join('')
  return hyphens(text) * 4 <= text.length
}

const hyphens = (text: string): number => text.split('-').length - 1

/** In font 0, in a block as wide as the text was measured, so that its anchor holds though its letters are narrower. */
function printerText(
  line: Line,
  at: { x: number; y: number; anchor: 'start' | 'middle' | 'end' },
  dpi: number,
): string {
  const em = Math.round((line.style.size * dpi) / 72)
  const text = line.pieces.map((piece) => piece.text).join('')
  const width = Math.ceil((line.width * dpi) / 72 + (hyphens(text) * em) / 3) + 2
  const share = { start: 0, middle: 0.5, end: 1 }[at.anchor]
  const x = Math.max(0, Math.round(at.x - width * share))
  const block = at.anchor === 'start' ? '' : `^FB${width},1,0,${at.anchor === 'end' ? 'R' : 'C'}`
  const reverse = line.style.colour === 'white' ? '^FR' : ''
  return `^FT${x},${at.y}^A0N,${em},${em}${block}${reverse}^FH_^FD${fieldData(text)}^FS`
}

/** An SSCC for `^BC` with its code set spelled out: code C, FNC1, identifier 00. Every other text is drawn by us. */
const gs1Data = (text: string): string | undefined => (/^\d{18}$/.test(text) ? `>;>800${text}` : undefined)
