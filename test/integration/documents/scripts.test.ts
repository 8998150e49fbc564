import { readFileSync } from 'node:fs'
import type { Font } from 'fontkit'
import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import { unbrokenPieces } from '../../../src-main/adapters/documents/text/break-points.ts'
import { hanFonts, splitByFont } from '../../../src-main/adapters/documents/text/choose-font.ts'
import { openFontShelf, type FontName } from '../../../src-main/adapters/documents/text/fonts.ts'
import { withNamedSigns } from '../../../src-main/adapters/documents/text/named-signs.ts'
import { isolated, plainText } from '../../../src-main/adapters/documents/text/plain-text.ts'
import { rightToLeft } from '../../../src-main/adapters/documents/text/remembering-font.ts'
import { inVisualOrder, paragraphOf } from '../../../src-main/adapters/documents/text/visual-runs.ts'
import { openPaper, paintText } from '../../../src-main/adapters/documents/pdf/open-paper.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import { namesByScript } from '../../fixtures/documents/names-by-script.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'
import { printed } from './printed-page.ts'

const fontsFolder = 'resources/fonts'
const documents = createDocuments({ fontsFolder })
const shelf = openFontShelf(fontsFolder)

const pitch = 40

/** Each text on a line of its own, far enough from the next for every mark; the rest of the paper is empty. */
async function linesOf(
  texts: readonly string[],
  options: { locale?: string; isBold?: boolean } = {},
): Promise<Uint8Array> {
  const { locale = 'en', isBold = false } = options
  const paper = openPaper({ shelf, size: [800, pitch * (texts.length + 1)], title: 'lines', locale, issuedAt: 0 })
  for (const [i, text] of texts.entries()) paintText(paper, text, { x: 20, y: pitch * (i + 1), size: 11, isBold })
  return paper.finish()
}

async function readLines(
  texts: readonly string[],
  options: { locale?: string; isBold?: boolean } = {},
): Promise<readonly string[]> {
  const { pages } = await printed(await linesOf(texts, options))
  return texts.map((text, i) => {
    const parts = pages[0]!.texts.filter((one) => Math.abs(one.baseline - pitch * (i + 1)) < pitch / 2)
    const isRightToLeft = paragraphOf(text).direction === 'rtl'
    return parts
      .toSorted((a, b) => (isRightToLeft ? b.left - a.left : a.left - b.left))
      .map((one) => one.text)
      .join('')
  })
}

/** What remains when compositions are undone and what cannot be seen is left out. */
const seen = (text: string): string => {
  const together = text.replace(/[\s\p{Cf}\ufe0f\u{e0100}]/gu, '')
  return together.normalize('NFKC').replace(/\s/gu, '')
}

/** The number of `.notdef`, the empty box, in every font. */
const missing = 0
const localeOf: { readonly [script: string]: string } = {
  'Simplified Chinese': 'zh-CN',
  'Traditional Chinese': 'zh-Hant',
}

const measuring = openPaper({ shelf, size: [800, 40], title: 'measuring', locale: 'en', issuedAt: 0 }).text

interface PaintedRun {
  readonly font: FontName
  readonly run: string
  readonly isRightToLeft: boolean
  readonly ids: readonly number[]
}

/** Every glyph of a text with its font, from left to right, as it is painted. */
function glyphsOf(text: string, isBold: boolean): readonly PaintedRun[] {
  return measuring.line(text, { size: 10, isBold }).pieces.map(({ font, text: run, isRightToLeft }) => ({
    font,
    run,
    isRightToLeft,
    ids: shelf
      .font(font)
      .layout(run, isRightToLeft ? [rightToLeft] : [])
      .glyphs.map((glyph) => glyph.id % 0x1_0000),
  }))
}

