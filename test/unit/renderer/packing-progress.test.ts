import { describe, expect, test } from 'vitest'
import { firstBefore, judgePiece, nextPiece } from '../../../src-renderer/screens/pack/packing-progress.ts'

const placements = ['MUG', 'TEA', 'MUG', 'PAINT'].map((sku) => ({ sku }))

describe('packing as drawn', () => {
  test('the next piece is the first of the drawing that was not scanned, whatever lies aside', () => {
    expect(nextPiece(placements, [])).toBe(1)
    expect(nextPiece(placements, ['MUG'])).toBe(2)
    expect(nextPiece(placements, ['MUG', 'MUG'])).toBe(2)
    expect(nextPiece(placements, ['MUG', 'MUG', 'TEA'])).toBe(4)
    expect(nextPiece(placements, ['PAINT', 'TEA', 'MUG', 'MUG'])).toBeUndefined()
    expect(nextPiece([], ['MUG'])).toBeUndefined()
  })

  test('a piece before its turn names the one that goes in first', () => {
    expect(firstBefore(placements, [], 'PAINT')).toBe('MUG')
    expect(firstBefore(placements, ['MUG'], 'MUG')).toBe('TEA')
    expect(firstBefore(placements, ['MUG'], 'TEA')).toBeUndefined()
    expect(firstBefore([], [], 'TEA')).toBeUndefined()
  })
})

describe('a scan at the packing table', () => {
  const table = {
    wanted: new Map([['TEA', 1], ['MUG', 2]]), // prettier-ignore
    products: [{ sku: 'TEA', gtin: '4012345678901' }, { sku: 'MUG' }],
    scanned: ['MUG'],
  }
  const judge = (code: string, scanned = table.scanned) => judgePiece(code, { ...table, scanned }, '2026-11-22')

  test('belongs in until there are as many as wanted', () => {
    expect(judge('MUG')).toEqual({ kind: 'right', sku: 'MUG' })
    expect(judge('MUG', ['MUG', 'MUG'])).toEqual({ kind: 'foreign', shown: 'MUG' })
    expect(judge(']d2010401234567890110L1')).toEqual({ kind: 'right', sku: 'TEA' })
    expect(judge('2000000000015')).toEqual({ kind: 'foreign', shown: '2000000000015' })
  })

  test('past its day stays out', () => {
    expect(judge(']d2010401234567890115261121')).toEqual({ kind: 'expired', sku: 'TEA', day: '2026-11-21' })
    expect(judge(']d2010401234567890115261122')).toEqual({ kind: 'right', sku: 'TEA' })
  })
})
