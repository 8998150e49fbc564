import { expect, test } from 'vitest'
import { canTakeOver, differencesOf } from '../../../src-renderer/screens/storefronts/conflict-facts.ts'

const conflict = (facts: Record<string, string>) => ({ orderId: 'o', code: 'A-1', status: 'planned', facts })

test('a conflict is told as what stands here beside what the storefront says', () => {
  const asked = conflict({ changed: 'changed-at-storefront', lines: 'TEA 2→3, BIG MUG +1, PAINT −2', service: 'standard→express', address: 'other', area: 'DE-10→DE-80', windowTo: '1', note: 'other' }) // prettier-ignore
  expect(differencesOf(asked)).toEqual([
    { what: 'line', sku: 'TEA', here: '2', there: '3' },
    { what: 'line', sku: 'BIG MUG', here: '0', there: '1' },
    { what: 'line', sku: 'PAINT', here: '2', there: '0' },
    { what: 'service', here: 'standard', there: 'express' },
    { what: 'address' },
    { what: 'area', here: 'DE-10', there: 'DE-80' },
    { what: 'window' },
    { what: 'note' },
  ])
  expect(canTakeOver(asked)).toBe(true)
})

test('a conflict about the whole order is one row, and an order that is only held there is not taken over', () => {
  const held = conflict({ changed: 'held-at-storefront' })
  expect(differencesOf(held)).toEqual([{ what: 'state', here: 'planned', there: 'held-at-storefront' }])
  expect(canTakeOver(held)).toBe(false)
})