describe.each(Object.entries(namesByScript))('%s', (script, names) => {
  const isMixed = script.endsWith('mixed')

  // A program that reads a PDF guesses where directions change: of mixed lines only the signs themselves are compared,
  // their order on paper by glyphs, below.
  const compared = (text: string): string => (isMixed ? [...seen(text)].toSorted().join('') : seen(text))

  test.each([false, true])('comes out of the PDF as it went in (bold: %s)', async (isBold) => {
    // A paper each: pdf.js gives a mark that a line begins with to the line before.
    const read: string[] = []
    for (const name of names) read.push(...(await readLines([name], { locale: localeOf[script] ?? 'en', isBold })))
    expect(read.map(compared)).toEqual(names.map(compared))
  })

  test.each([false, true])('has a glyph for every sign (bold: %s)', (isBold) => {
    const printable = names.map((name) => withNamedSigns(shelf, plainText(name)))
    expect(printable.flatMap((name) => name.missing)).toEqual([])
    expect(printable.flatMap(({ text }) => glyphsOf(text, isBold)).filter(({ ids }) => ids.includes(missing))).toEqual(
      [],
    )
  })

  test('is shaped as its font wants it', () => {
    // Thai is put in order before it is shaped; see HarfBuzz below.
    for (const name of script === 'Thai' ? [] : names) {
      for (const { font, run, isRightToLeft, ids } of glyphsOf(withNamedSigns(shelf, name).text, false)) {
        const words = run
          .split(/(?<= )/)
          .map((word) =>
            wholeFont(font).layout(
              isRightToLeft ? turned(word) : word,
              [],
              undefined,
              undefined,
              isRightToLeft ? 'rtl' : 'ltr',
            ),
          )
        const expected = (isRightToLeft ? words.reverse() : words).flatMap((word) =>
          word.glyphs.map((glyph) => glyph.id),
        )
        // In any order: parts that are no letters are painted last.
        expect(ids.toSorted(), name).toEqual(expected.toSorted())
      }
    }
  })
})

const wholeFonts = new Map<string, Font>()
/** The font as fontkit opens it, without our part in between. */
function wholeFont(name: FontName): Font {
  const font = wholeFonts.get(name) ?? (Object.getPrototypeOf(shelf.font(name)) as Font) // what ours is made from
  wholeFonts.set(name, font)
  font._glyphs = {}
  return font
}
const turned = (word: string): string =>
  word.replace(/[()[\]]/g, (sign) => ({ '(': ')', ')': '(', '[': ']', ']': '[' })[sign] ?? sign)

/** Glyph numbers, rising, by font and word (`<` before one that runs to the left): what harfbuzzjs 1.6.4 chose for them. */
const harfbuzz = JSON.parse(readFileSync('test/fixtures/documents/harfbuzz-glyphs.json', 'utf8')) as {
  readonly [font in FontName]?: { readonly [word: string]: readonly number[] }
} // our own file, made with harfbuzzjs from names-by-script.ts

describe.each(Object.entries(harfbuzz))('%s has the glyphs that HarfBuzz chooses', (font, words) => {
  test.each(Object.entries(words))('%s', (word, expected) => {
    const isRightToLeft = word.startsWith('<')
    const run = shelf.font(font as FontName).layout(word.replace(/^</, ''), isRightToLeft ? [rightToLeft] : []) // a key of the table
    expect(run.glyphs.map((glyph) => glyph.id % 0x1_0000).toSorted((a, b) => a - b)).toEqual(expected)
  })
})

