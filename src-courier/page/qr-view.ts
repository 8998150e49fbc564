import { toSvg, type Drawing, type Shape } from '../../src-main/drawing/index.ts'
import { qrCode } from '../core/qr-code.ts'
import { svgFrom } from './svg.ts'

const quiet = 4

/** A text as a square code to be shown to a camera: always dark on light, whatever the page's colours are. */
export function qrView(text: string, title: string): Node | undefined {
  const squares = qrCode(text)
  if (!squares) return undefined
  const size = squares.length + 2 * quiet
  const shapes: Shape[] = squares.flatMap((line, y) => runsOf(line).map(([from, to]) => bar(from, to, y)))
  const drawing: Drawing = { width: size, height: size, title, shapes }
  const svg = svgFrom(toSvg(drawing))
  const box = document.createElement('div')
  box.className = 'code'
  box.append(svg)
  return box
}

const bar = (from: number, to: number, y: number): Shape => ({
  kind: 'polygon',
  points: [
    [from + quiet, y + quiet],
    [to + quiet, y + quiet],
    [to + quiet, y + 1 + quiet],
    [from + quiet, y + 1 + quiet],
  ],
  fill: 'ink',
})

/** Dark squares beside one another, as one bar each: [first, one past the last]. */
function runsOf(line: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  for (const [x, isDark] of line.entries()) {
    const last = runs.at(-1)
    if (isDark && last?.[1] === x) last[1] = x + 1
    else if (isDark) runs.push([x, x + 1])
  }
  return runs
}
