import { mixed, type Inks, type PieceLook } from './piece-look.ts'

/** `strong`: the piece to put in now, or all at once; `calm`: those that are in already. */
export type FaceMood = 'strong' | 'calm'

export interface Face {
  readonly look: PieceLook
  readonly number: number
  readonly mood: FaceMood
  readonly inks: Inks
  /** 1 for faces in the light, less for those turned away. */
  readonly light: number
}

/** Share of the product's colour left in a piece that is in already. */
const calmShare = 0.4
const blackOnColour = '#15181c'
/** Between lines and dots of a pattern, and how large a number is at most. */
const patternStep = 20
const largestNumber = 96
const smallestNumber = 10

/** Paints one side of a piece: its colour, its pattern, and its number on a clear ground. */
export function paintFace(context: CanvasRenderingContext2D, face: Face): void {
  const { width, height } = context.canvas
  const { colour, pattern } = face.look
  const fill = face.mood === 'strong' ? colour : mixed(colour, face.inks.paper, calmShare)
  const ground = mixed(fill, '#000000', face.light)
  const ink = face.mood === 'strong' ? blackOnColour : face.inks.ink
  context.globalAlpha = 1
  context.fillStyle = ground
  context.fillRect(0, 0, width, height)
  context.globalAlpha = face.mood === 'strong' ? 0.42 : 0.25
  context.strokeStyle = ink
  context.fillStyle = ink
  context.lineWidth = 2
  paintPattern(context, pattern)
  context.globalAlpha = 1
  paintNumber(context, { text: String(face.number), ground, ink })
}

function paintPattern(context: CanvasRenderingContext2D, pattern: PieceLook['pattern']): void {
  const { width, height } = context.canvas
  const slanted = (direction: 1 | -1): void => {
    for (let at = -height; at < width + height; at += patternStep)
      line(context, [at, direction === 1 ? height : 0], [at + height, direction === 1 ? 0 : height])
  }
  const level = (): void => {
    for (let y = patternStep / 2; y < height; y += patternStep) line(context, [0, y], [width, y])
  }
  const upright = (): void => {
    for (let x = patternStep / 2; x < width; x += patternStep) line(context, [x, 0], [x, height])
  }
  if (pattern === 'rising' || pattern === 'crosses') slanted(1)
  if (pattern === 'falling' || pattern === 'crosses') slanted(-1)
  if (pattern === 'level' || pattern === 'grid') level()
  if (pattern === 'upright' || pattern === 'grid') upright()
  if (pattern === 'dots') dots(context)
}

function dots(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  for (let y = patternStep / 2; y < height; y += patternStep)
    for (let x = patternStep / 2; x < width; x += patternStep) {
      context.beginPath()
      context.arc(x, y, 3, 0, 2 * Math.PI)
      context.fill()
    }
}

function line(context: CanvasRenderingContext2D, from: readonly [number, number], to: readonly [number, number]): void {
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(...to)
  context.stroke()
}

function paintNumber(
  context: CanvasRenderingContext2D,
  { text, ground, ink }: { text: string; ground: string; ink: string },
): void {
  const { width, height } = context.canvas
  const size = Math.min(largestNumber, height * 0.62, (width * 0.8) / Math.max(1, text.length * 0.62))
  if (size < smallestNumber) return
  context.fillStyle = ground
  context.beginPath()
  context.ellipse(width / 2, height / 2, size * (0.3 + text.length * 0.34), size * 0.62, 0, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = ink
  context.font = `bold ${size}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(text, width / 2, height / 2 + size * 0.05)
}
