import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { mendedFont } from './mended-font.ts'
import { rememberingFont } from './remembering-font.ts'

/** Every font by the name under which a document knows it; files lie in `resources/fonts`. */
const files = {
  base: 'NotoSans_400Regular.ttf',
  bold: 'NotoSans_700Bold.ttf',
  arabic: 'NotoSansArabic_400Regular.ttf',
  hebrew: 'NotoSansHebrew_400Regular.ttf',
  thai: 'NotoSansThai_400Regular.ttf',
  devanagari: 'NotoSansDevanagari_400Regular.ttf',
  japanese: 'NotoSansJP_400Regular.ttf',
  simplified: 'NotoSansSC_400Regular.ttf',
  traditional: 'NotoSansTC_400Regular.ttf',
  korean: 'NotoSansKR_400Regular.ttf',
  emoji: 'NotoEmoji_400Regular.ttf',
} as const

export type FontName = keyof typeof files

/**
 * Fonts are read when first needed and kept, with what was set in them: the Chinese ones alone are 10 and 7 MB, and a
 * wave's papers repeat each other's words.
 */
export interface FontShelf {
  font(name: FontName): Font
  covers(name: FontName, codePoint: number): boolean
  /** What `make` gave for the key the last time; forgotten when there is too much. */
  remembered<Value extends object>(key: string, make: () => Value): Value
}

/** Lines kept; about 30 MB at most. A 200-order wave has some 3,000. */
const mostRemembered = 20_000

/** @param folder where the files of `resources/fonts` lie */
export function openFontShelf(folder: string): FontShelf {
  const opened = new Map<FontName, Font>()
  const memory = new Map<string, object>()
  const font = (name: FontName): Font => {
    const known = opened.get(name)
    if (known) return known
    const made = rememberingFont(mendedFont(create(readFileSync(join(folder, files[name])))))
    opened.set(name, made)
    return made
  }
  const remembered = <Value extends object>(key: string, make: () => Value): Value => {
    const known = memory.get(key)
    if (known) return known as Value // each key's first word says who made it, so the kind is the maker's
    const made = make()
    if (memory.size >= mostRemembered) memory.clear()
    memory.set(key, made)
    return made
  }
  return { font, covers: (name, codePoint) => font(name).hasGlyphForCodePoint(codePoint), remembered }
}