describe('shaping', () => {
  test('a mark that its font cannot place stops nothing', () => {
    expect(() => shelf.font('arabic').layout('مُحَمَّدٌ', [rightToLeft])).not.toThrow()
    expect(glyphsOf('رُزّ بسمتي عسلٌ صافٍ مِسْك', false).flatMap((run) => run.ids)).not.toContain(missing)
  })

  test('a form chosen by a selector is the one that is painted', () => {
    const [plain, chosen] = ['葛', '葛\u{e0100}'].map((text) => glyphsOf(text, false)[0]?.ids[0])
    expect(chosen).not.toBe(plain)
  })

  test('Greek, Cyrillic and Vietnamese are bold where bold is asked for, other scripts drawn thicker', () => {
    const fontOf = (text: string) => splitByFont(shelf, text, { isBold: true, han: hanFonts(text, 'en') })
    for (const text of ['Ελιές', 'Гречка', 'Nguyễn', 'Größe'])
      expect(fontOf(text).map((run) => run.font)).toEqual(['bold'])
    expect(fontOf('茶')).toEqual([{ text: '茶', font: 'japanese', isThickened: true }])
    expect(fontOf('شاي')[0]?.isThickened).toBe(true)
  })

  test('a Thai ring stands below the tone mark of sara am', () => {
    const glyphs = shelf
      .font('thai')
      .layout('น้ำ', [])
      .glyphs.map((glyph) => glyph.id % 0x1_0000)
    expect(glyphs).toEqual(
      wholeFont('thai')
        .layout('น\u0e4d\u0e49\u0e32', [])
        .glyphs.map((glyph) => glyph.id),
    )
  })

  test('a word looks the same whatever was set before it', () => {
    const idsIn = (one: typeof shelf) =>
      one
        .font('arabic')
        .layout('قهوة', [rightToLeft])
        .glyphs.map((glyph) => glyph.id % 0x1_0000)
    const fresh = idsIn(openFontShelf(fontsFolder))
    for (const word of ['مهم', 'له', 'هه', 'فقه']) shelf.font('arabic').layout(word, [rightToLeft])
    expect(idsIn(shelf)).toEqual(fresh)
  })

  test('jamo that join are one syllable', () => {
    expect(glyphsOf('\u1112\u1161\u11ab', false).flatMap((run) => run.ids)).toEqual(
      glyphsOf('한', false).flatMap((run) => run.ids),
    )
  })

  test('a Devanagari vowel that is written after its letter stands before it', () => {
    const [vowel, letter] = shelf.font('devanagari').layout('हि', []).glyphs
    expect([vowel?.codePoints, letter?.codePoints]).toEqual([[0x939], [0x93f]])
    expect(glyphsOf('हि', false)[0]?.ids[1]).toBe(glyphsOf('ह', false)[0]?.ids[0])
  })
})

describe('fonts', () => {
  test('Han follows kana, Hangul, Bopomofo or the locale', () => {
    const fontOf = (text: string, locale: string): string | undefined =>
      splitByFont(shelf, text, { isBold: false, han: hanFonts(text, locale) }).at(-1)?.font
    expect(fontOf('茶', 'en')).toBe('japanese')
    expect(fontOf('骨', 'zh-CN')).toBe('simplified')
    for (const locale of ['zh-TW', 'zh-Hant', 'zh-Hant-HK', 'zh-HK']) expect(fontOf('骨', locale)).toBe('traditional')
    expect(fontOf('茶', 'ko')).toBe('korean')
    expect(fontOf('お茶', 'zh-CN')).toBe('japanese')
    expect(fontOf('ㄅ茶', 'en')).toBe('traditional')
  })

  test('a line of a Japanese name without kana keeps Japanese forms', async () => {
    const paper = openPaper({ shelf, size: [300, 300], title: 'x', locale: 'zh-CN', issuedAt: 0 })
    const lines = paper.text.wrapped('お茶 骨董品', 40, { size: 12 })
    expect(lines.length).toBeGreaterThan(1)
    expect(new Set(lines.flatMap((line) => line.pieces.map((piece) => piece.font)))).toEqual(new Set(['japanese']))
    await paper.finish()
  })

  test('common signs stay in the font of the text before them', () => {
    const runs = splitByFont(shelf, '宇治 100 g (new)', { isBold: false, han: hanFonts('', 'en') })
    expect(runs.map((run) => [run.font, run.text])).toEqual([
      ['japanese', '宇治 100 '],
      ['base', 'g (new)'],
    ])
  })

  test('spaces and figures after an emoji are not set in its font', () => {
    const runs = splitByFont(shelf, '🎁 100', { isBold: false, han: hanFonts('', 'en') })
    expect(runs.map((run) => [run.font, run.text])).toEqual([
      ['emoji', '🎁'],
      ['base', ' 100'],
    ])
  })

  test('a letter and its marks stay in one font', () => {
    expect(glyphsOf('x\u0302\u0323 か\u309a', false).map(({ font, run }) => [font, run])).toEqual([
      ['base', 'x\u0323\u0302 '],
      ['japanese', 'か\u309a'],
    ])
  })
})

