import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containedTax, totalsOf } from '../../src-storefront/shop/money.ts'
import {
  invoiceAmounts,
  reversed,
  totalsIncludingTax,
  type InvoiceAmounts,
} from '../../src-main/domain/invoice-amounts.ts'
import type { OrderLine, OrderTotals } from '../../src-main/domain/order.ts'
import { makeLine } from '../fixtures/builders.ts'

const options = { seed: 20_261_122, numRuns: 2_000 }

const lineOf = fc
  .record({
    quantity: fc.integer({ min: 1, max: 40 }),
    unitPriceMinor: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 99_999_999 })),
    taxRate: fc.constantFrom(0, 5.5, 7, 7.7, 8, 10, 19, 20, 25),
  })
  .map((given) => makeLine(given))
const linesOf = fc.array(lineOf, { minLength: 1, maxLength: 60 })
const shippingOf = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 }))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

function made(lines: readonly OrderLine[], totals: OrderTotals): InvoiceAmounts {
  const amounts = invoiceAmounts({ lines, totals })
  if ('why' in amounts) throw new Error(JSON.stringify({ ...amounts, totals }))
  return amounts
}

/** Whatever the order, these hold: columns add up, lines to rates, rates to sums. */
function expectSound(amounts: InvoiceAmounts): void {
  for (const part of [...amounts.lines, ...amounts.taxes, amounts]) {
    for (const minor of [part.netMinor, part.taxMinor, part.grossMinor]) expect(Number.isSafeInteger(minor)).toBe(true)
    expect(part.netMinor + part.taxMinor).toBe(part.grossMinor)
  }
  for (const parts of [amounts.lines, amounts.taxes])
    for (const key of ['netMinor', 'taxMinor', 'grossMinor'] as const)
      expect(sum(parts.map((part) => part[key]))).toBe(amounts[key])
  for (const share of amounts.taxes) {
    const own = amounts.lines.filter((line) => line.taxRate === share.rate)
    expect(sum(own.map((line) => line.taxMinor))).toBe(share.taxMinor)
    expect(sum(own.map((line) => line.netMinor))).toBe(share.netMinor)
  }
}

describe('the amounts of an invoice', () => {
  test('agree to the cent with what our own storefront told', () => {
    fc.assert(
      fc.property(linesOf, shippingOf, (lines, shipping) => {
        const told = totalsOf(
          lines.map((line) => ({ ...line, taxRate: String(line.taxRate) })),
          shipping,
        )
        const amounts = made(lines, told)
        expectSound(amounts)
        expect(amounts.grossMinor).toBe(told.totalMinor)
        expect(amounts.taxMinor).toBe(told.taxMinor)
        expect(amounts.lines.filter((line) => line.kind === 'product').map((line) => line.grossMinor)).toEqual(
          lines.map((line) => line.quantity * line.unitPriceMinor),
        )
      }),
      options,
    )
  })

  test('agree with a shop that rounds tax line by line', () => {
    fc.assert(
      fc.property(linesOf, (lines) => {
        const gross = lines.map((line) => line.quantity * line.unitPriceMinor)
        const taxMinor = sum(lines.map((line, index) => containedTax(gross[index] ?? 0, String(line.taxRate))))
        const amounts = made(lines, { goodsMinor: sum(gross), shippingMinor: 0, taxMinor, totalMinor: sum(gross) })
        expectSound(amounts)
        expect(amounts.taxMinor).toBe(taxMinor)
      }),
      options,
    )
  })

  test('agree with a shop whose tax comes on top', () => {
    fc.assert(
      fc.property(linesOf, (lines) => {
        const net = lines.map((line) => line.quantity * line.unitPriceMinor)
        const taxMinor = sum(lines.map((line, index) => Math.round(((net[index] ?? 0) * line.taxRate) / 100)))
        const goodsMinor = sum(net)
        const totals = { goodsMinor, shippingMinor: 0, taxMinor, totalMinor: goodsMinor + taxMinor }
        const amounts = made(lines, totals)
        expectSound(amounts)
        expect(amounts.grossMinor).toBe(totals.totalMinor)
        expect(amounts.netMinor).toBe(goodsMinor)
      }),
      options,
    )
  })

  test('agree with a coupon on the whole basket', () => {
    fc.assert(
      fc.property(linesOf, fc.integer({ min: 1, max: 60 }), (lines, percent) => {
        const before = sum(lines.map((line) => line.quantity * line.unitPriceMinor))
        const goodsMinor = before - Math.floor((before * percent) / 100)
        const rate = lines[0]?.taxRate ?? 0
        const same = lines.map((line) => ({ ...line, taxRate: rate }))
        const taxMinor = containedTax(goodsMinor, String(rate))
        const amounts = made(same, { goodsMinor, shippingMinor: 0, taxMinor, totalMinor: goodsMinor })
        expectSound(amounts)
        expect(amounts.grossMinor).toBe(goodsMinor)
      }),
      options,
    )
  })

  test('leave out what was withdrawn, at its price, and nothing else', () => {
    fc.assert(
      fc.property(linesOf, shippingOf, (lines, shipping) => {
        const told = totalsIncludingTax(lines, shipping)
        const short = lines.map((line, index) => ({ ...line, withdrawn: index % 2 === 0 ? 0 : line.quantity }))
        const amounts = made(short, told)
        expectSound(amounts)
        const gone = sum(short.map((line) => line.withdrawn * line.unitPriceMinor))
        expect(amounts.grossMinor).toBe(told.totalMinor - gone)
      }),
      options,
    )
  })

  test('come to nothing together with their cancellation', () => {
    fc.assert(
      fc.property(linesOf, shippingOf, (lines, shipping) => {
        const amounts = made(lines, totalsIncludingTax(lines, shipping))
        const back = reversed(amounts)
        expectSound(back)
        for (const key of ['netMinor', 'taxMinor', 'grossMinor'] as const) expect(amounts[key] + back[key]).toBe(0)
        expect(back.lines.some((line) => Object.values(line).some((value) => Object.is(value, -0)))).toBe(false)
      }),
      options,
    )
  })

  test('our own totals are those of our storefront', () => {
    fc.assert(
      fc.property(linesOf, shippingOf, (lines, shipping) => {
        const rates = new Set(lines.map((line) => line.taxRate))
        fc.pre(rates.size === 1)
        const theirs = totalsOf(lines.map((line) => ({ ...line, taxRate: String(line.taxRate) })), shipping) // prettier-ignore
        expect(totalsIncludingTax(lines, shipping)).toEqual(theirs)
      }),
      { seed: options.seed, numRuns: 300 },
    )
  })
})

describe('no invoice is made', () => {
  const tea = makeLine({ quantity: 2, unitPriceMinor: 500, taxRate: 7 })

  test('of an order whose totals were never told', () => {
    expect(invoiceAmounts({ lines: [tea] })).toEqual({ why: 'no-totals' })
  })

  test('when nothing was delivered', () => {
    const totals = totalsIncludingTax([tea], 0)
    expect(invoiceAmounts({ lines: [{ ...tea, withdrawn: 2 }], totals })).toEqual({ why: 'nothing-delivered' })
  })

  test('when the told tax is not that of the rates', () => {
    const totals = { goodsMinor: 1_000, shippingMinor: 0, taxMinor: 160, totalMinor: 1_000 }
    expect(invoiceAmounts({ lines: [tea], totals })).toEqual({
      why: 'totals-differ',
      toldTaxMinor: 160,
      ownTaxMinor: 65,
    })
  })
})
