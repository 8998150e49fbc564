import type { OrderLine, OrderTotals } from './order.ts'

/** One line of an invoice. Amounts are of the whole line, minor units; net and tax add up to gross. */
export interface InvoiceLine {
  readonly kind: 'product' | 'shipping' | 'adjustment'
  readonly sku?: string | undefined
  /** The product's name; shipping and adjustments are named on paper, in the customer's language. */
  readonly name?: string | undefined
  readonly quantity: number
  readonly unitPriceMinor: number
  /** Percent, such as 7 or 19. */
  readonly taxRate: number
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
}

/** What one tax rate comes to, over all lines that carry it. */
export interface TaxShare {
  readonly rate: number
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
}

export interface InvoiceAmounts {
  readonly pricesIncludeTax: boolean
  readonly lines: readonly InvoiceLine[]
  /** Rising rates. */
  readonly taxes: readonly TaxShare[]
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
}

/** Why no invoice can be made of an order's lines and totals, with the facts. */
export interface NoInvoice {
  readonly why: 'no-totals' | 'nothing-delivered' | 'totals-differ'
  readonly toldTaxMinor?: number | undefined
  readonly ownTaxMinor?: number | undefined
}

/**
 * The amounts of an invoice over the pieces of an order that the customer gets. Lines, tax per rate and total add up to
 * the cent, and to the totals the storefront told: what is lost in rounding goes, cent by cent, to where the exact share
 * was cut most (largest remainder). Where goods and lines differ (a coupon, a fee) the difference is a line of its own,
 * shared among the rates. Shipping is taxed as the told tax says it was: at the rate of the dearest goods, at another
 * one of the goods' rates, shared among them, or not at all, whichever fits. `totals-differ` when the told tax is
 * further from the rates than rounding can explain. Pieces withdrawn after the order are left out at their price; then
 * the told tax no longer applies, and tax is rounded per rate, half up.
 */
export function invoiceAmounts(order: {
  readonly lines: readonly OrderLine[]
  readonly totals?: OrderTotals | undefined
}): InvoiceAmounts | NoInvoice {
  const { totals } = order
  if (!totals) return { why: 'no-totals' }
  const goods = order.lines.filter((line) => line.quantity > line.withdrawn).map(rowOf)
  if (goods.length === 0) return { why: 'nothing-delivered' }
  const pricesIncludeTax = !isNet(totals)
  const ordered = sum(order.lines.map((line) => line.quantity * line.unitPriceMinor))
  const delivered = sum(goods.map((row) => row.amount))
  const beside = totals.goodsMinor - ordered + otherCharges(totals, pricesIncludeTax)
  const adjusted = adjustmentRows(goods, delivered === ordered ? beside : scaled(beside, delivered, ordered))
  const told = delivered === ordered ? totals.taxMinor : undefined
  const choices = shippingChoices(goods, totals.shippingMinor).map((shipping) => {
    const rows = [...goods, ...adjusted, ...shipping]
    return { rows, taxByRate: taxByRate(rows, pricesIncludeTax) }
  })
  const off = (choice: { taxByRate: ReadonlyMap<number, number> }): number =>
    told === undefined ? 0 : Math.abs(told - sum([...choice.taxByRate.values()]))
  const best = choices.reduce((a, b) => (off(b) < off(a) ? b : a))
  const settled = settleTax(best, told)
  if (!settled) return { why: 'totals-differ', toldTaxMinor: told, ownTaxMinor: sum([...best.taxByRate.values()]) }
  return amountsOf(best.rows, settled, pricesIncludeTax)
}

/** What an order costs whose prices include tax: goods, shipping, and the tax contained, rounded per rate, half up. */
export function totalsIncludingTax(
  lines: readonly Pick<OrderLine, 'quantity' | 'unitPriceMinor' | 'taxRate'>[],
  shippingMinor: number,
): OrderTotals {
  const goods = lines.map((line) => rowOf({ ...line, withdrawn: 0 }))
  const goodsMinor = sum(goods.map((row) => row.amount))
  const rows = [...goods, ...(shippingChoices(goods, shippingMinor)[0] ?? [])]
  const taxMinor = sum([...taxByRate(rows, true).values()])
  return { goodsMinor, shippingMinor, taxMinor, totalMinor: goodsMinor + shippingMinor }
}

