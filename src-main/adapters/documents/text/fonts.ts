import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'

/** Every font by the name under which a document knows it; files lie in `resources/fonts`. */
const files = {
  base: 'NotoSans_400Regular.ttf',
  bold: 'NotoSans_700Bold.ttf',
  arabic: 'NotoSansArabic_400Regular.ttf',
  hebrew: 'NotoSansHebrew_400Regular.ttf',
  thai: 'NotoSansThai_400Regular.ttf',
  devanagari: 'NotoSansDevanagari_400Regular.ttf',
  japanese: 'NotoSansJP_400Regular.ttf',
  chinese: 'NotoSansSC_400Regular.ttf',
  korean: 'NotoSansKR_400Regular.ttf',
} as const

export type FontName = keyof typeof files

/** Fonts are read when first needed and kept: the Chinese one alone is 10 MB. */
export interface FontShelf {
  font(name: FontName): Font
  covers(name: FontName, codePoint: number): boolean
}

/** @param folder where the files of `resources/fonts` lie */
export function openFontShelf(folder: string): FontShelf {
  const opened = new Map<FontName, Font>()
  const font = (name: FontName): Font => {
    const known = opened.get(name)
    if (known) return known
    const made = create(readFileSync(join(folder, files[name])))
    opened.set(name, made)
    return made
  }
  return { font, covers: (name, codePoint) => font(name).hasGlyphForCodePoint(codePoint) }
}
