import type { Drawing } from '../../../drawing/index.ts'
import { dot, drawLinear, drawMatrix, type LinearSymbol, type MatrixSymbol } from '../pdf/barcode.ts'
import type { Paper } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import { matrixModule } from './label-geometry.ts'

/** A place and size on a label in dots of 203 to the inch, whatever the printer that it is drawn for. */
export interface DotBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a label needs of a pen beside text. Places are dots of 203 to the inch. */
export interface LabelPen {
  /** Black, to the edge of the box. */
  fill(box: DotBox): void
  /** Bars from the box's left edge, `module` dots a module, as high as the box; `text` is what they say. */
  linear(code: { readonly symbol: LinearSymbol; readonly text: string; readonly module: number }, box: DotBox): void
  /** At the box's left edge, in the middle of its height, with modules as large as its width allows. */
  matrix(symbol: MatrixSymbol, box: DotBox): void
  /** As high as the box. */
  drawing(drawing: Drawing, box: DotBox): void
}

/** The pen of a PDF: vectors on whole dots. */
export function pdfPen(paper: Paper): LabelPen {
  const { doc } = paper
  return {
    fill: ({ x, y, width, height }) => void doc.rect(x * dot, y * dot, width * dot, height * dot).fill('black'),
    linear: ({ symbol, module }, { x, y, height }) =>
      drawLinear(doc, symbol, { x: x * dot, y: y * dot, module, height: height * dot }),
    matrix(symbol, { x, y, width, height }) {
      const module = matrixModule(symbol.modules, width, 203)
      const top = y + Math.floor((height - symbol.modules * module) / 2)
      drawMatrix(doc, symbol, { x: x * dot, y: top * dot, module })
    },
    drawing: (drawing, { x, y, height }) =>
      paintDrawing(paper, drawing, { x: x * dot, y: y * dot, scale: (height * dot) / drawing.height }),
  }
}
