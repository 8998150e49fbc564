import type { Budget } from '../../kernel/budget.ts'
import { seededRandom } from '../../kernel/random.ts'
import { shapesThatFit } from './bounds/scales.ts'
import { whysOf } from './explain/why.ts'
import { bestSingle, comparePlans, stockAfter, type Frame } from './many-cartons/plan.ts'
import { planGroup, type ProvenPlan } from './many-cartons/plan-group.ts'
import { withoutImpossibleSets } from './many-cartons/sets.ts'
import type { Box } from './model/box.ts'
import type { Kind } from './model/kind.ts'
import { countOf, sceneOf, type Counts } from './model/scene.ts'
import { workshopOf, type Workshop } from './one-carton/fill.ts'
import { ownBoxParcel, parcelOf } from './parcel.ts'
import type { PackingSetup } from './problem.ts'
import type { PackedParcel, UnpackedItem } from './result.ts'

/** What has been decided of an order so far. */
export interface Draft {
  readonly parcels: PackedParcel[]
  readonly unpacked: UnpackedItem[]
  stock: number[]
  /** mm3 of all pieces that travel. */
  packedMm3: number
  lowerBound: number
  isFewest: boolean
  isBest: boolean
}

/** What every part of an order is planned with. */
export interface Context {
  readonly setup: PackingSetup
  readonly boxes: readonly Box[]
  readonly budget: Budget
  /** For exact answers about parcels of the finished plan. */
  readonly lastBudget: Budget
  readonly seed: number
}

/** Pieces of an order that share no parcel with its other pieces: they compete for cartons and parcels only. */
export interface Part {
  readonly way: 'own-box' | 'together' | 'alone'
  readonly kinds: readonly Kind[]
}

export const volumeOfPart = ({ kinds }: Part): number =>
  kinds.reduce((sum, kind) => sum + kind.count * kind.volumeMm3, 0)

/** Own boxes first, then each temperature, then pieces that travel alone; kinds in the order of the order. */
export function partsOf(kinds: readonly Kind[]): readonly Part[] {
  const ownBox = kinds.filter((kind) => kind.item.handling.ownBox)
  const others = kinds.filter((kind) => !kind.item.handling.ownBox)
  const alone = others.filter((kind) => kind.item.handling.alone)
  const temperatures = ['ambient', 'chilled', 'frozen'] as const
  return [
    ...ownBox.map((kind): Part => ({ way: 'own-box', kinds: [kind] })),
    ...temperatures
      .map((temperature) => others.filter((kind) => !kind.item.handling.alone && kind.temperature === temperature))
      .filter((group) => group.length > 0)
      .map((group): Part => ({ way: 'together', kinds: group })),
    ...alone.map((kind): Part => ({ way: 'alone', kinds: [kind] })),
  ]
}

/** Plans a part with what the parts before it have left, and writes it into the draft. */
export function sendPart(draft: Draft, { way, kinds }: Part, context: Context): void {
  if (way === 'together') sendGroup(draft, kinds, context)
  else for (const kind of kinds) (way === 'alone' ? sendAlone : sendOwnBoxes)(draft, kind, context)
}

function sendOwnBoxes(draft: Draft, kind: Kind, { setup }: Context): void {
  const sent = Math.min(kind.count, roomFor(draft, setup))
  for (let piece = 0; piece < sent; piece++) draft.parcels.push(ownBoxParcel(kind, setup.rules))
  draft.packedMm3 += sent * kind.volumeMm3
  draft.lowerBound += sent
  if (sent === kind.count) return
  draft.isBest = false
  refuse(draft, kind, { ...tooMany(setup), quantity: kind.count - sent })
}

/** Writes a refusal down; pieces of one line that are refused alike are one entry. */
export function refuse(
  draft: Draft,
  kind: Kind,
  { quantity, reason, facts }: Pick<UnpackedItem, 'quantity' | 'reason' | 'facts'>,
): void {
  const { sku } = kind.item
  const factsText = JSON.stringify(facts)
  const alike = draft.unpacked.findIndex(
    (entry) => entry.sku === sku && entry.reason === reason && JSON.stringify(entry.facts) === factsText,
  )
  const known = draft.unpacked[alike]
  if (known) draft.unpacked[alike] = { ...known, quantity: known.quantity + quantity }
  else draft.unpacked.push({ sku, quantity, reason, facts })
}

const roomFor = (draft: Draft, { rules }: PackingSetup): number =>
  (rules.carrier?.maxParcels ?? Infinity) - draft.parcels.length

function tooMany({ rules }: PackingSetup): Pick<UnpackedItem, 'reason' | 'facts'> {
  const limit = rules.carrier?.maxParcels ?? 0
  return { reason: 'too-many-parcels', facts: { value: limit + 1, limit } }
}

/** Names the cartons that take the piece and how many of them the problem has in all: one more would be needed. */
function noneLeft(kind: Kind, boxes: readonly Box[]): Pick<UnpackedItem, 'reason' | 'facts'> {
  const taking = boxes.filter((box) => canEnter(kind, box))
  const limit = taking.reduce((sum, { carton }) => sum + (carton.available ?? 0), 0)
  const carton = taking.map((box) => box.carton.code).join(', ')
  return { reason: 'no-carton-left', facts: { value: limit + 1, limit, carton } }
}

const canEnter = (kind: Kind, box: Box): boolean =>
  kind.weightG <= box.netG &&
  kind.volumeMm3 <= box.netMm3 &&
  (kind.shapes.length === 0 || shapesThatFit(kind, box).length > 0)

function sendGroup(draft: Draft, group: readonly Kind[], context: Context): void {
  const shop = openShop(group, context)
  const frame: Frame = { stock: draft.stock, maxParcels: roomFor(draft, context.setup) }
  const counts = shop.scene.kinds.map((kind) => kind.count)
  const { lastBudget } = context
  const plan = planGroup(shop, counts, { frame, lastBudget })
  const isShort = shop.scene.sets.length > 0 && countOf(plan.left) > 0
  settle(draft, shop, { plan: isShort ? planWithSplitSets(shop, plan, { counts, frame, lastBudget }) : plan, context })
}

/**
 * Where cartons or parcels run out, sets are split rather than left behind, because most volume packed
 * comes first: either none is kept together, or only what is left of the plan is packed without regard to sets.
 */
function planWithSplitSets(
  shop: Workshop,
  plan: ProvenPlan,
  { counts, frame, lastBudget }: { readonly counts: Counts; readonly frame: Frame; readonly lastBudget: Budget },
): ProvenPlan {
  const freed = { ...shop, scene: { ...shop.scene, sets: [] }, known: new Map() }
  const rest = planGroup(freed, plan.left, {
    lastBudget,
    frame: {
      stock: stockAfter(frame.stock, plan.filled),
      maxParcels: frame.maxParcels - plan.filled.length,
    },
  })
  const patched = {
    filled: [...plan.filled, ...rest.filled],
    left: rest.left,
    parcelsLowerBound: Math.max(plan.parcelsLowerBound, rest.parcelsLowerBound),
    isFewest: false,
    isBest: false,
  }
  const split = planGroup(freed, counts, { frame, lastBudget })
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
      parcelsLowerBound: filled ? 1 : 0,
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
    draft.packedMm3 += filled.volumeMm3
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
  for (const kind of shop.scene.kinds) {
    const quantity = left[kind.index] ?? 0
    if (quantity === 0) continue
    refuse(draft, kind, { ...(isFull ? tooMany(context.setup) : noneLeft(kind, shop.scene.boxes)), quantity })
  }
}
