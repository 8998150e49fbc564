import { budgetOf, type Budget } from '../../kernel/budget.ts'
import { seededRandom } from '../../kernel/random.ts'
import { ownBoxRefusal, pieceRefusal } from './explain/refuse.ts'
import { whysOf } from './explain/why.ts'
import { bestSingle, comparePlans, stockAfter, type Frame } from './many-cartons/plan.ts'
import { planGroup, type ProvenPlan } from './many-cartons/plan-group.ts'
import { boxesOf, brokenLimit, type Box } from './model/box.ts'
import { kindsOf, type Kind } from './model/kind.ts'
import { countOf, sceneOf, type Counts } from './model/scene.ts'
import { workshopOf, type Workshop } from './one-carton/fill.ts'
import { ownBoxParcel, parcelOf } from './parcel.ts'
import type { PackingOrder, PackingSetup } from './problem.ts'
import type { PackedOrder, PackedParcel, UnpackedItem } from './result.ts'
import { withSetsSaid } from './explain/split-sets.ts'
import { withoutImpossibleSets } from './many-cartons/sets.ts'

/**
 * Steps (pieces put in or tried, search nodes) that an order may spend on looking for a better plan: half
 * of it costs 0.2 % of outer volume on the efficiency set, twice as much gains nothing (test/quality/packing).
 */
const stepsPerOrder = 1000
const stepsPerPiece = 200

export interface OrderOptions {
  readonly seed?: number | undefined
  /** Outer limit of the search; without it a number of steps that grows with the pieces. A first plan is always made. */
  readonly budget?: Budget | undefined
  /** Cartons left by code; without an entry what the carton says is available. */
  readonly stock?: Readonly<Record<string, number>> | undefined
  readonly now?: (() => number) | undefined
}

/** What has been decided of an order so far. */
interface Draft {
  readonly parcels: PackedParcel[]
  readonly unpacked: UnpackedItem[]
  stock: number[]
  lowerBound: number
  isFewest: boolean
  isBest: boolean
}

/**
 * Plans one order. Never throws for pieces that cannot travel: they come back with a reason. Same
 * setup, order, seed and budget, same plan. Typical baskets take well under 50 ms.
 */
export function planOrder(setup: PackingSetup, order: PackingOrder, options: OrderOptions = {}): PackedOrder {
  const startMs = options.now?.() ?? 0
  const boxes = boxesOf(setup.cartons, setup.rules)
  const kinds = kindsOf(order.items)
  const draft: Draft = {
    parcels: [],
    unpacked: [],
    stock: setup.cartons.map((carton) => options.stock?.[carton.code] ?? carton.available ?? Infinity),
    lowerBound: 0,
    isFewest: true,
    isBest: true,
  }
  const travelling = sendOwnBoxes(draft, kinds, setup).filter((kind) => isPackable(draft, { kind, boxes, setup }))
  const pieces = kinds.reduce((sum, kind) => sum + kind.count, 0)
  const context: Context = {
    setup,
    boxes: boxes.filter((box) => brokenLimit(box.carton.outerMm, setup.rules.carrier) === undefined),
    budget: options.budget ?? budgetOf({ iterations: stepsPerOrder + stepsPerPiece * pieces }),
    seed: options.seed ?? 1,
  }
  const isAlone = (kind: Kind): boolean => kind.item.handling.alone
  for (const temperature of ['ambient', 'chilled', 'frozen'] as const) {
    const group = travelling.filter((kind) => !isAlone(kind) && kind.temperature === temperature)
    if (group.length > 0) sendGroup(draft, group, context)
  }
  for (const kind of travelling.filter(isAlone)) sendAlone(draft, kind, context)
  const isAll = draft.unpacked.length === 0
  return {
    id: order.id,
    parcels: withSetsSaid(order.items, draft.parcels),
    unpacked: draft.unpacked,
    proof: {
      parcelsLowerBound: Math.min(draft.lowerBound, isAll ? Infinity : draft.parcels.length),
      fewestParcels: draft.isFewest,
      best: draft.isBest,
    },
    ms: options.now ? options.now() - startMs : 0,
  }
}

interface Context {
  readonly setup: PackingSetup
  readonly boxes: readonly Box[]
  readonly budget: Budget
  readonly seed: number
}

function sendOwnBoxes(draft: Draft, kinds: readonly Kind[], setup: PackingSetup): readonly Kind[] {
  for (const kind of kinds.filter((each) => each.item.handling.ownBox)) {
    const refusal = ownBoxRefusal(kind, setup.rules)
    if (refusal) refuse(draft, kind, { ...refusal, quantity: kind.count })
    else {
      const room = roomFor(draft, setup)
      const sent = Math.min(kind.count, room)
      for (let piece = 0; piece < sent; piece++) draft.parcels.push(ownBoxParcel(kind, setup.rules))
      draft.lowerBound += sent
      if (sent < kind.count) refuse(draft, kind, { ...tooMany(setup), quantity: kind.count - sent })
    }
  }
  return kinds.filter((each) => !each.item.handling.ownBox)
}

