import { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import type { StockAnswer, StockLevel } from '../../../ports/storefront.ts'
import { shapedAnswer } from './answer-of.ts'
import { isSoldItself, type Catalogue } from './catalogue.ts'
import type { WireProduct } from './wire.ts'
import type { WooHost } from './woo-host.ts'

const batchSize = 100

export interface StockParts {
  readonly host: WooHost
  readonly catalogue: Catalogue
}

/**
 * Sets what is sellable, a hundred at a time: read, compare, and at once write the difference. The difference and not the
 * number, because the shop may sell in between: what it sold then stays sold, and the answer is a conflict with what is
 * left. A product whose stock the shop does not count, or counts for all its variations together, has no level of its own
 * and is not made to have one: it is answered as unknown.
 */
export async function pushStock(parts: StockParts, levels: readonly StockLevel[]): Promise<readonly StockAnswer[]> {
  const answers: StockAnswer[] = []
  for (let start = 0; start < levels.length; start += batchSize) {
    answers.push(...(await pushBatch(parts, levels.slice(start, start + batchSize))))
  }
  return answers
}

async function pushBatch(parts: StockParts, levels: readonly StockLevel[]): Promise<readonly StockAnswer[]> {
  const unitBySku = await findUnits(
    parts.catalogue,
    levels.map(({ sku }) => sku),
  )
  const wanted: { unit: WireProduct; level: StockLevel; present: number }[] = []
  const answerBySku = new Map<string, StockAnswer>()
  for (const level of levels) {
    const unit = unitBySku.get(level.sku)
    const present = unit?.stock_quantity ?? 0
    if (unit?.manage_stock !== true) answerBySku.set(level.sku, { sku: level.sku, outcome: 'unknown-sku' })
    else if (level.expected !== undefined && level.expected !== present) {
      answerBySku.set(level.sku, { sku: level.sku, outcome: 'conflict', present })
    } else if (present === level.quantity) answerBySku.set(level.sku, { sku: level.sku, outcome: 'set', present })
    else wanted.push({ unit, level, present })
  }
  const writtenById = await writeDifferences(parts.host, wanted)
  for (const { unit, level } of wanted) {
    const written = writtenById.get(unit.id)
    if (written === undefined) answerBySku.set(level.sku, { sku: level.sku, outcome: 'unknown-sku' })
    else {
      const outcome = written === level.quantity ? 'set' : 'conflict'
      answerBySku.set(level.sku, { sku: level.sku, outcome, present: written })
    }
  }
  return levels.map(({ sku }) => answerBySku.get(sku) ?? { sku, outcome: 'unknown-sku' })
}

/** The unit that goes by each SKU; see catalogueOf for whose a SKU is. */
async function findUnits(catalogue: Catalogue, skus: readonly string[]): Promise<ReadonlyMap<string, WireProduct>> {
  const unitBySku = new Map<string, WireProduct>()
  const stored = await catalogue.withSkus(skus)
  for (const product of stored.filter(isSoldItself)) {
    const before = unitBySku.get(product.sku ?? '')
    if (!before || product.id < before.id) unitBySku.set(product.sku ?? '', product)
  }
  const byId = skus.flatMap((sku) => {
    const id = unitBySku.has(sku) ? undefined : /^woo-([1-9]\d{0,15})$/.exec(sku)?.[1]
    return id === undefined ? [] : [{ sku, id: Number(id) }]
  })
  const plain = byId.length === 0 ? [] : await catalogue.products(byId.map(({ id }) => id))
  for (const { sku, id } of byId) {
    const product = plain.find((candidate) => candidate.id === id) ?? (await catalogue.find(id))
    if (product && isSoldItself(product)) unitBySku.set(sku, product)
  }
  return unitBySku
}

interface Wanted {
  readonly unit: WireProduct
  readonly level: StockLevel
  readonly present: number
}

const written = z.union([
  z.object({ update: z.array(z.looseObject({ id: z.number(), stock_quantity: z.number().optional() })) }),
  z.tuple([]).transform(() => ({ update: [] })),
])

/** What the shop counts after the writing, by id; a product it refused to write is not among them. */
async function writeDifferences(host: WooHost, wanted: readonly Wanted[]): Promise<ReadonlyMap<number, number>> {
  const byPath = Map.groupBy(
    wanted,
    ({ unit }) =>
    unit.type === 'variation' && unit.parent_id > 0 ? `wc/v3/products/${unit.parent_id}/variations/batch` : 'wc/v3/products/batch', // prettier-ignore
  )
  const countById = new Map<number, number>()
  for (const [path, group] of byPath) {
    const update = group.map(({ unit, level, present }) => ({
      id: unit.id,
      inventory_delta: level.quantity - present,
    }))
    const { json } = await host.call({ method: 'POST', path, body: { update } })
    const told = shapedAnswer(host, path, { json, schema: written }).update
    if (told.length !== update.length) {
      const place = { field: 'update', expected: 'one for each, in order' }
      throw new AppError('ERR_STOREFRONT_ANSWER', { host: host.base.host, path, what: 'wrong-shape', ...place })
    }
    for (const row of told) if (row.stock_quantity !== undefined) countById.set(row.id, row.stock_quantity)
  }
  return countById
}
