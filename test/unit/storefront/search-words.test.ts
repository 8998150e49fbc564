import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginningOf, editDistance, withComparison } from '../../../src-storefront/search/edit-distance.ts'
import { fold } from '../../../src-storefront/search/fold.ts'
import { recent } from '../../../src-storefront/search/recent.ts'
import { inLatin, withDigraphs } from '../../../src-storefront/search/spellings.ts'
import { stem } from '../../../src-storefront/search/stem.ts'
import { readThesaurus, thesaurus } from '../../../src-storefront/search/thesaurus.ts'
import { tokensOf } from '../../../src-storefront/search/tokens.ts'
import { topOf } from '../../../src-storefront/search/top.ts'
import { vocabulary } from '../../../src-storefront/search/vocabulary.ts'

const texts = (text: string): readonly string[] => tokensOf(text).map((token) => token.text)

describe('cutting a text', () => {
  test.each([
    ['500g', '500 g'],
    ['0,75 l', '750ml'],
    ['1 kg', '1000 Gramm'],
    ['one litre', '1l'],
    ['half litre', '500 ml'],
    ['24cm', '240 mm'],
    ['10,000 mAh', '10000mah'],
    ['10.000 mAh', '10 Ah'],
    ['3,5 %', '3.5%'],
    ['4 x 40', '4x40'],
    ['2.8 × 65', '2.8x65'],
    ['500グラム', '500g'],
  ])('%j and %j are the same measure', (a, b) => {
    expect(tokensOf(a)[0]).toMatchObject({ kind: 'measure' })
    expect(texts(a)).toEqual(texts(b))
  })

  test.each([
    ["Chef's knife", ['chefs', 'knife']],
    ['Sushi rice こしひかり', ['sushi', 'rice', 'こしひかり']],
    ['手袋(大)2組', ['手袋', '大', '2', '組']],
    ['T-shirt', ['t', 'shirt']],
    ['ＬＥＤ　ｂｕｌｂ', ['led', 'bulb']],
    ['type 550', ['type', '550']],
    ['', []],
    ['-- , .', []],
  ])('%j is cut into %j', (text, words) => {
    expect(texts(text)).toEqual(words)
  })

  test('a word knows its other spellings', () => {
    expect(tokensOf('Käse')[0]?.also).toEqual(['kaese'])
    expect(tokensOf('six')[0]?.also).toEqual(['6'])
    expect(tokensOf('コシヒカリ')[0]?.also).toEqual(['koshihikari'])
    expect(withDigraphs('maß')).toBeUndefined()
    expect(inLatin('きょう')).toBe('kyou')
    expect(inLatin('しょっぱい')).toBe('shoppai')
    expect(inLatin('пельмени')).toBe('pelmeni')
    expect(inLatin('醤油')).toBeUndefined()
  })
})

describe('stems', () => {
  test.each([
    ['knives', 'knife'],
    ['tumblers', 'tumbler'],
    ['brushes', 'brush'],
    ['glasses', 'glass'],
    ['berries', 'berry'],
    ['boxes', 'box'],
    ['shelves', 'shelf'],
    ['glaser', 'glas'],
    ['handtucher', 'handtuch'],
    ['kerzen', 'kerze'],
    ['batterien', 'batterie'],
    ['messern', 'messer'],
  ])('%s and %s have one stem', (a, b) => {
    expect(stem(a)).toBe(stem(b))
  })

  test.each([
    ['glass', 'glas'],
    ['gas', 'glass'],
    ['cup', 'cap'],
    ['5000', '500'],
  ])('%s and %s do not', (a, b) => {
    expect(stem(a)).not.toBe(stem(b))
  })
})

/** The same by the table of Wagner and Fischer (1974), with swaps. */
function tableDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => Math.max(i, j) * Number(i === 0 || j === 0))) // prettier-ignore
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const ways = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1])]
      const row = rows[i]
      if (row) row[j] = Math.min(...ways, isSwap ? at(i - 2, j - 2) + 1 : Infinity)
    }
  }
  return at(a.length, b.length)
}

