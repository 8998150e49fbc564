import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openPaper } from '../../../../src-main/adapters/documents/pdf/open-paper.ts'
import { letters, unbrokenPieces } from '../../../../src-main/adapters/documents/text/break-points.ts'
import { openFontShelf } from '../../../../src-main/adapters/documents/text/fonts.ts'
import { isolated, plainText } from '../../../../src-main/adapters/documents/text/plain-text.ts'
import { rightToLeft } from '../../../../src-main/adapters/documents/text/remembering-font.ts'
import type { Line } from '../../../../src-main/adapters/documents/text/typesetter.ts'

const shelf = openFontShelf('resources/fonts')
const { text: typesetter } = openPaper({ shelf, size: [600, 600], title: 'test', locale: 'en', issuedAt: 0 })
const seed = 20_261_122

/** Signs a shop meets, and some it should never meet: scripts, marks, steering, pictures, halves, private, unassigned. */
const signs = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'abz ÄßŁğ019-/(),.%') },
  { weight: 2, arbitrary: fc.constantFrom(...'אבגשלוםزعترلاهيん茶龙灣한Ж Ωน้ำक्षिर्') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\u200d', '\u200c', '\u200e', '\u200f', '\u061c', '\u202e', '\u2067', '\u2069'),
  },
  { weight: 1, arbitrary: fc.constantFrom('🎁', '👩‍👩‍👧', '🇩🇪', '1️⃣', '\ufe0f', '\u0301', '\u0e33', '\u00ad', '\u200b') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\ud83c', '\udf81', '\ue000', '\u{f0000}', '\u{1fbff}', 'ኢ', '\0', '\n', '\ufeff'),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 0x10_ffff }).map((code) => String.fromCodePoint(code)) },
)
const texts = fc.array(signs, { maxLength: 40 }).map((all) => all.join(''))

const glyphIds = (line: Line): readonly number[] =>
  line.pieces.flatMap(({ text, font, isRightToLeft }) =>
    shelf
      .font(font)
      .layout(text, isRightToLeft ? [rightToLeft] : [])
      .glyphs.map((glyph) => glyph.id % 0x1_0000),
  )

describe('any text', () => {
  test('is set without an empty box and without an error, in both weights', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, isBold) => {
        const line = typesetter.line(text, { size: 10, isBold })
        expect(glyphIds(line)).not.toContain(0)
        expect(Number.isFinite(line.width)).toBe(true)
      }),
      { seed, numRuns: 1500 },
    )
  })

  test('broken to a width fits it, if its letters do', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 60, max: 200 }), (text, width) => {
        const lines = typesetter.wrapped(text, width, { size: 10 })
        expect(lines.filter((line) => line.width > width + 0.01 && letters(line.pieces.map((piece) => piece.text).join('')).length > 1)).toEqual([]) // prettier-ignore
      }),
      { seed, numRuns: 600 },
    )
  })

  test('broken to lines has lost and doubled nothing but spaces', () => {
    const shown = (line: Line): string => line.pieces.map((piece) => piece.text).join('')
    const sorted = (text: string): string => [...text.replace(/\s/g, '')].toSorted().join('')
    fc.assert(
      fc.property(texts, fc.integer({ min: 60, max: 200 }), (text, width) => {
        const whole = sorted(shown(typesetter.line(text, { size: 10 })))
        expect(sorted(typesetter.wrapped(text, width, { size: 10 }).map(shown).join(''))).toBe(whole)
      }),
      { seed, numRuns: 600 },
    )
  })

  test('made plain is plain', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(plainText(plainText(text))).toBe(plainText(text))
        expect(plainText(text)).not.toMatch(/[\u202a-\u202e\u2066\u2067]|\p{Cc}|\p{Cs}/u)
      }),
      { seed, numRuns: 1500 },
    )
  })

  test('put into a line of ours leaves what stands around it where it was', () => {
    fc.assert(
      fc.property(texts, (name) => {
        const { pieces } = typesetter.line(`A1 × ${isolated(name)} (Z9)`, { size: 10 })
        expect(pieces.map((piece) => piece.text).join('')).toMatch(/^A1 ×.*\(Z9\)$/su)
      }),
      { seed, numRuns: 1500 },
    )
  })

  test('cut into pieces that stay together is whole when they are joined', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(unbrokenPieces(plainText(text), 'th').join('')).toBe(plainText(text))
      }),
      { seed, numRuns: 1500 },
    )
  })
})

/** Letters and marks of one script each, to be thrown together as no language does. */
const scripts = [
  'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئگچپژکی\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u200c\u200d',
  'אבגדהוזחטיכלמנסעפצקרשתךםןףץ\u05b0\u05b4\u05b7\u05b8\u05bc\u05c1\u05c2\u0591',
  'กขคงจชญฎฐดตทนปผฝพฟมยรลวสหอะาำเแโใไ\u0e31\u0e34\u0e35\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4b\u0e4c',
  'कखगजझञटठडदधनपबभमयरलवशषसह\u093c\u093e\u093f\u0940\u0941\u0943\u0947\u0948\u094c\u094d\u094d\u0902\u0903\u200d\u200c',
  'aeioucdnsAEIOU\u0300\u0301\u0302\u0308\u0323\u0327\u031b\u030a\u0361\u0335',
]

test.each(scripts)('letters and marks in any order stop no paper: %s', (all) => {
  const words = fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 9 }).map((word) => word.join(''))
  fc.assert(
    fc.property(words, (word) => {
      expect(glyphIds(typesetter.line(word, { size: 10 }))).not.toContain(0)
    }),
    { seed, numRuns: 500 },
  )
})

describe('lines end', () => {
  test('between Thai words, which have no spaces', () => {
    expect(unbrokenPieces('น้ำปลาร้าต้มสุกปรุงรส', 'en').length).toBeGreaterThan(3)
  })

  test('never at a space that keeps words together', () => {
    expect(unbrokenPieces('2,40\u00a0kg Tee', 'fr')).toEqual(['2,40\u00a0kg ', 'Tee'])
  })

  test('after hyphens, slashes and underscores of long codes', () => {
    expect(unbrokenPieces('ABC-12_X/9', 'en')).toEqual(['ABC-', '12_', 'X/', '9'])
  })
})

describe('the shelf', () => {
  test('keeps what was set, and forgets all of it rather than grow without end', () => {
    const small = openFontShelf('resources/fonts')
    let made = 0
    const ask = (key: string) => small.remembered(key, () => ({ number: ++made }))
    expect(ask('a')).toBe(ask('a'))
    for (let i = 0; i < 20_000; i++) ask(`key ${i}`)
    expect(ask('a').number).toBeGreaterThan(20_000)
  })
})
