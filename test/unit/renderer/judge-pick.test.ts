import { describe, expect, test } from 'vitest'
import { judgePick } from '../../../src-renderer/screens/pick/judge-pick.ts'
import { makeStop, makeTour } from './floor-records.ts'

const stop = makeStop({ seq: 1, location: 'A-1', sku: 'TEA', gtin: '4012345678901', lot: 'L1' })
const tour = makeTour({ stops: [stop, makeStop({ seq: 2, location: 'B-7', sku: 'MUG' })] })
const judge = (code: string) => judgePick(code, { tour, stop }, '2026-11-22')

describe('a scan at a stop', () => {
  test('is the product, by SKU, by GTIN or inside a longer code', () => {
    for (const code of ['TEA', '4012345678901', ']d2010401234567890110L1'])
      expect(judge(code)).toMatchObject({ kind: 'product' })
  })

  test('is a place of the tour: the right one, or another', () => {
    expect(judge('A-1').kind).toBe('place')
    expect(judge('B-7')).toMatchObject({ kind: 'wrongPlace', facts: { scanned: 'B-7', location: 'A-1' } })
  })

  test('is another product, another lot, or past its day, with the facts of the sentence', () => {
    expect(judge('MUG')).toMatchObject({ kind: 'wrong', facts: { scanned: 'MUG', expectedSku: 'TEA' } })
    expect(judge(']d2010401234567890110L9')).toMatchObject({ kind: 'wrongLot', facts: { scannedLot: 'L9', lot: 'L1' } })
    expect(judge(']d201040123456789011726112110L1')).toMatchObject({ kind: 'expired', facts: { day: '2026-11-21' } })
  })
})
