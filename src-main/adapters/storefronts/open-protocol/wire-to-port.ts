import type { z } from 'zod'
import { parseMoney, type Money } from '../../../kernel/money.ts'
import type { ProductChange, RefusedEntry, StorefrontOrder, UserInformation } from '../../../ports/storefront.ts'
import type { MoneyAmount, WireOrder, WireProductChange, WireUserInformation } from '../../../../src-protocol/index.ts'

/** A field whose shape is right and whose meaning is not. */
class Misread extends Error {
  readonly path: string
  readonly expected: string
  constructor(path: string, expected: string) {
    super(path)
    this.path = path
    this.expected = expected
  }
}

export interface ReadEntries<Entry> {
  readonly entries: readonly Entry[]
  readonly refused: readonly RefusedEntry[]
}

/** Reads a page entry by entry: one that cannot be read is refused with its place and does not stop the others. */
export function readEntries<Schema extends z.ZodType, Entry>(
  raw: readonly unknown[],
  schema: Schema,
  convert: (wire: z.output<Schema>) => Entry,
): ReadEntries<Entry> {
  const entries: Entry[] = []
  const refused: RefusedEntry[] = []
  raw.forEach((value, index) => {
    const id = idOf(value)
    const parsed = schema.safeParse(value)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      refused.push({ id, index, path: issue?.path.join('.') ?? '', expected: issue?.message ?? '' })
      return
    }
    try {
      entries.push(convert(parsed.data))
    } catch (error) {
      if (!(error instanceof Misread)) throw error
      refused.push({ id, index, path: error.path, expected: error.expected })
    }
  })
  return { entries, refused }
}

const idOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id.slice(0, 200)
    : undefined

function instantOf(text: string, path: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Misread(path, 'an instant that exists')
  return at
}

function moneyOf(wire: MoneyAmount, path: string, currency = wire.currency): Money {
  if (wire.currency !== currency) throw new Misread(`${path}.currency`, currency)
  const money = parseMoney(wire.amount, wire.currency)
  if (money === undefined) throw new Misread(`${path}.amount`, `no more decimals than ${currency} has`)
  return money
}

export function productChangeOf(wire: WireProductChange): ProductChange {
  const changedAt = instantOf(wire.changedAt, 'changedAt')
  if (wire.kind === 'tombstone') return { kind: 'tombstone', id: wire.id, changedAt }
  return {
    kind: 'product',
    product: {
      id: wire.id,
      sku: wire.sku,
      gtin: wire.gtin,
      name: wire.name,
      description: wire.description,
      category: wire.category,
      price: moneyOf(wire.price, 'price'),
      taxRate: Number(wire.taxRate),
      measures: wire.measures ?? {},
      changedAt,
    },
  }
}

export function orderOf(wire: WireOrder): StorefrontOrder {
  const { currency } = wire
  if (new Set(wire.lines.map(({ id }) => id)).size < wire.lines.length) throw new Misread('lines', 'each line id once')
  return {
    id: wire.id,
    number: wire.number,
    status: wire.status,
    placedAt: instantOf(wire.placedAt, 'placedAt'),
    changedAt: instantOf(wire.changedAt, 'changedAt'),
    user: userOf(wire.user),
    deliveryAddress: wire.deliveryAddress,
    window: windowOf(wire),
    service: wire.service,
    instructions: wire.instructions,
    payment: wire.payment,
    lines: wire.lines.map((line, index) => ({
      ...line,
      unitPrice: moneyOf(line.unitPrice, `lines.${index}.unitPrice`, currency),
      taxRate: Number(line.taxRate),
    })),
    totals: {
      goods: moneyOf(wire.totals.goods, 'totals.goods', currency),
      shipping: moneyOf(wire.totals.shipping, 'totals.shipping', currency),
      tax: moneyOf(wire.totals.tax, 'totals.tax', currency),
      total: moneyOf(wire.totals.total, 'totals.total', currency),
    },
    currency,
  }
}

function windowOf({ window }: WireOrder): StorefrontOrder['window'] {
  if (window === undefined) return undefined
  const from = instantOf(window.from, 'window.from')
  const to = instantOf(window.to, 'window.to')
  if (to <= from) throw new Misread('window.to', 'later than window.from')
  return { from, to }
}

const userOf = (wire: WireUserInformation): UserInformation => ({
  ...wire,
  identifiedAt: instantOf(wire.identifiedAt, 'user.identifiedAt'),
})
