import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stillOut, type ReturnedPiece } from '../../../src-main/domain/parcel-return.ts'
import { makeParcel } from '../../fixtures/wave-builders.ts'

const seed = 20_261_122
const key = fc.record({ orderLineId: fc.constantFrom('one', 'two'), sku: fc.constantFrom('TEA', 'MUG') })
const contents = fc.array(
  fc.tuple(key, fc.integer({ min: 1, max: 6 })).map(([of, quantity]) => ({ ...of, quantity })),
  { minLength: 1, maxLength: 5 },
)
const pieces = fc.array(
  fc.tuple(key, fc.integer({ min: 1, max: 9 })).map(
    ([of, quantity]): ReturnedPiece => ({ ...of, quantity, fate: 'restock', reason: 'other' }), // one way among three
  ),
  { maxLength: 6 },
)
const sum = (rows: readonly { readonly quantity: number }[]): number =>
  rows.reduce((total, { quantity }) => total + quantity, 0)

test('what is still out of each product is what was sent less what came back, and never less than nothing', () => {
  fc.assert(
    fc.property(contents, pieces, (sent, back) => {
      const returns = back.map((piece, n) => ({ id: `r-${n}`, at: n, actor: 'test', before: 'delivered' as const, pieces: [piece] })) // prettier-ignore
      const out = stillOut(makeParcel({ contents: sent, returns }))
      expect(out.map(({ orderLineId, sku }) => [orderLineId, sku])).toEqual(sent.map(({ orderLineId, sku }) => [orderLineId, sku])) // prettier-ignore
      for (const { orderLineId, sku } of sent) {
        const same = (row: { readonly orderLineId: string; readonly sku: string }): boolean =>
          row.orderLineId === orderLineId && row.sku === sku
        const expected = Math.max(0, sum(sent.filter(same)) - sum(back.filter(same)))
        expect(sum(out.filter(same))).toBe(expected)
      }
    }),
    { seed },
  )
})
