import { describe, expect, test } from 'vitest'
import { mendingOf } from '../../../src-renderer/screens/waves/mending.ts'

type Reasons = Parameters<typeof mendingOf>[0]['reasons']
const whereTo = (...reasons: Reasons) => mendingOf({ orderCode: '327-04', reasons }).map(({ what }) => what)
const unpackable = (facts: Reasons[number]['facts']) => ({ code: 'unpackable', facts }) as const // one of the codes

describe('where somebody mends what keeps an order from being planned', () => {
  test('measures, products, stock and couriers each have a place of their own', () => {
    const facts = { sku: 'TEA' }
    expect(whereTo({ code: 'missing-measures', facts })).toEqual(['measure'])
    expect(whereTo({ code: 'unknown-sku', facts })).toEqual(['import'])
    expect(whereTo({ code: 'stock-short', facts })).toEqual(['stock'])
    expect(whereTo({ code: 'no-carrier', facts })).toEqual(['courier'])
  })

  test('what no carton takes wants a carton, what no courier takes another courier', () => {
    expect(whereTo(unpackable({ reason: 'too-long', value: 900, limit: 800, carton: 'XL' }))).toEqual(['carton'])
    expect(whereTo(unpackable({ reason: 'too-heavy', value: 9, limit: 8, carton: 'XL' }))).toEqual(['carton'])
    expect(whereTo(unpackable({ reason: 'no-insulated-carton' }))).toEqual(['carton'])
    expect(whereTo(unpackable({ reason: 'too-heavy', value: 40_000, limit: 30_000 }))).toEqual(['courier'])
    expect(whereTo(unpackable({ reason: 'too-long', carton: 'XL', of: 'carton' }))).toEqual(['courier'])
  })

  test('what is decided about the order itself leads there, and each place is named once', () => {
    const byHand = { code: 'by-hand', facts: {} } as const // one of the codes
    const split = unpackable({ reason: 'too-many-parcels', value: 4, limit: 3 })
    expect(mendingOf({ orderCode: '327-04', reasons: [byHand, split] }).map(({ to }) => to)).toEqual(['/orders/327-04'])
    const heavy = unpackable({ reason: 'too-heavy', value: 9, limit: 8, carton: 'XL' })
    expect(whereTo(heavy, heavy, byHand)).toEqual(['carton', 'order'])
  })
})
