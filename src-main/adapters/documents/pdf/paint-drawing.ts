import type { Drawing, Ink, Point, Shape, Stroke } from '../../../drawing/index.ts'
import { assertNever } from '../../../kernel/errors.ts'
import type { Typesetter } from '../text/typesetter.ts'

/** Black printers turn colour into grey: every ink is one already, and none carries meaning alone. */
const colours: { readonly [ink in Ink]: string } = {
  ink: 'black',
  muted: '#555555',
  faint: '#aaaaaa',
  paper: 'white',
  accent: '#222222',
  light: '#f4f4f4',
  mid: '#dddddd',
  dark: '#c2c2c2',
}

export const inkColour = (ink: Ink): string => colours[ink]

/** Paints a drawing with its top left corner at `x, y`, `scale` points per drawing unit. */
export function paintDrawing(
  target: { doc: PDFKit.PDFDocument; text: Typesetter },
  drawing: Drawing,
  at: { x: number; y: number; scale?: number },
): void {
  const { doc } = target
  doc.save()
  doc.translate(at.x, at.y).scale(at.scale ?? 1)
  doc.lineJoin('round').lineCap('butt')
  for (const shape of drawing.shapes) paintShape(target, shape)
  doc.restore()
}

function paintShape(target: { doc: PDFKit.PDFDocument; text: Typesetter }, shape: Shape): void {
  const { doc, text } = target
  switch (shape.kind) {
    case 'line':
      trace(doc, [shape.from, shape.to])
      return finish(doc, undefined, shape.stroke)
    case 'polyline':
      trace(doc, shape.points)
      return finish(doc, undefined, shape.stroke)
    case 'polygon':
      trace(doc, shape.points)
      doc.closePath()
      return finish(doc, shape.fill, shape.stroke)
    case 'circle':
      doc.circle(shape.centre[0], shape.centre[1], shape.radius)
      return finish(doc, shape.fill, shape.stroke)
    case 'text': {
      const line = text.line(shape.text, { size: shape.size, isBold: shape.bold === true, colour: colours[shape.ink] })
      return text.paint(line, { x: shape.at[0], y: shape.at[1], anchor: shape.anchor })
    }
    default:
      return assertNever(shape)
  }
}

function trace(doc: PDFKit.PDFDocument, points: readonly Point[]): void {
  points.forEach(([x, y], i) => (i === 0 ? doc.moveTo(x, y) : doc.lineTo(x, y)))
}

function finish(doc: PDFKit.PDFDocument, fill: Ink | undefined, stroke: Stroke | undefined): void {
  if (stroke) {
    doc.lineWidth(stroke.width)
    if (stroke.dash) doc.dash(stroke.dash[0] ?? 1, { space: stroke.dash[1] ?? 1 })
    else doc.undash()
  }
  if (fill && stroke) doc.fillAndStroke(colours[fill], colours[stroke.ink])
  else if (fill) doc.fill(colours[fill])
  else if (stroke) doc.stroke(colours[stroke.ink])
}
