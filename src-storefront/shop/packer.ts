import { plainHandling, plainRules, planPacking, type PackingCarton } from '../../src-main/engines/packing/index.ts'
import { budgetOf } from '../../src-main/kernel/budget.ts'
import type { WireCarton, WirePackagedProduct, WirePackagingRules } from '../../src-protocol/index.ts'

export interface BasketItem extends WirePackagedProduct {
  readonly quantity: number
}

type Facts = { readonly [key: string]: string | number }

export interface PackedParcel {
  readonly carton: string | null
  readonly grossG: number
  readonly allowableG: number
  readonly piecesCm3: number
  readonly allowableCm3: number
  readonly contents: readonly { readonly sku: string; readonly quantity: number }[]
  readonly why: { readonly code: string; readonly facts: Facts }
}

export interface PackedBasket {
  readonly parcels: readonly PackedParcel[]
  readonly unpacked: readonly {
    readonly sku: string
    readonly quantity: number
    readonly reason: string
    readonly facts: Facts
  }[]
  readonly isProvenFewest: boolean
}

/**
 * How hard the engine thinks. `full` is what a customer is promised: the engine's own budget for the basket of a
 * household, and as much as leaves an answer within some 50 ms for larger ones. The wave thinks longer and may only find
 * fewer parcels. `quick` is for "does this still fit": a yes is a plan that was found, a no may be overcautious.
 */
export type Effort = 'full' | 'quick'
/** A few milliseconds on a small PC for a basket of fifteen pieces. */
const quickSteps = 500
/**
 * Steps by pieces, the first row that holds them. Measured with baskets of the sample shop (ms, median and worst of 30):
 * 20 pieces 17 and 28, 40 pieces 19 and 60, 80 pieces 19 and 45; the plans of the last row have 4 % more parcels than
 * the engine's own budget would find in 90 to 220 ms.
 */
const fullSteps = [
  { upToPieces: 20, steps: undefined },
  { upToPieces: 40, steps: 2000 },
  { upToPieces: Infinity, steps: quickSteps },
]

/** Plans remembered per published rules: a customer looks at the same basket many times on the way to the order. */
const remembered = 4000
const plansByRules = new WeakMap<WirePackagingRules, Map<string, PackedBasket>>()

/**
 * The one place where the storefront meets the packing engine: published rules in, parcels by SKU out.
 * The budget counts steps, not time: the same basket gives the same plan, whatever the machine is doing.
 */
export function packBasket(
  published: WirePackagingRules,
  items: readonly BasketItem[],
  effort: Effort = 'full',
): PackedBasket {
  const plans = plansByRules.get(published) ?? new Map<string, PackedBasket>()
  plansByRules.set(published, plans)
  const key = effort + JSON.stringify(items)
  const basket = plans.get(key) ?? plan(published, items, effort)
  // Put at the end again: the oldest key is always the one looked at least recently.
  plans.delete(key)
  plans.set(key, basket)
  const oldest = plans.size > remembered ? plans.keys().next().value : undefined
  if (oldest !== undefined) plans.delete(oldest)
  return basket
}

function plan(published: WirePackagingRules, items: readonly BasketItem[], effort: Effort): PackedBasket {
  const problem = {
    cartons: published.cartons.map(cartonOf),
    rules: { ...plainRules, ...published.rules },
    orders: [
      { id: 'basket', items: items.map((item) => ({ ...item, handling: { ...plainHandling, ...item.handling } })) },
    ],
  }
  const iterations = effort === 'full' ? stepsFor(items) : quickSteps
  const result = planPacking(problem, iterations === undefined ? {} : { budget: () => budgetOf({ iterations }) })
  const order = result.orders[0]
  return {
    parcels: (order?.parcels ?? []).map((parcel) => ({
      carton: parcel.carton,
      grossG: parcel.grossG,
      allowableG: parcel.allowableG,
      piecesCm3: parcel.piecesCm3,
      allowableCm3: parcel.allowableCm3,
      why: { code: parcel.why.code, facts: sayable(parcel.why.facts) },
      contents: countBySku(parcel.placements),
    })),
    unpacked: (order?.unpacked ?? []).map((item) => ({ ...item, facts: sayable(item.facts) })),
    isProvenFewest: order?.proof.fewestParcels ?? false,
  }
}

function stepsFor(items: readonly BasketItem[]): number | undefined {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
  return fullSteps.find(({ upToPieces }) => pieces <= upToPieces)?.steps
}

/** JSON has no word for infinity (a piece that no amount of room would help); such a fact is left out. */
const sayable = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value === 'string' || Number.isFinite(value)))

/** How many cartons are left is the shop's affair when it packs; a promise made now cannot reserve them. */
function cartonOf({ available: _available, ...carton }: WireCarton): PackingCarton {
  return {
    ...carton,
    outerMm: carton.outerMm ?? carton.innerMm,
    tareG: carton.tareG ?? 0,
    costMinor: carton.costMinor ?? 0,
    insulated: carton.insulated ?? false,
    paddingMm: carton.paddingMm ?? 0,
    coolantMm3: carton.coolantMm3 ?? 0,
    coolantG: carton.coolantG ?? 0,
  }
}

function countBySku(pieces: readonly { readonly sku: string }[]): PackedParcel['contents'] {
  const countBySku = new Map<string, number>()
  for (const { sku } of pieces) countBySku.set(sku, (countBySku.get(sku) ?? 0) + 1)
  return [...countBySku].map(([sku, quantity]) => ({ sku, quantity }))
}
