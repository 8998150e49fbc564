import { AppError } from '../kernel/errors.ts'
import type { Handling, MeasureLayer, Product, Space } from '../domain/catalogue.ts'
import { isSameMeasure, withMeasures, type MeasureName } from '../domain/measures.ts'
import { auditEntry } from './audit.ts'
import { recheckHolds } from './recheck-holds.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What staff say of one product; what is neither said nor cleared stays as staff said before. */
export interface MeasureChange {
  readonly sku: string
  readonly space?: Space | undefined
  readonly weightG?: number | undefined
  /** As a whole. */
  readonly handling?: Handling | undefined
  /** Measures of which staff take their word back: the storefront's counts again, else the estimate. */
  readonly clear?: readonly MeasureName[] | undefined
  /** True = however odd they look, size and weight are right; false = they may be doubted again. */
  readonly confirmed?: boolean | undefined
}

export interface MeasureOutcome {
  /** Products of which something is in force, or said, that was not before. */
  readonly changed: number
  /** Orders that waited for it and go on. */
  readonly released: number
  /** The same command with these changes puts everything back. */
  readonly undo: readonly MeasureChange[]
}

/**
 * Sets or takes back staff's word on products' measures, all or nothing, and frees the orders that waited for it. Throws
 * ERR_PRODUCT_NOT_FOUND { product }.
 */
export async function measureProducts(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  changes: readonly MeasureChange[],
): Promise<MeasureOutcome> {
  const known = await knownProducts(deps, changes.map(({ sku }) => sku)) // prettier-ignore
  const after = new Map<string, Product>()
  for (const change of changes) {
    const product = after.get(change.sku) ?? known.get(change.sku)
    if (product) after.set(change.sku, measured(product, change))
  }
  return saveMeasured(deps, caller, {
    action: 'measure-product',
    before: [...known.values()],
    after: [...after.values()],
  })
}

/** Takes the doubt from products' measures until they change. Throws ERR_PRODUCT_NOT_FOUND { product }. */
export async function confirmMeasures(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  { skus, confirmed }: { readonly skus: readonly string[]; readonly confirmed: boolean },
): Promise<MeasureOutcome> {
  const before = [...(await knownProducts(deps, skus)).values()]
  const after = before.map((product) => measured(product, { sku: product.sku, confirmed }))
  return saveMeasured(deps, caller, { action: 'confirm-measures', before, after })
}

async function knownProducts(
  deps: Pick<Workshop, 'store'>,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Product>> {
  const known = new Map((await deps.store.loadProducts(skus)).map((product) => [product.sku, product]))
  const unknown = skus.find((sku) => !known.has(sku))
  if (unknown !== undefined) throw new AppError('ERR_PRODUCT_NOT_FOUND', { product: unknown })
  return known
}

function measured(product: Product, { space, weightG, handling, clear = [], confirmed }: MeasureChange): Product {
  const said: MeasureLayer = product.layers.staff ?? {}
  const kept = <Value>(name: MeasureName, value: Value): Value | undefined => (clear.includes(name) ? undefined : value)
  const after = withMeasures(product, 'staff', {
    space: space ?? kept('space', said.space),
    weightG: weightG ?? kept('weight', said.weightG),
    handling: handling ?? kept('handling', said.handling),
  })
  if (confirmed === undefined) return after
  return { ...after, measuresConfirmed: confirmed ? true : undefined }
}

/** What puts staff's word of a product back as it was. */
function undoOf({ sku, layers: { staff }, measuresConfirmed }: Product): MeasureChange {
  const clear = (['space', 'weight', 'handling'] as const).filter((name) => saidBy(staff, name) === undefined)
  return { sku, ...staff, ...(clear.length > 0 && { clear }), confirmed: measuresConfirmed === true }
}

const saidBy = (layer: MeasureLayer | undefined, name: MeasureName): unknown =>
  name === 'weight' ? layer?.weightG : layer?.[name]

/** Products named in an audit entry; of more their number alone. */
const mostNamed = 20

async function saveMeasured(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  change: { readonly action: string; readonly before: readonly Product[]; readonly after: readonly Product[] },
): Promise<MeasureOutcome> {
  const { action, before, after } = change
  const [only, ...others] = after
  const skus = after.slice(0, mostNamed).map(({ sku }) => sku)
  const deed =
    only && others.length === 0
      ? { action, entity: 'product', entityId: only.sku }
      : { action, entity: 'catalogue', entityId: 'products', facts: { products: after.length, skus: skus.join(' ') } }
  const { changed } = await deps.store.saveProducts(after, [], auditEntry(deps.system, caller, deed))
  const formerBySku = new Map(before.map((product) => [product.sku, product]))
  const isOther = after.some((product) => !isSame(formerBySku.get(product.sku), product))
  return { changed, released: isOther ? await recheckHolds(deps, caller) : 0, undo: before.map(undoOf) }
}

const isSame = (before: Product | undefined, after: Product): boolean =>
  before !== undefined && isSameMeasure(before, after)