describe('what no font has', () => {
  test.each([
    ['a script without a font', 'ኢትዮጵያ', '[U+12A2][U+1275][U+12EE][U+1335][U+12EB]'],
    ['a private sign', 'A\ue000B', 'A[U+E000]B'],
    ['a private sign of a high plane', '\u{f0000}', '[U+F0000]'],
    ['a sign not yet assigned', 'x\u{1fbff}', 'x[U+1FBFF]'],
    ['a mark without a font on a letter', 'k\u{1d165}', 'k[U+1D165]'],
  ])('%s is named by its code point', async (_, text, expected) => {
    expect((await readLines([text])).map(seen)).toEqual([expected])
  })

  test.each([
    ['letters for mathematics', '𝕋𝕖𝕒', 'Tea'],
    ['half a surrogate pair', 'a\ud83cb', 'a\ufffdb'],
    ['invisible signs', 'left\u{e0041}right and \u200esoft\u00ad', 'leftrightandsoft'],
    ['a selector without a form', 'tea\ufe0e', 'tea'],
  ])('%s become what can be read', async (_, text, expected) => {
    expect((await readLines([text])).map((line) => line.replace(/[\s\p{Cf}]/gu, ''))).toEqual([expected])
  })

  test('towers of marks are cut to what stays within a line', () => {
    const { text } = withNamedSigns(shelf, plainText(`Z${'\u0301\u0300\u0308'.repeat(20)}algo`))
    expect(text.match(/\p{Mn}/gu)).toHaveLength(4)
  })

  test('names stand left to right in Hebrew text and keep their brackets', async () => {
    expect((await readLines(['שלום \ue000']))[0]).toContain('[U+E000]')
  })

  test('is told at the foot of a sheet', async () => {
    const selection = sampleSelection({ orders: 1 })
    const [tour] = selection.tours
    const stops = tour!.stops.map((stop) => ({ ...stop, name: 'Tea \ue123' }))
    const { pages } = await printed(await documents.pickSheet(selection, { ...tour!, stops }))
    expect(pages.at(-1)!.text).toContain('U+E123')
    expect(
      pages
        .at(-1)!
        .texts.filter((text) => text.text.includes('U+E123'))
        .some((text) => text.baseline > 780),
    ).toBe(true)
  })
})

/** What stands on the line from left to right, as a reader of glyphs sees it. */
const visually = (text: string): string =>
  glyphsOf(text, false)
    .map(({ font, run, isRightToLeft }) =>
      shelf
        .font(font)
        .layout(run, isRightToLeft ? [rightToLeft] : [])
        .glyphs.map((glyph) => String.fromCodePoint(...glyph.codePoints))
        .join(''),
    )
    .join('')
    .replace(/\p{Cf}/gu, '')

