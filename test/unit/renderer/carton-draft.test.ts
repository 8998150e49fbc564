import { describe, expect, test } from 'vitest'
import { ref, shallowRef } from 'vue'
import {
  draftOf,
  minorOf,
  priceText,
  readDraft,
  type CartonRow,
} from '../../../src-renderer/screens/cartons/carton-draft.ts'
import { useLocalRows } from '../../../src-renderer/stores/local-rows.ts'

const row: CartonRow = {
  carton: {
    code: 'M',
    name: 'Medium box',
    innerMm: [350, 260, 200],
    outerMm: [358, 268, 216],
    tareG: 330,
    maxGrossG: 15_000,
    maxVolumeCm3: 18_200,
    costMinor: 85,
    insulated: true,
    paddingMm: 5,
    coolantMm3: 800_000,
    coolantG: 800,
    warnBelow: 12,
  },
  onHand: 40,
  reserved: 3,
  isLow: false,
}

const manner = { currency: 'EUR', locale: 'de' }

describe('a carton as it is typed', () => {
  test('what is written into the form reads back as the same carton, in currencies with and without cents', () => {
    for (const currency of ['EUR', 'JPY'])
      expect(readDraft(draftOf(row, { currency, locale: 'de' }), row.carton, currency)).toEqual({
        carton: row.carton,
        onHand: 40,
      })
  })

  test('a price is written in the figures of the language, and reads back', () => {
    expect(draftOf(row, manner).cost).toBe('0,85')
    const prices = ['en-GB', 'de', 'ja'].flatMap((locale) =>
      ['EUR', 'JPY'].map((currency) => ({ currency, text: priceText(123_450, { currency, locale }) })),
    )
    expect(prices.map(({ text }) => text)).toEqual(['1234.50', '123450', '1234,50', '123450', '1234.50', '123450'])
    expect(prices.map(({ currency, text }) => minorOf(text, currency))).toEqual(prices.map(() => 123_450))
  })

  test('a new one needs a code, three sides and a weight it carries; the outside is found from the inside', () => {
    const empty = draftOf(undefined, manner)
    expect(readDraft(empty, undefined, 'EUR')).toEqual({ wrong: ['code', 'inner', 'carries'] })
    const typed = { ...empty, code: ' S ', inner: '30 x 20 x 15 cm', carries: '20kg', cost: '0,55', stock: '7' }
    expect(readDraft(typed, undefined, 'EUR')).toMatchObject({
      carton: { code: 'S', name: 'S', innerMm: [300, 200, 150], outerMm: [306, 206, 162], costMinor: 55 },
      onHand: 7,
    })
  })

  test('an outside smaller than the inside, padding as thick as a side and a price of words are refused by field', () => {
    const draft = { ...draftOf(row, manner), outer: '300 x 268 x 216', padding: '200', cost: 'cheap' }
    expect(readDraft(draft, row.carton, 'EUR')).toEqual({ wrong: ['cost', 'outer', 'padding'] })
    expect(minorOf('1.234', 'JPY')).toBe(1)
    expect(minorOf('0,85', 'EUR')).toBe(85)
  })
})

describe('a short list in the table of long ones', () => {
  const source = {
    value: ref<readonly { readonly name: string; readonly n: number }[] | undefined>([
      { name: 'Bottle box', n: 2 },
      { name: 'Large box', n: 10 },
      { name: 'Letter', n: 1 },
    ]),
    problem: shallowRef(),
    reload: async () => undefined,
  }
  const rows = useLocalRows(source, { text: ({ name }) => name, sorts: { n: ({ n }) => n, name: ({ name }) => name } })
  const names = () => Array.from({ length: rows.total.value }, (_, i) => rows.rowAt(i)?.name)

  test('is searched by words in any order and sorted by numbers as numbers', () => {
    rows.question.search = 'box LARGE'
    expect(names()).toEqual(['Large box'])
    rows.question.search = ''
    Object.assign(rows.question, { sort: 'n', descending: true })
    expect(names()).toEqual(['Large box', 'Bottle box', 'Letter'])
    rows.question.search = 'nothing'
    expect(rows.total.value).toBe(0)
    expect(rows.isEmpty.value).toBe(false)
  })
})
