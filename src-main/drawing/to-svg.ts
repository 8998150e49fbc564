import { assertNever } from '../kernel/errors.ts'
import type { Drawing, Ink, Point, Shape, Stroke } from './drawing.ts'

/** Colours on paper; a page may set the custom properties `--drawing-ink`, `--drawing-paper` ... to follow its theme. */
const colours: { readonly [ink in Ink]: string } = {
  ink: '#111111',
  muted: '#666666',
  faint: '#bbbbbb',
  paper: '#ffffff',
  accent: '#0b5cad',
  light: '#f4f4f4',
  mid: '#dcdcdc',
  dark: '#bcbcbc',
}

/** The drawing as one self-contained `<svg>` element. Lengths to a hundredth of a unit; same drawing, same text. */
export function toSvg(drawing: Drawing): string {
  const body = drawing.shapes.map(shapeToSvg).join('')
  const box = `0 0 ${length(drawing.width)} ${length(drawing.height)}`
  const title = escaped(drawing.title)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" role="img" aria-label="${title}"><title>${title}</title>${body}</svg>`
}

function shapeToSvg(shape: Shape): string {
  switch (shape.kind) {
    case 'line':
      return `<path d="${path([shape.from, shape.to])}" fill="none"${strokeToSvg(shape.stroke)}/>`
    case 'polyline':
      return `<path d="${path(shape.points)}" fill="none"${strokeToSvg(shape.stroke)}/>`
    case 'polygon':
      return `<path d="${path(shape.points)}Z"${fillToSvg(shape.fill)}${strokeToSvg(shape.stroke)}/>`
    case 'circle': {
      const [x, y] = shape.centre
      const place = `cx="${length(x)}" cy="${length(y)}" r="${length(shape.radius)}"`
      return `<circle ${place}${fillToSvg(shape.fill)}${strokeToSvg(shape.stroke)}/>`
    }
    case 'text': {
      const place = `x="${length(shape.at[0])}" y="${length(shape.at[1])}" font-size="${length(shape.size)}"`
      const weight = shape.bold ? ' font-weight="700"' : ''
      return `<text ${place} text-anchor="${shape.anchor}"${weight}${fillToSvg(shape.ink)}>${escaped(shape.text)}</text>`
    }
    default:
      return assertNever(shape)
  }
}

const length = (value: number): string => String(Math.round(value * 100) / 100)
const path = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${length(x)} ${length(y)}`).join('')
const colour = (ink: Ink): string => `var(--drawing-${ink},${colours[ink]})`
const fillToSvg = (ink: Ink | undefined): string => ` fill="${ink === undefined ? 'none' : colour(ink)}"`

function strokeToSvg(stroke: Stroke | undefined): string {
  if (!stroke) return ''
  const dash = stroke.dash ? ` stroke-dasharray="${stroke.dash.map(length).join(' ')}"` : ''
  return ` stroke="${colour(stroke.ink)}" stroke-width="${length(stroke.width)}" stroke-linejoin="round"${dash}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