describe('direction', () => {
  test.each([
    ['figures keep their order at the left of Hebrew', 'שלום 123', '123 םולש'],
    ['Arabic figures run to the right as well', 'شاي ١٢٣ و 456', '456 و ١٢٣ ياش'],
    ['Latin inside Hebrew', 'קפה [Espresso] 3%', '3% ]Espresso[ הפק'],
    ['a telephone number in Hebrew', 'טלפון 03-555 1234', '1234 03-555 ןופלט'],
    ['Hebrew inside Latin', 'Tea שלום (A)', 'Tea םולש (A)'],
    ['brackets around Hebrew', '(שלום)', ')םולש('],
  ])('%s', (_, text, expected) => {
    expect(visually(text)).toBe(expected)
  })

  test('brackets in right-to-left text are painted mirrored and read as written', () => {
    const [opening] = glyphsOf('שלום (', false).flatMap((run) => run.ids)
    expect(opening).toBe(wholeFont('hebrew').layout(')', []).glyphs[0]?.id)
  })

  test('a name put into a line of ours turns nothing but itself', () => {
    expect(visually(`3 × ${isolated('שלום')} (A)`)).toBe('3 × םולש (A)')
    expect(visually(`3 × ${isolated('שלום (4)')}, 5`)).toBe('3 × )4( םולש, 5')
  })

  test.each(['\u202e', '\u202d', '\u2067', '\u2066', '\u2069\u202e', '\u2068\u202e', '\u061c\u202b'])(
    'a name with steering signs (%j) cannot turn the line',
    (attack) => {
      expect(visually(`2 × ${isolated(`${attack}gpj.exe${attack}`)} (231-07A)`)).toBe('2 × gpj.exe (231-07A)')
      expect(visually(`${attack}231-07${attack}`)).toBe('231-07')
    },
  )

  test('left-to-right text comes back as one run', () => {
    expect(inVisualOrder(paragraphOf('Tea (green)'))).toEqual([{ text: 'Tea (green)', isRightToLeft: false }])
  })

  test('a line broken inside an isolate keeps its order', () => {
    const paragraph = paragraphOf(`1 × ${isolated('שלום עליכם')} end`)
    const from = paragraph.text.indexOf('עליכם')
    expect(inVisualOrder(paragraph, from).map((run) => run.isRightToLeft)).toEqual([true, false])
  })

  test('a Hebrew address line stands at the right side of its box', async () => {
    const plain: Recipient = { name: 'Jo', lines: ['רחוב הרצל 12'], postcode: '1', city: 'X', country: 'IL' }
    const delivery = sampleDelivery({ recipient: { plain } })
    const stop = delivery.routes[0]!.stops[0]!
    const { pages } = await printed(await documents.label(delivery, stop, stop.parcels[0]!))
    const street = pages[0]!.texts.filter((text) => /[\u0590-\u05ff]/.test(text.text))
    expect(street.length).toBeGreaterThan(0)
    expect(Math.min(...street.map((text) => text.left))).toBeGreaterThan(60)
  })
})

/** Letters only: reading order of marks, brackets and spaces is the reader's business. */
const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

describe('long names', () => {
  const room = { left: 30, right: 595 - 30, bottom: 842 - 30 }

  test.each([
    ['Latin words', 'An extraordinarily long product name with commas, '.repeat(10)],
    ['one Latin word', 'x'.repeat(500)],
    ['Japanese without spaces', '抹茶入り玄米茶の詰め合わせ'.repeat(39).slice(0, 500)],
    ['Thai without spaces', 'น้ำปลาร้าต้มสุกปรุงรส'.repeat(24).slice(0, 500)],
    ['Arabic', 'زعتر فلسطيني '.repeat(39)],
  ])('%s wrap inside the page and lose nothing', async (_, name) => {
    const selection = sampleSelection({ orders: 1 })
    const tour = selection.tours[0]!
    const stops = tour.stops.map((stop) => ({ ...stop, name }))
    const { pages, text } = await printed(await documents.pickSheet(selection, { ...tour, stops }))
    const placed = pages.flatMap((page) => page.texts).filter((one) => one.text.trim() !== '')
    expect(placed.filter((one) => one.left < room.left || one.left + one.width > room.right)).toEqual([])
    expect(placed.filter((one) => one.baseline > room.bottom)).toEqual([])
    expect(letters(text).length).toBeGreaterThanOrEqual(stops.length * letters(name).length)
  })

  test('lines break after hyphens and never before a closing sign', () => {
    expect(unbrokenPieces('Bio-Tee mit 100-g-Tüte', 'de')).toEqual(['Bio-', 'Tee ', 'mit ', '100-', 'g-', 'Tüte'])
    const pieces = unbrokenPieces('お茶、「宇治」。', 'ja')
    expect(pieces.join('')).toBe('お茶、「宇治」。')
    expect(pieces.filter((piece) => /^[、。」]/u.test(piece))).toEqual([])
    expect(pieces.filter((piece) => /「$/u.test(piece))).toEqual([])
  })
})
