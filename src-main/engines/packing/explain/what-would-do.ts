import { budgetOf } from '../../../kernel/budget.ts'
import type { Size } from '../../../kernel/units.ts'
import { groundOf } from '../model/ground.ts'
import { planOrder } from '../plan-order.ts'
import type { PackingCarton, PackingOrder, PackingSetup } from '../problem.ts'
import type { PackedOrder } from '../result.ts'

/** What would have to be different for the order to travel in one parcel less, with the plan that shows it. */
export type PackingChange = {
  /** The changed problem and a plan of it: whoever doubts it can verify it. */
  readonly setup: PackingSetup
  readonly order: PackingOrder
  readonly plan: PackedOrder
} & (
  | { readonly code: 'lighter'; readonly carton: string; readonly byG: number }
  | { readonly code: 'larger-carton'; readonly carton: string; readonly axis: 0 | 1 | 2; readonly byMm: number }
  | { readonly code: 'without-piece'; readonly sku: string }
)

/** Nobody looks for a carton that is larger than this. */
const mostLargerMm = 200
/** Products that are tried away; orders of more kinds are told by weight and size. */
const mostProducts = 12
/** Search steps per question: enough for a basket, and some thirty questions together stay below a second. */
const stepsPerQuestion = 2_000

/**
 * What would have to change so that the order travels in one parcel less: fewer grams, the roomiest carton a few
 * millimetres larger along one side, one piece left out. Each is shown by a plan of the changed order, so it would do;
 * that less would not do is only as certain as the planner's search. Empty where one parcel is all there is, or nothing
 * tried would do. Order: lighter, larger by axis, without a piece in the order of the lines. Deterministic. Cost: some
 * thirty plans of the order.
 */
export function whatWouldDo(setup: PackingSetup, order: PackingOrder, packed: PackedOrder): readonly PackingChange[] {
  const { carried } = groundOf(setup)
  const roomiest = carried.toSorted((a, b) => b.usableMm3 - a.usableMm3)[0]?.carton
  const most = packed.parcels.length - 1
  if (most < 1 || packed.unpacked.length > 0 || !roomiest) return []
  const tried = (changed: PackingSetup, lines: PackingOrder): Shown | undefined => {
    const plan = planOrder(changed, lines, { budget: budgetOf({ iterations: stepsPerQuestion }) })
    const isLess = plan.unpacked.length === 0 && plan.parcels.length <= most
    return isLess ? { setup: changed, order: lines, plan } : undefined
  }
  const weightG = order.items.reduce((sum, item) => sum + item.quantity * item.weightG, 0)
  const byG = least(weightG, (more) => tried(carryingMore(setup, roomiest, more), order))
  const sides = ([0, 1, 2] as const).flatMap((axis): readonly PackingChange[] => {
    const found = least(mostLargerMm, (more) => tried(withLarger(setup, roomiest, { axis, more }), order))
    return found ? [{ code: 'larger-carton', carton: roomiest.code, axis, byMm: found.by, ...found.shown }] : []
  })
  const without = order.items.length > mostProducts ? [] : order.items
  return [
    ...(byG ? [{ code: 'lighter' as const, carton: roomiest.code, byG: byG.by, ...byG.shown }] : []),
    ...sides,
    ...without.flatMap((item): readonly PackingChange[] => {
      const items = order.items.map((one) => (one === item ? { ...one, quantity: one.quantity - 1 } : one))
      const shown = tried(setup, { ...order, items: items.filter(({ quantity }) => quantity > 0) })
      return shown ? [{ code: 'without-piece', sku: item.sku, ...shown }] : []
    }),
  ]
}

type Shown = Pick<PackingChange, 'setup' | 'order' | 'plan'>

/** The least amount from 1 to `most` that would do, by halving; undefined where `most` does not. */
function least(
  most: number,
  tryWith: (amount: number) => Shown | undefined,
): { readonly by: number; readonly shown: Shown } | undefined {
  if (most < 1) return undefined
  let shown = tryWith(most)
  if (!shown) return undefined
  let tooLittle = 0
  let enough = most
  while (enough - tooLittle > 1) {
    const middle = Math.floor((tooLittle + enough) / 2)
    const found = tryWith(middle)
    if (found) {
      shown = found
      enough = middle
    } else tooLittle = middle
  }
  return { by: enough, shown }
}

/** So many grams less to carry is the same as a carton and a courier that carry so many more. */
function carryingMore(setup: PackingSetup, carton: PackingCarton, more: number): PackingSetup {
  const { carrier } = setup.rules
  const maxGrossG = carrier?.maxGrossG === undefined ? undefined : carrier.maxGrossG + more
  return {
    cartons: setup.cartons.map((one) => (one === carton ? { ...one, maxGrossG: one.maxGrossG + more } : one)),
    rules: { ...setup.rules, carrier: carrier && { ...carrier, maxGrossG } },
  }
}

/** The carton with one side longer, inside and outside; what it may hold by volume grows with it. */
function withLarger(
  setup: PackingSetup,
  carton: PackingCarton,
  { axis, more }: { readonly axis: 0 | 1 | 2; readonly more: number },
): PackingSetup {
  const longer = (size: Size): Size => [
    size[0] + (axis === 0 ? more : 0),
    size[1] + (axis === 1 ? more : 0),
    size[2] + (axis === 2 ? more : 0),
  ]
  const { innerMm, outerMm, maxVolumeCm3 } = carton
  const grown = (innerMm[axis] + more) / innerMm[axis]
  const larger: PackingCarton = {
    ...carton,
    innerMm: longer(innerMm),
    outerMm: longer(outerMm),
    maxVolumeCm3: maxVolumeCm3 === undefined ? undefined : Math.floor(maxVolumeCm3 * grown),
  }
  return { ...setup, cartons: setup.cartons.map((one) => (one === carton ? larger : one)) }
}
