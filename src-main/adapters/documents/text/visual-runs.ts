import bidiFactory from 'bidi-js'

/** A stretch of one direction, in logical order. */
export interface DirectionRun {
  readonly text: string
  readonly isRightToLeft: boolean
}

export type Direction = 'ltr' | 'rtl'

/** A paragraph with the embedding level of each of its UTF-16 units (UAX 9); one direction: no levels. */
export interface Paragraph {
  readonly text: string
  readonly direction: Direction
  readonly levels: Uint8Array | undefined
}

const bidi = bidiFactory()
const hasRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\u200f\u202b\u202e\u2067]/u

/** Levels of a paragraph; its direction is that of its first strong sign (UAX 9, P2 and P3). Cost: linear. */
export function paragraphOf(text: string): Paragraph {
  if (!hasRightToLeft.test(text)) return { text, direction: 'ltr', levels: undefined }
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text)
  return { text, direction: (paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr', levels }
}

/**
 * The runs of a line of the paragraph, from left to right as they stand on paper: rule L2 over the levels that the
 * whole paragraph gave. Brackets are not mirrored yet.
 */
export function inVisualOrder(paragraph: Paragraph, from = 0, to = paragraph.text.length): readonly DirectionRun[] {
  const { text, levels } = paragraph
  if (from >= to) return []
  if (!levels) return [{ text: text.slice(from, to), isRightToLeft: false }]
  const runs: { text: string; level: number }[] = []
  for (let i = from; i < to; i++) {
    const level = levels[i] ?? 0
    const last = runs.at(-1)
    if (last && last.level === level) last.text += text.charAt(i)
    else runs.push({ text: text.charAt(i), level })
  }
  return reordered(runs).map((run) => ({ text: run.text, isRightToLeft: run.level % 2 === 1 }))
}

/** Rule L2: from the highest level down to the lowest odd one, turn round every stretch at that level or above. */
function reordered<Run extends { readonly level: number }>(runs: readonly Run[]): readonly Run[] {
  const order = [...runs]
  const highest = Math.max(0, ...runs.map((run) => run.level))
  for (let level = highest; level >= 1; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from
      while ((order[to]?.level ?? -1) >= level) to++
      if (to > from + 1) order.splice(from, to - from, ...order.slice(from, to).reverse())
      if (to > from) from = to
    }
  }
  return order
}
