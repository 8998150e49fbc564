import type { Line, TextStyle } from '../text/typesetter.ts'
import { letters } from '../text/break-points.ts'
import type { Paper } from './open-paper.ts'

const dots = ' ...'

/**
 * Text broken to a width, in so many lines at most: what does not fit is left out at the end, between letters, and three
 * dots say so. Cuts in reading order, so that right-to-left text loses its end and not its beginning.
 */
export function cutLines(paper: Paper, text: string, to: TextStyle & { width: number; most: number }): readonly Line[] {
  const whole = paper.text.wrapped(text, to.width, to)
  if (whole.length <= to.most) return whole
  if (to.most <= 0) return []
  const signs = letters(text)
  const cut = (count: number): readonly Line[] =>
    paper.text.wrapped(signs.slice(0, count).join('').trimEnd() + dots, to.width, to)
  let fits = 0
  let tooMany = signs.length
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1
    if (cut(middle).length <= to.most) fits = middle
    else tooMany = middle
  }
  return cut(fits).slice(0, to.most)
}
