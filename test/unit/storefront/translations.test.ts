import { describe, expect, test } from 'vitest'
import { household } from '../../../src-storefront/customer/address.ts'
import { localPath } from '../../../src-storefront/customer/local-path.ts'
import { isPostcodeOf } from '../../../src-storefront/shop/postcodes.ts'
import { languages, wantedTag } from '../../../src-storefront/translations/language.ts'
import { textsByLanguage, wordsOf } from '../../../src-storefront/translations/words.ts'

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
/** Written alike in both languages. */
const sameInGerman = ['list.sort.name', 'orders.entry', 'travel.line', 'status.because', 'order.ofParcel']

describe('the sentences of the storefront', () => {
  test.each(languages)('are all there in %s, with the same facts to fill in', (language) => {
    const texts = textsByLanguage[language]
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(textsByLanguage.en).toSorted())
    for (const [key, text] of Object.entries(textsByLanguage.en)) {
      const other = texts[key as keyof typeof texts] // the same keys, as was just seen
      expect(other.trim(), key).not.toBe('')
      expect(namesIn(other), key).toEqual(namesIn(text))
    }
  })

  test.each(['de', 'ja'] as const)('are no English left over in %s', (language) => {
    const same = Object.entries(textsByLanguage.en).filter(([key, text]) => {
      const other = textsByLanguage[language][key as keyof typeof textsByLanguage.en] // the same keys
      return other === text && /[a-z]{3}/i.test(text.replaceAll(/\{\w+\}/g, '')) && !sameInGerman.includes(key)
    })
    expect(same.map(([key]) => key)).toEqual([])
  })

  test('numbers, money and times are written as in the language, on the shop’s clock', () => {
    const of = (language: 'en' | 'de' | 'ja') => wordsOf(language, { timeZone: 'Asia/Tokyo', country: 'JP' })
    const at = '2026-11-22T20:00:00Z'
    expect(of('en').moment(at)).toContain('23 Nov 2026')
    expect(of('de').money({ amount: '1234.50', currency: 'EUR' }).replaceAll(/\s/g, ' ')).toBe('1.234,50 €')
    expect(of('ja').moment(at)).toBe('2026/11/23 5:00')
    expect(of('ja').money({ amount: '1200', currency: 'JPY' })).toBe('￥1,200')
    expect([of('de').country('JP'), of('ja').country('DE')]).toEqual(['Japan', 'ドイツ'])
    expect([of('en').count('order.parcels', 1), of('en').count('order.parcels', 3)]).toEqual([
      'One parcel',
      '3 parcels',
    ])
  })
})

describe('the language asked for', () => {
  test.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de-AT'],
    ['fr, en;q=0.4, ja;q=0.7', 'ja'],
    ['fr-CA', 'fr-CA'],
    ['en;q=0, de;q=0.1', 'de'],
    ['*', undefined],
    ['<script>, ;;;q=9', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, tag) => expect(wantedTag(header)).toBe(tag))
})

describe('where to go back to', () => {
  test.each(['/cart', '/search?q=a%20b&category=Tools', '/orders/1?thanks'])('%s is kept', (path) =>
    expect(localPath(path, '/')).toBe(path),
  )
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/cart\r\nSet-Cookie: storefront=x',
    'javascript:alert(1)',
    '/..//evil.example',
    '/.//evil.example',
    '',
  ])('%j is not followed', (path) => expect(localPath(path, '/start')).toBe('/start'))
})

describe('where a request comes from', () => {
  test('of an IPv6 address the half counts that a household is given', () => {
    expect(household('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(household('2001:db8:1:2:3:4:5:6')).toBe(household('2001:db8:1:2:ffff::'))
    expect(household('192.0.2.7')).toBe('192.0.2.7')
  })
})

describe('postcodes', () => {
  test.each([
    ['DE', '10115', true],
    ['DE', '1011', false],
    ['JP', '１００－０００１', true],
    ['GB', 'sw1a 1aa', true],
    ['US', '1234', false],
    ['AE', 'whatever', true],
    ['DE', undefined, true],
  ])('in %s %s is right: %s', (country, postcode, isRight) => expect(isPostcodeOf(country, postcode)).toBe(isRight))
})
