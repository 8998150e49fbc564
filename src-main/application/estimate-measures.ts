import type { MeasureLayer, Product } from '../domain/catalogue.ts'
import { withMeasures } from '../domain/measures.ts'
import type { CategoryMeasures } from '../domain/suspicious-measures.ts'
import { auditEntry } from './audit.ts'
import { turn } from './long-file.ts'
import { MeasuredCatalogue } from './measured-catalogue.ts'
import { recheckHolds } from './recheck-holds.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface EstimateOutcome {
  /** Products that were given an estimate, or freed of one. */
  readonly skus: readonly string[]
  /** Products that still lack something: their category has too few products that were measured. */
  readonly without: number
  readonly released: number
}

type Deps = Pick<Workshop, 'store' | 'system' | 'imports'>

const chunk = 500

/**
 * Fills missing weights and sizes with the middle of the category, marked as estimated; what anybody has said is never
 * touched. `skus` undefined = every product on sale. `withdraw` takes estimates back instead. Long: reports progress and
 * can be cancelled between two parts, which keeps the parts that are done. Throws ERR_CANCELLED.
 */
export async function estimateMeasures(
  deps: Deps,
  caller: Caller,
  { skus, withdraw }: { readonly skus?: readonly string[] | undefined; readonly withdraw: boolean },
): Promise<EstimateOutcome> {
  const catalogue = new MeasuredCatalogue()
  catalogue.learn(await deps.store.loadWorklist({}))
  const wanted = skus ?? [...catalogue.all()].flatMap(({ product }) => (product.active ? [product.sku] : []))
  const done: string[] = []
  let without = 0
  for (let from = 0; from < wanted.length; from += chunk) {
    const before = await deps.store.loadProducts(wanted.slice(from, from + chunk))
    const after = before.map((product) =>
      withMeasures(product, 'estimated', withdraw ? undefined : estimateOf(product, catalogue.usual)),
    )
    const changed = after.filter((product, i) => estimateText(product) !== estimateText(before[i]))
    if (changed.length > 0) await save(deps, caller, { products: changed, withdraw })
    done.push(...changed.map(({ sku }) => sku))
    if (!withdraw) without += after.filter(isIncomplete).length
    await turn(deps, caller, { step: 'estimate-measures', done: from + chunk, total: wanted.length })
  }
  return { skus: done, without, released: done.length > 0 ? await recheckHolds(deps, caller) : 0 }
}

const estimateText = (product: Product | undefined): string => JSON.stringify(product?.layers.estimated ?? {})

const isIncomplete = ({ weightG, sizeMm, volumeCm3 }: Product): boolean =>
  weightG === undefined || (sizeMm === undefined && volumeCm3 === undefined)

/** What is missing, from the middle of the category; an estimate that is there stays as it is. */
function estimateOf(
  { layers, category, weightG, sizeMm, volumeCm3 }: Product,
  usual: ReadonlyMap<string, CategoryMeasures>,
): MeasureLayer | undefined {
  const middle = usual.get(category)
  const weight = weightG === undefined ? middle?.weightG : undefined
  const space = sizeMm === undefined && volumeCm3 === undefined ? middle?.volumeCm3 : undefined
  if (!weight && !space) return layers.estimated
  return {
    ...layers.estimated,
    ...(weight && { weightG: atLeastOne(weight.median) }),
    ...(space && { space: { volumeCm3: atLeastOne(space.median) } }),
  }
}

const atLeastOne = (logarithm: number): number => Math.max(1, Math.round(Math.exp(logarithm)))

async function save(
  deps: Deps,
  caller: Caller,
  { products, withdraw }: { readonly products: readonly Product[]; readonly withdraw: boolean },
): Promise<void> {
  const deed = {
    action: withdraw ? 'withdraw-estimates' : 'estimate-measures',
    entity: 'catalogue',
    entityId: 'products',
    facts: { products: products.length },
  }
  await deps.store.saveProducts(products, [], auditEntry(deps.system, caller, deed))
}