/** The amounts that take an invoice back: every quantity and sum with the other sign. */
export function reversed(amounts: InvoiceAmounts): InvoiceAmounts {
  const back = <Sums extends { netMinor: number; taxMinor: number; grossMinor: number }>(sums: Sums): Sums => ({
    ...sums,
    netMinor: 0 - sums.netMinor,
    taxMinor: 0 - sums.taxMinor,
    grossMinor: 0 - sums.grossMinor,
  })
  return {
    ...back(amounts),
    lines: amounts.lines.map((line) => ({ ...back(line), quantity: 0 - line.quantity })),
    taxes: amounts.taxes.map(back),
  }
}

/** A line before its tax is known; `amount` is gross where prices include tax, else net. */
interface Row extends Pick<InvoiceLine, 'kind' | 'sku' | 'name' | 'quantity' | 'unitPriceMinor' | 'taxRate'> {
  readonly amount: number
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

function rowOf(
  line: Pick<OrderLine, 'quantity' | 'withdrawn' | 'unitPriceMinor' | 'taxRate'> & Partial<OrderLine>,
): Row {
  const quantity = line.quantity - line.withdrawn
  const { sku, name, unitPriceMinor, taxRate } = line
  return { kind: 'product', sku, name, quantity, unitPriceMinor, taxRate, amount: quantity * unitPriceMinor }
}

/** True where the told tax came on top of the told goods and shipping. */
const isNet = ({ goodsMinor, shippingMinor, taxMinor, totalMinor }: OrderTotals): boolean =>
  taxMinor !== 0 && totalMinor === goodsMinor + shippingMinor + taxMinor

/** What the total holds beside goods, shipping and tax: fees, or a discount on the whole. */
const otherCharges = (totals: OrderTotals, pricesIncludeTax: boolean): number =>
  pricesIncludeTax ? totals.totalMinor - totals.goodsMinor - totals.shippingMinor : 0

function adjustmentRows(goods: readonly Row[], amount: number): readonly Row[] {
  if (amount === 0) return []
  return sharedByRate('adjustment', goods, amount)
}

/** One line a rate, in proportion to the goods at that rate. */
function sharedByRate(kind: 'shipping' | 'adjustment', goods: readonly Row[], amount: number): readonly Row[] {
  const goodsByRate = amountByRate(goods)
  const rates = [...goodsByRate.keys()]
  return shared(amount, [...goodsByRate.values()]).flatMap((part, index) =>
    part === 0 ? [] : [chargeOf(kind, part, rates[index] ?? 0)],
  )
}

function chargeOf(kind: 'shipping' | 'adjustment', amount: number, taxRate: number): Row {
  return { kind, quantity: 1, unitPriceMinor: amount, taxRate, amount }
}

/** The ways in which shops tax shipping, the most usual first. */
function shippingChoices(goods: readonly Row[], amount: number): readonly (readonly Row[])[] {
  if (amount === 0) return [[]]
  const rates = [...amountByRate(goods)].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).map(([rate]) => rate)
  return [
    ...rates.map((rate) => [chargeOf('shipping', amount, rate)]),
    sharedByRate('shipping', goods, amount),
    [chargeOf('shipping', amount, 0)],
  ]
}

function amountByRate(rows: readonly Row[]): ReadonlyMap<number, number> {
  const byRate = new Map<number, number>()
  for (const row of rows) byRate.set(row.taxRate, (byRate.get(row.taxRate) ?? 0) + row.amount)
  return byRate
}

function taxByRate(rows: readonly Row[], pricesIncludeTax: boolean): ReadonlyMap<number, number> {
  return new Map([...amountByRate(rows)].map(([rate, amount]) => [rate, taxOf(amount, rate, pricesIncludeTax)]))
}

/** Thousandths of a percent: finer than any rate in force. */
const rateParts = 1000

