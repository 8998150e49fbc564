import { inMinorUnits } from './minor-units.ts'
import { readNumber } from './number-columns.ts'

/** A line of an order as a file tells it. */
export interface ToldLine {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly unitMinor: number
  readonly taxRate: number
}

/**
 * All lines of an order in one cell, as WooCommerce's order exports write them: `name:Tea|sku:TEA|quantity:2|total:9.98`,
 * lines divided by `;`. Totals have a decimal point there. Undefined when a line has no SKU or no quantity.
 */
export function linesInOneCell(cell: string, currency: string): readonly ToldLine[] | undefined {
  const lines: ToldLine[] = []
  for (const part of cell.split(/;(?=\s*(?:id|name|product_id|sku|quantity):)/)) {
    const facts = new Map(part.split('|').map((fact) => [keyOf(fact), fact.slice(fact.indexOf(':') + 1).trim()]))
    const sku = facts.get('sku')
    const quantity = Number(facts.get('quantity'))
    const total = readNumber(facts.get('total') || '0', '.')
    if (!sku || !Number.isInteger(quantity) || quantity < 1 || typeof total !== 'number') return undefined
    const minor = inMinorUnits(total, 'major', currency) ?? 0
    lines.push({ sku, name: facts.get('name') || sku, quantity, unitMinor: Math.round(minor / quantity), taxRate: 0 })
  }
  return lines
}

const keyOf = (fact: string): string =>
  fact
    .slice(0, Math.max(0, fact.indexOf(':')))
    .trim()
    .toLowerCase()
