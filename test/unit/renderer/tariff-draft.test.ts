import { expect, test } from 'vitest'
import { draftOf, readRow } from '../../../src-renderer/screens/couriers/tariff-draft.ts'

const row = { maxGrossG: 31_500, maxLengthMm: 1755, maxGirthMm: 3000, priceMinor: 1050 }

test('a row of a tariff that nobody touches is kept to the gram, in every unit and language', () => {
  for (const locale of ['en', 'de', 'ja'])
    for (const units of ['metric', 'imperial'] as const) {
      const manner = { locale, units, currency: 'EUR' }
      expect(readRow(draftOf(1, row, manner), manner)).toEqual(row)
    }
})

test('a row is read with decimal commas, other units and no units, and names the fields that say nothing', () => {
  const manner = { locale: 'de', units: 'metric', currency: 'EUR' } as const
  const typed = { ...draftOf(1, row, manner), weight: '2,5 kg', length: '600', girth: '70 in', price: '4,9' }
  expect(readRow(typed, manner)).toEqual({ maxGrossG: 2500, maxLengthMm: 600, maxGirthMm: 1778, priceMinor: 490 })
  expect(readRow({ ...typed, weight: 'much', price: '-1' }, manner)).toEqual({ wrong: ['weight', 'price'] })
  expect(readRow(draftOf(2, undefined, manner), manner)).toEqual({ wrong: ['weight', 'length', 'girth', 'price'] })
})
