import bidiFactory from 'bidi-js'

/** A stretch of one direction. Text is in logical order; where `isRightToLeft`, brackets are already mirrored. */
export interface DirectionRun {
  readonly text: string
  readonly isRightToLeft: boolean
}

const bidi = bidiFactory()
const hasRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\u200f\u202b\u202e\u2067]/u

/** The direction in which a paragraph starts, by its first strong sign (UAX 9, P2 and P3). */
export function baseDirection(text: string): 'ltr' | 'rtl' {
  if (!hasRightToLeft.test(text)) return 'ltr'
  return (bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr'
}

/**
 * One line's runs from left to right as they stand on paper: Unicode Bidirectional Algorithm (UAX 9), rules L2 and
 * L4 over the runs. Text without right-to-left signs comes back as one run.
 */
export function inVisualOrder(line: string, direction: 'ltr' | 'rtl'): readonly DirectionRun[] {
  if (direction === 'ltr' && !hasRightToLeft.test(line))
    return line === '' ? [] : [{ text: line, isRightToLeft: false }]
  const embedding = bidi.getEmbeddingLevels(line, direction)
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels)
  const runs: { text: string; level: number }[] = []
  for (let i = 0; i < line.length; i++) {
    const level = embedding.levels[i] ?? 0
    const sign = mirrored.get(i) ?? line.charAt(i)
    const last = runs.at(-1)
    if (last && last.level === level) last.text += sign
    else runs.push({ text: sign, level })
  }
  return reordered(runs).map(({ text, level }) => ({ text, isRightToLeft: level % 2 === 1 }))
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
