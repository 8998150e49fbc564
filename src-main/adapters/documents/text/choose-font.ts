import { letters } from './break-points.ts'
import type { FontName, FontShelf } from './fonts.ts'

/** A stretch of text in one font, in logical order. */
export interface FontRun {
  readonly text: string
  readonly font: FontName
  /** The style is bold and the font is not: to be drawn with a thicker line. */
  readonly isThickened: boolean
}

export interface FontChoice {
  readonly isBold: boolean
  /** Fonts with Han in the order in which they are asked: see `hanFonts`. */
  readonly han: readonly FontName[]
}

const hasKana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const hasHangul = /\p{Script=Hangul}/u
const hasBopomofo = /\p{Script=Bopomofo}/u
const isTraditional = /^zh-(?:.*-)?(?:hant|tw|hk|mo)\b/i
/** What both Latin fonts have for certain; most of what is printed. */
const isPlainLatin = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u017f\u2013\u2014]+$/
/** Signs of no script of their own: they stay in the font of what stands before them. */
const isCommon = /^[\p{Script=Common}\p{Script=Inherited}]+$/u
/** An opening bracket belongs to what it holds, so that it has the shape of the closing one. */
const isOpening = /^[\p{Ps}\p{Pi}]$/u
/** Shown in colour elsewhere; here as line drawings. Sequences count as one sign. */
const isEmoji = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Emoji}\ufe0f)/v
const isIgnorable = /^\p{Default_Ignorable_Code_Point}$/u
/** Has no meaning but a private one: a font's own drawing there would be a guess. */
const isPrivate = /\p{Co}/u
/** Chooses between text and picture, or tags a flag: says nothing to other fonts. */
const isOnlyForEmoji = /[\ufe0e\ufe0f\u{e0000}-\u{e007f}]/gu
/** Steers direction and joins nothing: has done its work once levels are known. */
const isSteering = /\p{Bidi_Control}/gu

const scriptFonts: readonly (readonly [RegExp, FontName])[] = [
  [/\p{Script=Arabic}/u, 'arabic'],
  [/\p{Script=Hebrew}/u, 'hebrew'],
  [/\p{Script=Thai}/u, 'thai'],
  [/\p{Script=Devanagari}/u, 'devanagari'],
  [hasKana, 'japanese'],
  [hasHangul, 'korean'],
  [hasBopomofo, 'traditional'],
]

/**
 * Which forms Han is printed in: kana in the same text make it Japanese, Hangul Korean, Bopomofo traditional Chinese;
 * otherwise the locale decides, and Japanese forms where that says nothing.
 */
export function hanFonts(text: string, locale: string): readonly FontName[] {
  if (hasKana.test(text)) return ['japanese', 'simplified', 'traditional', 'korean']
  if (hasHangul.test(text) || locale.startsWith('ko')) return ['korean', 'japanese', 'traditional', 'simplified']
  if (hasBopomofo.test(text) || isTraditional.test(locale)) return ['traditional', 'simplified', 'japanese', 'korean']
  if (locale.startsWith('zh')) return ['simplified', 'traditional', 'japanese', 'korean']
  return ['japanese', 'simplified', 'traditional', 'korean']
}

/**
 * Splits text into runs that one font each can set. A letter and its marks stay in one font. Text that
 * `withNamedSigns` has seen is set completely; invisible signs without a letter are left out.
 */
export function splitByFont(shelf: FontShelf, text: string, choice: FontChoice): readonly FontRun[] {
  if (isPlainLatin.test(text)) return [{ text, font: choice.isBold ? 'bold' : 'base', isThickened: false }]
  const order = fontOrder(choice)
  const runs: { text: string; font: FontName }[] = []
  const all = letters(text.replace(isSteering, ''))
  for (const [i, letter] of all.entries()) {
    const last = runs.at(-1)
    const inside = isOpening.test(letter) ? all.slice(i + 1).find((other) => !isCommon.test(other)) : undefined
    const current = inside === undefined ? last?.font : fontFor(shelf, inside, { order, current: undefined })
    const font = fontFor(shelf, letter, { order, current })
    if (font === undefined) continue
    const shown = font === 'emoji' ? letter : letter.replace(isOnlyForEmoji, '')
    if (last && last.font === font) last.text += shown
    else runs.push({ text: shown, font })
  }
  return runs.map((run) => ({ ...run, isThickened: choice.isBold && run.font !== 'bold' && run.font !== 'emoji' }))
}

const fontOrder = ({ isBold, han }: FontChoice): readonly FontName[] => [
  ...(isBold ? (['bold', 'base'] as const) : (['base'] as const)), // literals: font names
  ...han,
  'arabic',
  'hebrew',
  'thai',
  'devanagari',
  'emoji',
]

/** The font for one letter with its marks; undefined when none has all of it, or nothing of it shows. */
export function fontFor(
  shelf: FontShelf,
  letter: string,
  choice: { order: readonly FontName[]; current: FontName | undefined },
): FontName | undefined {
  const shown = Array.from(letter).filter((sign) => !isIgnorable.test(sign))
  if (shown.length === 0 || isPrivate.test(letter)) return undefined
  const covers = (font: FontName): boolean => shown.every((sign) => shelf.covers(font, sign.codePointAt(0) ?? 0))
  const { order, current } = choice
  if (isEmoji.test(letter) && covers('emoji')) return 'emoji'
  if (current !== undefined && current !== 'emoji' && isCommon.test(letter) && covers(current)) return current
  const own = scriptFonts.find(([script]) => script.test(letter))?.[1]
  return [...(own ? [own] : []), ...order].find(covers)
}

/** True when some font can set the letter with all its marks, or nothing of it would show anyway. */
export function isPrintable(shelf: FontShelf, letter: string): boolean {
  if (Array.from(letter).every((sign) => isIgnorable.test(sign))) return true
  return fontFor(shelf, letter, { order: everyFont, current: undefined }) !== undefined
}

const everyFont = fontOrder({ isBold: false, han: hanFonts('', '') })
