import { categoryMeasures, suspiciousMeasures, type CategoryMeasures, type Measured, type Suspicion } from '../domain/suspicious-measures.ts' // prettier-ignore
import type { MeasuredProduct, WorklistBundle } from '../ports/store/catalogue-store.ts'

/** What is to be done about a product, the most pressing first: without weight or size no order with it can be planned. */
export const worklistKinds = ['no-weight', 'no-size', 'suspicious', 'no-location', 'estimated'] as const
export type WorklistKind = (typeof worklistKinds)[number]

/** A product with what may be wrong about it. */
export interface Judged {
  readonly product: MeasuredProduct
  /** Empty where staff have confirmed the measures. */
  readonly doubts: readonly Suspicion[]
  /** In order of urgency; empty where nothing is to be done. */
  readonly kinds: readonly WorklistKind[]
}

/**
 * The catalogue's measures, judged and kept: an answer costs what has changed since the last one. Categories are what
 * is compared with, so a product that changes has the others of its category judged again, and no more.
 */
export class MeasuredCatalogue {
  /** In order of SKU. */
  #judged = new Map<string, Judged>()
  readonly #skusByCategory = new Map<string, Set<string>>()
  readonly #usual = new Map<string, CategoryMeasures>()
  #revision: number | undefined

  /** What to ask the store for; undefined = everything. */
  get revision(): number | undefined {
    return this.#revision
  }

  /** What is usual in each category, estimates aside. */
  get usual(): ReadonlyMap<string, CategoryMeasures> {
    return this.#usual
  }

  find(sku: string): Judged | undefined {
    return this.#judged.get(sku)
  }

  /** In order of SKU. */
  all(): IterableIterator<Judged> {
    return this.#judged.values()
  }

  /**
   * Takes in what the store answered, whatever came in between. Answers false when products are gone: then it has
   * forgotten everything and wants to be told from the start.
   */
  learn({ revision, total, changed }: Pick<WorklistBundle, 'revision' | 'total' | 'changed'>): boolean {
    if (this.#revision !== undefined && revision < this.#revision) return true
    this.#revision = revision
    const known = this.#judged.size
    const touched = new Set(changed.flatMap((product) => this.#keep(product)))
    if (this.#judged.size !== total) {
      this.#forget()
      return false
    }
    if (known > 0 && total > known) this.#judged = new Map([...this.#judged].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const category of touched) this.#judge(category)
    return true
  }

  /** Answers the categories that must be judged again. */
  #keep(product: MeasuredProduct): readonly string[] {
    const before = this.#judged.get(product.sku)?.product
    if (before && before.category !== product.category) this.#skusByCategory.get(before.category)?.delete(product.sku)
    const skus = this.#skusByCategory.get(product.category) ?? new Set()
    this.#skusByCategory.set(product.category, skus.add(product.sku))
    this.#judged.set(product.sku, { product, doubts: [], kinds: [] })
    return before ? [before.category, product.category] : [product.category]
  }

  #judge(category: string): void {
    const all = [...(this.#skusByCategory.get(category) ?? [])].flatMap((sku) => this.#judged.get(sku)?.product ?? [])
    const middle = categoryMeasures(all.map(measured)).get(category)
    if (middle) this.#usual.set(category, middle)
    else this.#usual.delete(category)
    for (const product of all) {
      const doubts = product.measuresConfirmed ? [] : suspiciousMeasures(product, this.#usual)
      this.#judged.set(product.sku, { product, doubts, kinds: kindsOf(product, doubts) })
    }
  }

  #forget(): void {
    this.#judged.clear()
    this.#skusByCategory.clear()
    this.#usual.clear()
    this.#revision = undefined
  }
}

function kindsOf(product: MeasuredProduct, doubts: readonly Suspicion[]): readonly WorklistKind[] {
  const kinds: WorklistKind[] = []
  const { weightG, sizeMm, volumeCm3, active } = product
  if (weightG === undefined) kinds.push('no-weight')
  if (sizeMm === undefined && volumeCm3 === undefined) kinds.push('no-size')
  if (doubts.length > 0) kinds.push('suspicious')
  if (active && !product.isPlaced) kinds.push('no-location')
  if (product.isWeightEstimated || product.isSpaceEstimated) kinds.push('estimated')
  return kinds
}

/** What a product adds to what is usual: an estimate was made of that, and must not confirm itself. */
const measured = ({ category, sizeMm, volumeCm3, weightG, ...product }: MeasuredProduct): Measured => ({
  category,
  ...(!product.isSpaceEstimated && { sizeMm, volumeCm3 }),
  ...(!product.isWeightEstimated && { weightG }),
})