function isPackable(
  draft: Draft,
  { kind, boxes, setup }: { kind: Kind; boxes: readonly Box[]; setup: PackingSetup },
): boolean {
  const refusal = pieceRefusal(kind, boxes, setup.rules)
  if (refusal) refuse(draft, kind, { ...refusal, quantity: kind.count })
  return refusal === undefined
}

function refuse(
  draft: Draft,
  kind: Kind,
  { quantity, reason, facts }: Pick<UnpackedItem, 'quantity' | 'reason' | 'facts'>,
): void {
  draft.unpacked.push({ sku: kind.item.sku, quantity, reason, facts })
}

const roomFor = (draft: Draft, { rules }: PackingSetup): number =>
  (rules.carrier?.maxParcels ?? Infinity) - draft.parcels.length

const tooMany = ({ rules }: PackingSetup): Pick<UnpackedItem, 'reason' | 'facts'> => ({
  reason: 'too-many-parcels',
  facts: { limit: rules.carrier?.maxParcels ?? 0 },
})

function sendGroup(draft: Draft, group: readonly Kind[], context: Context): void {
  const shop = openShop(group, context)
  const frame: Frame = { stock: draft.stock, maxParcels: roomFor(draft, context.setup) }
  const counts = shop.scene.kinds.map((kind) => kind.count)
  const plan = planGroup(shop, counts, frame)
  const isShort = shop.scene.sets.length > 0 && countOf(plan.left) > 0
  settle(draft, shop, { plan: isShort ? planWithSplitSets(shop, plan, { counts, frame }) : plan, context })
}

/**
 * Where cartons or parcels run out, sets are split rather than left behind, because most volume packed
 * comes first: either none is kept together, or only what is left of the plan is packed without regard to sets.
 */
function planWithSplitSets(
  shop: Workshop,
  plan: ProvenPlan,
  { counts, frame }: { readonly counts: Counts; readonly frame: Frame },
): ProvenPlan {
  const freed = { ...shop, scene: { ...shop.scene, sets: [] }, known: new Map() }
  const rest = planGroup(freed, plan.left, {
    stock: stockAfter(frame.stock, plan.filled),
    maxParcels: frame.maxParcels - plan.filled.length,
  })
  const patched = { ...plan, filled: [...plan.filled, ...rest.filled], left: rest.left, isFewest: false, isBest: false }
  const split = planGroup(freed, counts, frame)
  return comparePlans(shop, split, patched) < 0 ? { ...split, isBest: false } : patched
}

/** Each piece gets the best carton for itself; its equals get the same one while it lasts. */
function sendAlone(draft: Draft, kind: Kind, context: Context): void {
  const shop = openShop([kind], context)
  for (let piece = 0; piece < kind.count; piece++) {
    const isRoom = roomFor(draft, context.setup) > 0
    const { filled, isBest } = isRoom ? bestSingle(shop, [1], draft.stock) : { filled: undefined, isBest: false }
    const plan = {
      filled: filled ? [filled] : [],
      left: [filled ? 0 : 1],
      parcelsLowerBound: 1,
      isFewest: filled !== undefined,
      isBest: filled !== undefined && isBest,
    }
    settle(draft, shop, { plan, context, whyCode: 'alone' })
  }
}

function openShop(group: readonly Kind[], { setup, boxes, budget, seed }: Context): Workshop {
  const isCold = group.some((kind) => kind.temperature !== 'ambient')
  const usable = boxes.filter((box) => !isCold || box.carton.insulated)
  const scene = sceneOf(group, usable, setup.rules)
  return withoutImpossibleSets(workshopOf(scene, { budget, random: seededRandom(seed) }))
}

function settle(
  draft: Draft,
  shop: Workshop,
  { plan, context, whyCode }: { plan: ProvenPlan; context: Context; whyCode?: 'alone' },
): void {
  const whys = whyCode
    ? plan.filled.map(() => ({ code: whyCode, facts: {} }))
    : whysOf(shop, plan.filled, stockAfter(draft.stock, plan.filled))
  for (const [at, filled] of plan.filled.entries()) {
    const why = whys[at] ?? { code: 'smallest-carton', facts: {} }
    draft.parcels.push(parcelOf(filled, { shop, why }))
  }
  // Parts of an order that share limited cartons could serve each other better than each does itself.
  const sharesStock = draft.lowerBound > 0 && draft.stock.some((left) => left < Infinity)
  draft.stock = stockAfter(draft.stock, plan.filled)
  draft.lowerBound += plan.parcelsLowerBound
  draft.isFewest &&= plan.isFewest
  draft.isBest &&= plan.isBest && !sharesStock
  refuseLeft(draft, shop, { left: plan.left, context })
}

function refuseLeft(draft: Draft, shop: Workshop, { left, context }: { left: Counts; context: Context }): void {
  if (countOf(left) === 0) return
  const isFull = roomFor(draft, context.setup) <= 0
  const cartons = shop.scene.boxes.map((box) => box.carton.code).join(', ')
  for (const kind of shop.scene.kinds) {
    const quantity = left[kind.index] ?? 0
    if (quantity === 0) continue
    const reason = isFull ? tooMany(context.setup) : { reason: 'no-carton-left' as const, facts: { cartons } }
    refuse(draft, kind, { ...reason, quantity })
  }
}
