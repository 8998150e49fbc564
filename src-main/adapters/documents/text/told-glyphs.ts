import type { Glyph } from 'fontkit'

/** Joins nothing, breaks nothing, shows nothing: the text of a glyph that adds no letter, such as an Arabic dot. */
export const nothing = 0x2060

/** A letter as it was written and as its font is asked for it, in code points. */
export interface Letter {
  readonly signs: readonly number[]
  readonly painted: readonly number[]
}

export const codePointsOf = (text: string): readonly number[] => Array.from(text, (sign) => sign.codePointAt(0) ?? 0)

/** A glyph and what a reader of the PDF is told it stands for. */
export interface ToldGlyph {
  readonly glyph: Glyph
  readonly text: readonly number[]
}

/** Gives each glyph its share of the letters it was set for. */
export function withTheirText(glyphs: readonly Glyph[], shown: readonly Letter[]): readonly ToldGlyph[] {
  const signs = shown.flatMap((letter) => letter.signs)
  if (glyphs.length === signs.length && glyphs.every((glyph, i) => glyph.codePoints[0] === signs[i])) {
    return glyphs.map((glyph, i) => ({ glyph, text: signs.slice(i, i + 1) }))
  }
  return groupedByLetters(glyphs, shown).flatMap((group) => dealtOut(group.glyphs, group.signs))
}

interface LetterGroup {
  readonly glyphs: Glyph[]
  /** What these glyphs show together. */
  readonly signs: number[]
}

/** Glyphs by the letters they came from; letters that share a glyph make one group. */
function groupedByLetters(glyphs: readonly Glyph[], shown: readonly Letter[]): readonly LetterGroup[] {
  const groups: LetterGroup[] = []
  let waiting: readonly number[] = []
  let next = 0
  for (const glyph of glyphs) {
    const ahead = [...waiting, ...(shown[next]?.painted ?? [])]
    const isPart = groups.length > 0 && !glyph.codePoints.some((sign) => ahead.includes(sign))
    if (!isPart && waiting.length === 0) groups.push({ glyphs: [], signs: [] })
    const group = groups.at(-1)
    group?.glyphs.push(glyph)
    if (isPart) continue
    while (next < shown.length && !glyph.codePoints.every((sign) => waiting.includes(sign))) {
      waiting = [...waiting, ...(shown[next]?.painted ?? [])]
      group?.signs.push(...(shown[next]?.signs ?? []))
      next++
    }
    waiting = without(waiting, glyph.codePoints)
  }
  groups.at(-1)?.signs.push(...shown.slice(next).flatMap((letter) => letter.signs))
  return groups
}

function without(signs: readonly number[], taken: readonly number[]): readonly number[] {
  const left = [...signs]
  for (const sign of taken) {
    const at = left.indexOf(sign)
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

/** One code point per glyph, what is left over to the last; letters with more glyphs than signs are taken apart. */
function dealtOut(glyphs: readonly Glyph[], text: readonly number[]): readonly ToldGlyph[] {
  const apart = codePointsOf(String.fromCodePoint(...text).normalize('NFKD'))
  const signs = text.length < glyphs.length && apart.length === glyphs.length ? apart : text
  return glyphs.map((glyph, i) => {
    const isLast = i === glyphs.length - 1
    const share = isLast ? signs.slice(i) : signs.slice(i, i + 1)
    return { glyph, text: share.length > 0 ? share : [nothing] }
  })
}