describe('mistakes between words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ж'), maxLength: 12 })

  test('are counted as the table counts them', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(tableDistance(a, b))
      }),
      { seed: 11, numRuns: 400 },
    )
  })

  test('to the best beginning are the fewest to any beginning', () => {
    fc.assert(
      fc.property(
        word.filter((a) => a !== ''),
        word,
        (a, b) => {
          const all = Array.from({ length: b.length + 1 }, (_, end) => tableDistance(a, b.slice(0, end)))
          expect(withComparison(a, (nearnessOf) => beginningOf(nearnessOf(b)))).toBe(Math.min(...all))
        },
      ),
      { seed: 12, numRuns: 200 },
    )
  })

  test('are found by the vocabulary as by comparing every word', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        word.filter((a) => a !== ''),
        fc.constantFrom(1, 2),
        (terms, asked, limit) => {
          // prettier-ignore
          const words = vocabulary()
          for (const term of terms) words.take(term, term)
          const near = words.near(asked, limit, false).map(({ term }) => words.text(term))
          const expected = [...new Set(terms)].filter((term) => tableDistance(asked, term) <= limit)
          expect([...near].sort()).toEqual(expected.sort())
        },
      ),
      { seed: 13, numRuns: 200 },
    )
  })
})

describe('the vocabulary', () => {
  const words = vocabulary()
  for (const term of ['kaffee', 'kaffeefilter', 'filter', 'gr0101', 'tee', 'wasserfilter']) words.take(term, term)
  const named = (terms: readonly number[]): readonly string[] => terms.map((term) => words.text(term))

  test('finds every word that holds a part, once, and every word that begins with it', () => {
    expect(named(words.containing('filter'))).toEqual(['kaffeefilter', 'filter', 'wasserfilter'])
    expect(named(words.containing('ee'))).toEqual(['kaffee', 'kaffeefilter', 'tee'])
    expect(named(words.beginningWith('kaff'))).toEqual(['kaffee', 'kaffeefilter'])
    expect(named(words.beginningWith('gr01'))).toEqual(['gr0101'])
    expect(named(words.containing('zzz'))).toEqual([])
  })

  test('gives a word one number, whoever asks', () => {
    expect(words.take('tee', 'Tee')).toBe(words.find('tee'))
    expect(words.size).toBe(6)
  })
})

describe('the thesaurus', () => {
  test('leads from every word of a line to every other, in any spelling', () => {
    const small = readThesaurus('en,de,ja\nolive,Olive,オリーブ\noil,Öl,油\nvacuum cleaner,Staubsauger,\n')
    expect(small.find('ol')).toEqual([['oil'], ['油']])
    expect(small.find('oel')).toEqual([['oil'], ['ol'], ['油']])
    expect(small.find('staubsauger')).toEqual([['vacuum', 'cleaner']])
    expect(small.find('vacuum cleaners')).toEqual([['staubsauger']])
    expect(small.find('hammer')).toEqual([])
  })

  test('tells the beech from the book', () => {
    const found = (word: string): readonly string[] => thesaurus().find(fold(word)).map((words) => words.join(' ')) // prettier-ignore
    expect(found('Buche')).toContain('beech')
    expect(found('Buch')).not.toContain('beech')
  })
})

test('the best are picked without sorting, those that came first among equals', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (scores, count) => {
        // prettier-ignore
        const all = scores.map((score, index) => ({ score, index }))
        const best = [...all].sort((a, b) => b.score - a.score || a.index - b.index).slice(0, count)
        const picked = topOf(all, count)
        expect([...picked].sort((a, b) => b.score - a.score || a.index - b.index)).toEqual(best)
      },
    ),
    { seed: 14, numRuns: 200 },
  )
})

test('answers kept are those asked for last', () => {
  const answers = recent<{ readonly text: string }>(2)
  answers.put('a', { text: 'A' })
  answers.put('b', { text: 'B' })
  expect(answers.find('a')).toEqual({ text: 'A' })
  answers.put('c', { text: 'C' })
  expect([answers.find('a'), answers.find('b'), answers.find('c')]).toEqual([{ text: 'A' }, undefined, { text: 'C' }])
  answers.clear()
  expect(answers.find('a')).toBeUndefined()
})
