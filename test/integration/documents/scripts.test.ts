import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/index.ts'
import { unbrokenPieces } from '../../../src-main/adapters/documents/text/break-points.ts'
import { splitByFont } from '../../../src-main/adapters/documents/text/choose-font.ts'
import { openFontShelf } from '../../../src-main/adapters/documents/text/fonts.ts'
import { inVisualOrder } from '../../../src-main/adapters/documents/text/visual-runs.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../../fixtures/documents/sample-selection.ts'
import { printed } from './printed-page.ts'

const fontsFolder = 'resources/fonts'
const documents = createDocuments({ fontsFolder })
const shelf = openFontShelf(fontsFolder)
const style = { isBold: false, locale: 'en' }

async function slipWith(name: string, locale = 'en'): Promise<string> {
  const selection = sampleSelection({ orders: 1, locale })
  const order = selection.orders[0]!
  const packages = order.packages.map((parcel) => ({
    ...parcel,
    contents: parcel.contents.map((content) => ({ ...content, name })),
  }))
  return (await printed(await documents.packingSlip(selection, { ...order, packages }))).text
}

/** The number of `.notdef`, the empty box, in every font. */
const missing = 0

/** Letters only: reading order of marks, brackets and spaces is the reader's business. */
const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

describe('every script is printed', () => {
  test.each([
    ['Latin', 'Smørrebrød, Čokoláda, İncir, Ğ'],
    ['Vietnamese', 'Đậu phụ, bánh tráng nướng'],
    ['Greek', 'Ελιές Καλαμών'],
    ['Cyrillic', 'Гречневая крупа, їжа'],
    ['Japanese', '抹茶チョコレート、京都の「宇治」産'],
    ['Chinese', '龙井茶(特级)'],
    ['Korean', '고추장 양념'],
    ['Thai', 'น้ำปลาร้า'],
    ['Devanagari', 'मसाला'],
    ['Hebrew', 'טחינה גולמית'],
    ['Arabic', 'زعتر'],
    ['signs', '5 × 20 µm ± 3 % · €12 – “fine” №4 … ½'],
  ])('%s', async (script, name) => {
    const text = await slipWith(name)
    // Where a font builds a letter from parts, a reader finds the parts: there only the shapes can be compared.
    if (!['Thai', 'Arabic', 'Vietnamese'].includes(script)) expect(letters(text)).toContain(letters(name))
    const glyphs = splitByFont(shelf, name, style).flatMap(({ font, text: run }) => shelf.font(font).layout(run).glyphs)
    expect(glyphs.length).toBeGreaterThan(name.length / 2)
    expect(glyphs.filter((glyph) => glyph.id === missing)).toEqual([])
  })
})

describe('fonts', () => {
  test('Han follows kana, Hangul or the locale', () => {
    const fontOf = (text: string, locale: string): string | undefined =>
      splitByFont(shelf, text, { isBold: false, locale }).at(-1)?.font
    expect(fontOf('茶', 'en')).toBe('japanese')
    expect(fontOf('茶', 'zh-CN')).toBe('chinese')
    expect(fontOf('茶', 'ko')).toBe('korean')
    expect(fontOf('お茶', 'zh-CN')).toBe('japanese')
  })

  test('common signs stay in the font of the text before them', () => {
    const runs = splitByFont(shelf, '宇治 100 g (new)', style)
    expect(runs.map((run) => [run.font, run.text])).toEqual([
      ['japanese', '宇治 100 '],
      ['base', 'g (new)'],
    ])
  })

  test('a sign that no font has is named by code point, and nothing else of the text', async () => {
    const failing = slipWith('Secret \u{1F381} gift')
    await expect(failing).rejects.toMatchObject({ code: 'ERR_FONT_MISSING_GLYPH', details: { codePoint: 'U+1F381' } })
    await expect(failing).rejects.not.toThrow(/Secret|gift/)
  })

  test('invisible signs that no font has are left out', async () => {
    expect(letters(await slipWith('left\u{e0041}right and \u200esoft'))).toContain('leftrightandsoft')
  })
})

describe('direction', () => {
  test('figures inside right-to-left text keep their order and stand at its left', () => {
    const runs = inVisualOrder('שלום 123', 'rtl')
    expect(runs.map((run) => run.text.trim())).toEqual(['123', 'שלום'])
  })

  test('brackets in right-to-left text are mirrored', () => {
    expect(
      inVisualOrder('(שלום)', 'rtl')
        .map((run) => run.text)
        .join(''),
    ).toBe(')שלום(')
  })

  test('left-to-right text comes back as one run', () => {
    expect(inVisualOrder('Tea (green)', 'ltr')).toEqual([{ text: 'Tea (green)', isRightToLeft: false }])
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