/** Exact to the last digit and then rounded half up; twelve-digit amounts outgrow what plain numbers multiply exactly. */
function taxOf(amount: number, rate: number, pricesIncludeTax: boolean): number {
  const part = BigInt(Math.round(rate * rateParts))
  const whole = BigInt(100 * rateParts) + (pricesIncludeTax ? part : 0n)
  return Number(floorOf(2n * BigInt(amount) * part + whole, 2n * whole))
}

const floorOf = (a: bigint, b: bigint): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b)

/** `amount` times `part` of `whole`, rounded half up. */
function scaled(amount: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Number(floorOf(2n * BigInt(amount) * BigInt(part) + BigInt(whole), 2n * BigInt(whole)))
}

/** Shares an integer in proportion to integer weights: whole shares first, what is left to the largest remainders, the first on ties. */
function shared(amount: number, weights: readonly number[]): readonly number[] {
  const whole = BigInt(sum(weights))
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? amount : 0))
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight))
  const parts = exact.map((product) => Number(floorOf(product, whole)))
  const cut = exact.map((product, index) => {
    const rest = product - floorOf(product, whole) * whole
    return { index, rest: whole < 0n ? -rest : rest }
  })
  const order = cut.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  let left = amount - sum(parts)
  for (let at = 0; left > 0; at = (at + 1) % order.length, left -= 1) {
    const index = order[at]?.index ?? 0
    parts[index] = (parts[index] ?? 0) + 1
  }
  return parts
}

/** Tax per rate that adds up to what was told; undefined when rounding line by line could not explain the difference. */
function settleTax(
  choice: { readonly rows: readonly Row[]; readonly taxByRate: ReadonlyMap<number, number> },
  told: number | undefined,
): ReadonlyMap<number, number> | undefined {
  const left = told === undefined ? 0 : told - sum([...choice.taxByRate.values()])
  if (left === 0) return choice.taxByRate
  const taxed = [...choice.taxByRate.keys()].filter((rate) => rate > 0)
  // Half a unit for each line that was rounded there, half a unit for each rate that was rounded here.
  const most = Math.ceil((choice.rows.length + choice.taxByRate.size) / 2)
  if (taxed.length === 0 || Math.abs(left) > most) return undefined
  const amounts = amountByRate(choice.rows)
  const parts = shared(
    left,
    taxed.map((rate) => Math.max(1, Math.abs(amounts.get(rate) ?? 0))),
  )
  const settled = new Map(choice.taxByRate)
  for (const [index, rate] of taxed.entries()) settled.set(rate, (settled.get(rate) ?? 0) + (parts[index] ?? 0))
  return settled
}

function amountsOf(
  rows: readonly Row[],
  taxes: ReadonlyMap<number, number>,
  pricesIncludeTax: boolean,
): InvoiceAmounts {
  const taxOfRow = new Map<Row, number>()
  for (const [rate, own] of Map.groupBy(rows, (row) => row.taxRate)) {
    const parts = shared(
      taxes.get(rate) ?? 0,
      own.map((row) => row.amount),
    )
    for (const [index, row] of own.entries()) taxOfRow.set(row, parts[index] ?? 0)
  }
  const lines = rows.map((row): InvoiceLine => {
    const { amount, ...kept } = row
    const taxMinor = taxOfRow.get(row) ?? 0
    return pricesIncludeTax
      ? { ...kept, grossMinor: amount, taxMinor, netMinor: amount - taxMinor }
      : { ...kept, netMinor: amount, taxMinor, grossMinor: amount + taxMinor }
  })
  const byRate = [...Map.groupBy(lines, (line) => line.taxRate)].toSorted(([a], [b]) => a - b)
  return {
    pricesIncludeTax,
    lines,
    taxes: byRate.map(([rate, own]) => ({ rate, ...sumsOf(own) })),
    ...sumsOf(lines),
  }
}

const sumsOf = (lines: readonly InvoiceLine[]) => ({
  netMinor: sum(lines.map((line) => line.netMinor)),
  taxMinor: sum(lines.map((line) => line.taxMinor)),
  grossMinor: sum(lines.map((line) => line.grossMinor)),
})
