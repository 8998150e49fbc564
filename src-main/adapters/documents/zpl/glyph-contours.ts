import type { Font } from 'fontkit'
import type { Contour } from './fill-contours.ts'

/** A glyph's outline as fontkit 2 gives it: font units, y up. */
interface PathCommand {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'
  readonly args: readonly number[]
}

interface OutlineFont extends Font {
  getGlyph(id: number): { readonly path: { readonly commands: readonly PathCommand[] } }
}

/** Straight pieces a curve is cut into: finer than a dot up to 60 pt at 300 dpi. */
const piecesPerCurve = 6
/** Above the range of glyph ids, a font says for which text a glyph stands; the outline is the same. */
const idRange = 0x1_0000

/**
 * The outlines of one glyph at a size of `scale` dots per font unit, its origin at `x, y` (the baseline) in dots.
 */
export function glyphContours(
  font: Font,
  glyphId: number,
  at: { readonly x: number; readonly y: number; readonly scale: number },
): readonly Contour[] {
  const { commands } = (font as OutlineFont).getGlyph(glyphId % idRange).path // fontkit's own method; its package has no types
  const contours: number[][] = []
  let [px, py] = [0, 0]
  const point = (x: number, y: number): void => void contours.at(-1)?.push(at.x + x * at.scale, at.y - y * at.scale)
  for (const { command, args } of commands) {
    if (command === 'closePath') continue
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args
    if (command === 'moveTo') contours.push([])
    if (command === 'quadraticCurveTo')
      curve([px, py], [[a, b], [c, d]], point) // prettier-ignore
    else if (command === 'bezierCurveTo')
      curve([px, py], [[a, b], [c, d], [e, f]], point) // prettier-ignore
    else point(a, b)
    ;[px = 0, py = 0] = args.slice(-2)
  }
  return contours
}

type XY = readonly [number, number]

/** Points along a curve without its start, by de Casteljau's rule. */
function curve(start: XY, rest: readonly XY[], point: (x: number, y: number) => void): void {
  for (let i = 1; i <= piecesPerCurve; i++) {
    const t = i / piecesPerCurve
    let points: readonly XY[] = [start, ...rest]
    while (points.length > 1) points = points.slice(1).map((to, k) => between(points[k] ?? to, to, t))
    const [end] = points
    if (end) point(...end)
  }
}

const between = (from: XY, to: XY, t: number): XY => [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
