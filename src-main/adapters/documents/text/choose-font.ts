import { AppError } from '../../../kernel/errors.ts'
import type { FontName, FontShelf } from './fonts.ts'

/** A stretch of text in one font, in logical order. */
export interface FontRun {
  readonly text: string
  readonly font: FontName
}

const hasKana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const hasHangul = /\p{Script=Hangul}/u
/** Signs of no script of their own: they stay in the font of what stands before them. */
const isCommon = /[\p{Script=Common}\p{Script=Inherited}]/u
/** Invisible signs that may be left out where no font has them. */
const isIgnorable = /\p{Default_Ignorable_Code_Point}/u

const scriptFonts: readonly (readonly [RegExp, FontName])[] = [
  [/\p{Script=Arabic}/u, 'arabic'],
  [/\p{Script=Hebrew}/u, 'hebrew'],
  [/\p{Script=Thai}/u, 'thai'],
  [/\p{Script=Devanagari}/u, 'devanagari'],
  [hasKana, 'japanese'],
  [hasHangul, 'korean'],
]

/**
 * Splits text into runs that one font each can set. Han follows the language: kana in the same text make it Japanese,
 * Hangul Korean, otherwise the locale decides, and Japanese forms where that says nothing. Invisible signs that no
 * font has are left out. Throws ERR_FONT_MISSING_GLYPH with `codePoint` (`U+1F381`) and nothing else of the text.
 */
export function splitByFont(
  shelf: FontShelf,
  text: string,
  style: { isBold: boolean; locale: string },
): readonly FontRun[] {
  const order = fontOrder(text, style)
  const runs: { text: string; font: FontName }[] = []
  for (const sign of text) {
    const last = runs.at(-1)
    const font = fontFor(shelf, sign, { order, current: last?.font })
    if (font === undefined) continue
    if (last && last.font === font) last.text += sign
    else runs.push({ text: sign, font })
  }
  return runs
}

function fontOrder(text: string, style: { isBold: boolean; locale: string }): readonly FontName[] {
  const latin: readonly FontName[] = style.isBold ? ['bold', 'base'] : ['base']
  return [...latin, ...hanOrder(text, style.locale), 'arabic', 'hebrew', 'thai', 'devanagari']
}

function hanOrder(text: string, locale: string): readonly FontName[] {
  if (hasKana.test(text)) return ['japanese', 'chinese', 'korean']
  if (hasHangul.test(text) || locale.startsWith('ko')) return ['korean', 'japanese', 'chinese']
  return locale.startsWith('zh') ? ['chinese', 'japanese', 'korean'] : ['japanese', 'chinese', 'korean']
}

function fontFor(
  shelf: FontShelf,
  sign: string,
  choice: { order: readonly FontName[]; current: FontName | undefined },
): FontName | undefined {
  const codePoint = sign.codePointAt(0) ?? 0
  const { order, current } = choice
  if (current !== undefined && isCommon.test(sign) && shelf.covers(current, codePoint)) return current
  const own = scriptFonts.find(([script]) => script.test(sign))?.[1]
  const found = [...(own ? [own] : []), ...order].find((name) => shelf.covers(name, codePoint))
  if (found === undefined && !isIgnorable.test(sign)) {
    throw new AppError('ERR_FONT_MISSING_GLYPH', {
      codePoint: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`,
    })
  }
  return found
}
