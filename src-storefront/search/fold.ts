import { commonShape } from './han-variants.ts'

/** Letters that no decomposition knows, each as most people type it who do not have it. */
const plain: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ł', 'l'],
  ['ı', 'i'],
  ['ς', 'σ'],
  ['ة', 'ه'],
  ['ى', 'ي'],
  ['ی', 'ي'],
  ['ک', 'ك'],
  ['ـ', ''],
])

const katakana = /[ァ-ヶ]/g
/** How far hiragana lie below katakana in Unicode. */
const kanaDistance = 0x60
const han = /\p{Script=Han}/gu
/** Every mark but the two that make another kana of a kana. */
const marks = /(?![\u3099\u309a])\p{M}/gu

const ascii = /^[ -~]*$/

/**
 * Text as it is compared: compatibility forms joined (width, ligatures), no case, no accents, katakana as hiragana,
 * shapes of Han signs as one. Two texts a customer takes for the same word have the same fold.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replaceAll(marks, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[ßæœøđðþłıςةىیکـ]/g, (sign) => plain.get(sign) ?? sign)
    .replaceAll(katakana, (sign) => String.fromCharCode(sign.charCodeAt(0) - kanaDistance))
    .replaceAll(han, (sign) => commonShape.get(sign) ?? sign)
}
