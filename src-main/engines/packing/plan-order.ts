import { budgetOf, type Budget } from '../../kernel/budget.ts'
import { requireOrder, requireSetup } from './check-input.ts'
import { ownBoxRefusal, pieceRefusal, travels, type PieceRefusal } from './explain/refuse.ts'
import { withSetsSaid } from './explain/split-sets.ts'
import { groundOf, type Ground } from './model/ground.ts'
import { kindsOf, type Kind } from './model/kind.ts'
import type { PackingOrder, PackingSetup } from './problem.ts'
import type { PackedOrder } from './result.ts'
import { partsOf, refuse, sendPart, volumeOfPart, type Draft, type Part } from './send-parts.ts'

/**
 * Steps (pieces put in or tried, search nodes) that an order may spend on looking for a better plan: half
 * of it costs 0.2 % of outer volume on the efficiency set, twice as much gains nothing (test/quality/packing).
 */
const stepsPerOrder = 1000
const stepsPerPiece = 200
/** What only the last word on small parcels may spend besides. */
const lastWordSteps = 20_000
/** Thousands of pieces get no more than this: a step costs the more, the more lies in the carton already. */
const mostSteps = 100_000

export interface OrderOptions {
  readonly seed?: number | undefined
  /** Outer limit of the search; without it a number of steps that grows with the pieces. A first plan is always made. */
  readonly budget?: Budget | undefined
  /** Cartons left by code; without an entry what the carton says is available. */
  readonly stock?: Readonly<Record<string, number>> | undefined
  readonly now?: (() => number) | undefined
}

/**
 * Plans one order. Never throws for pieces that cannot travel: they come back with a reason. Same
 * setup, order, seed and budget, same plan. Typical baskets take well under 50 ms. Errors: ERR_INPUT_INVALID
 * (`path`, `expected`) for what is no length, weight, number or volume.
 */
export function planOrder(setup: PackingSetup, order: PackingOrder, options: OrderOptions = {}): PackedOrder {
  requireSetup(setup)
  requireOrder(order)
  return planOrderOn(groundOf(setup), order, options)
}

/** `planOrder`, where many orders stand on the same ground. */
export function planOrderOn(ground: Ground, order: PackingOrder, options: OrderOptions): PackedOrder {
  const startMs = options.now?.() ?? 0
  const { setup, carried } = ground
  const kinds = kindsOf(order.items)
  const refused = kinds.flatMap((kind) => {
    const refusal = refusalOf(kind, ground)
    return refusal ? [{ kind, refusal }] : []
  })
  const travelling = refused.length === 0 ? kinds : kinds.filter((kind) => refused.every((one) => one.kind !== kind))
  const pieces = kinds.reduce((sum, kind) => sum + kind.count, 0)
  const draftOf = (parts: readonly Part[], share: number): Draft => {
    const draft = emptyDraft(setup, options.stock)
    for (const { kind, refusal } of refused) refuse(draft, kind, { ...refusal, quantity: kind.count })
    const steps = Math.min(mostSteps, stepsPerOrder + stepsPerPiece * pieces)
    const budget = options.budget ?? budgetOf({ iterations: Math.ceil(share * steps) })
    const lastBudget = options.budget ?? budgetOf({ iterations: lastWordSteps })
    for (const part of parts)
      sendPart(draft, part, { setup, boxes: carried, budget, lastBudget, seed: options.seed ?? 1 })
    return draft
  }
  const draft = fullestDraft(partsOf(travelling), draftOf)
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

function refusalOf(kind: Kind, ground: Ground): PieceRefusal | undefined {
  if (kind.item.handling.ownBox) return ownBoxRefusal(kind, ground.setup.rules)
  return travels(kind, ground) ? undefined : pieceRefusal(kind, ground.boxes, ground.setup.rules)
}

function emptyDraft({ cartons }: PackingSetup, stock: OrderOptions['stock'] = {}): Draft {
  return {
    parcels: [],
    unpacked: [],
    // A carton may be called like something that every object has.
    stock: cartons.map(({ code, available }) => (Object.hasOwn(stock, code) ? stock[code] : available) ?? Infinity),
    packedMm3: 0,
    lowerBound: 0,
    isFewest: true,
    isBest: true,
  }
}

/** Where parcels or cartons run out, parts are tried in every order up to this number of parts, then in a few. */
const everyOrderUpTo = 3
/** What each further order of the parts may spend, as a share of the first one's steps. */
const retryShare = 0.25

/** The first part takes what it wants; when that leaves pieces behind, other parts go first if more volume travels so. */
function fullestDraft(parts: readonly Part[], draftOf: (parts: readonly Part[], share: number) => Draft): Draft {
  const pieces = parts.flatMap((part) => part.kinds).reduce((sum, kind) => sum + kind.count, 0)
  const isShort = (draft: Draft): boolean => countPieces(draft) < pieces
  let best = draftOf(parts, 1)
  if (parts.length < 2 || !isShort(best)) return best
  for (const order of ordersToTry(parts)) {
    const draft = draftOf(order, retryShare)
    if (draft.packedMm3 > best.packedMm3) best = draft
    if (!isShort(best)) break
  }
  return best
}

const countPieces = ({ parcels }: Draft): number => parcels.reduce((sum, { placements }) => sum + placements.length, 0)

function ordersToTry(parts: readonly Part[]): readonly (readonly Part[])[] {
  if (parts.length <= everyOrderUpTo) return permutations(parts).slice(1)
  const largest = [...parts].sort((a, b) => volumeOfPart(b) - volumeOfPart(a))
  const perPiece = (part: Part): number => Math.max(...part.kinds.map((kind) => kind.volumeMm3))
  const bulkiest = [...parts].sort((a, b) => perPiece(b) - perPiece(a))
  return [largest, bulkiest, [...parts].reverse()]
}

/** Every order, the given one first. */
function permutations<Entry>(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  if (entries.length < 2) return [entries]
  return entries.flatMap((first) =>
    permutations(entries.filter((entry) => entry !== first)).map((rest) => [first, ...rest]),
  )
}
