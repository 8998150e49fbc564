import { packingPartOf, type Carton } from '../domain/carton.ts'
import { commonCartons } from '../domain/common-cartons.ts'
import {
  costOf,
  exchanged,
  withOneLess,
  withOneMore,
  type CartonSet,
  type ParcelNeed,
} from '../domain/choose-cartons.ts'
import { postageOf } from '../domain/postage.ts'
import { AppError } from '../kernel/errors.ts'
import type { Size } from '../kernel/units.ts'
import type { Settings } from '../domain/settings.ts'
import type { PackingResult } from '../ports/planners.ts'
import { packingProblem } from './packing-problem.ts'
import { pastBaskets, type Basket, type PastBaskets } from './past-baskets.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What past orders would have come to with a set of cartons, planned anew by the shop's own rules. */
export interface SetFigures {
  readonly kind: 'owned' | 'one-less' | 'one-more' | 'best'
  readonly cartons: readonly {
    readonly code: string
    readonly innerMm: Size
    readonly costMinor: number
    readonly isOwned: boolean
    readonly insulated: boolean
    readonly count: number
  }[]
  readonly parcels: number
  readonly cartonMinor: number
  readonly postageMinor: number
  /** Of all parcels, air included. */
  readonly outerCm3: number
  readonly billableG: number
  /** Orders that could not be packed whole. */
  readonly unpacked: number
}

export interface CartonAdvice {
  readonly orders: number
  readonly isCut: boolean
  readonly left: number
  readonly since: number
  readonly owned: SetFigures
  /** Others, from few kinds to many; none twice. */
  readonly sets: readonly SetFigures[]
}

export interface AdviceWish {
  readonly days: number
  /** What a billable kilogram costs with couriers that have no tariff here. */
  readonly perKgMinor: number
  /** Inner sizes to try beside the common ones. */
  readonly sizes: readonly Size[]
}

type Deps = Pick<Workshop, 'store' | 'planners' | 'imports' | 'system'>

/** A parcel that no chosen carton holds becomes several: about so many times its price. */
const splitFactor = 2.5
/** More kinds than this nobody keeps apart at a packing table. */
const mostKinds = 8

/**
 * "Which cartons should I own?": plans the orders of the period anew with the shop's cartons, tries each of those
 * parcels in every carton there is to choose from, looks for sets that make all of them cheap, and plans the orders
 * anew with each set, so that the figures are the planner's own. Stock is no limit. Throws ERR_CANCELLED,
 * ERR_ORDERS_NONE where the period has none.
 */
export async function adviseCartons(deps: Deps, caller: Caller, wish: AdviceWish): Promise<CartonAdvice> {
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const since = deps.system.clock.now() - wish.days * 86_400_000
  const past = await pastBaskets(deps, caller, since)
  if (past.baskets.length === 0) throw new AppError('ERR_ORDERS_NONE', { days: wish.days, left: past.left })
  const owned = (await deps.store.loadCartons()).map(({ carton }) => carton)
  const candidates = [...owned, ...commonCartons(owned, wish.sizes)]
  const desk: Desk = { deps, caller, settings, past, perKgMinor: wish.perKgMinor, candidates, owned: owned.length }
  const ownedSet = candidates.map((_, place) => place).slice(0, owned.length)

  const total = candidates.length + mostKinds + 4
  const step = (done: number): void => caller.watch.report({ step: 'advise-cartons', done, total })
  step(0)
  const present = await replan(desk, ownedSet, past.baskets)
  const needs = await needsOf(desk, present, (done) => step(1 + done))
  const sets = await setsOf(desk, needs, ownedSet)
  const figures: SetFigures[] = []
  for (const [index, { kind, set }] of sets.entries()) {
    step(1 + candidates.length + index)
    figures.push(figuresOf(desk, { kind, set, plan: await replan(desk, set, past.baskets) }))
  }
  return {
    orders: past.orders,
    isCut: past.isCut,
    left: past.left,
    since,
    owned: figuresOf(desk, { kind: 'owned', set: ownedSet, plan: present }),
    sets: figures,
  }
}

interface Desk {
  readonly deps: Deps
  readonly caller: Caller
  readonly settings: Settings
  readonly past: PastBaskets
  readonly perKgMinor: number
  readonly candidates: readonly Carton[]
  /** So many of the candidates, from the first, are the shop's own. */
  readonly owned: number
}

type PackedOrder = PackingResult['orders'][number]
type PackedParcel = PackedOrder['parcels'][number]

interface Replanned {
  readonly basket: Basket
  readonly packed: PackedOrder
}

/** The baskets packed with these cartons alone, courier by courier, in all threads at once. */
async function replan(desk: Desk, set: CartonSet, baskets: readonly Basket[]): Promise<readonly Replanned[]> {
  const { deps, caller, settings, past } = desk
  const cartons = set.flatMap((place) => desk.candidates[place] ?? [])
  const all: Replanned[] = []
  for (const group of Map.groupBy(baskets, ({ carrier }) => carrier?.code).values()) {
    const problem = packingProblem(
      { settings, products: past.products, cartons: [] },
      group.map(({ order }, index) => ({ ...order, id: String(index) })),
      { carrier: group[0]?.carrier, cartonsLeft: new Map() },
    )
    const { orders } = await deps.planners.pack(
      { ...problem, cartons: cartons.map(packingPartOf) },
      { seed: 1, isCancelled: caller.watch.isCancelled },
    )
    for (const [index, basket] of group.entries()) {
      const packed = orders[index]
      if (packed) all.push({ basket, packed })
    }
  }
  return all
}

/** Every parcel of the present plan, tried in every candidate. A product's own box needs none. */
async function needsOf(
  desk: Desk,
  present: readonly Replanned[],
  onDone: (candidates: number) => void,
): Promise<readonly ParcelNeed[]> {
  const parcels = present.flatMap(({ basket, packed }) =>
    packed.parcels.filter(({ carton }) => carton !== null).map((parcel) => ({ basket: alone(basket, parcel), parcel })),
  )
  const baskets = parcels.map(({ basket }) => basket)
  const costs: (number | undefined)[][] = parcels.map(() => [])
  for (const place of desk.candidates.keys()) {
    const replanned = await replan(desk, [place], baskets)
    const placeOf = new Map(baskets.map((basket, index) => [basket, index]))
    for (const { basket, packed } of replanned) {
      const [only, ...more] = packed.parcels
      const isWhole = only && more.length === 0 && packed.unpacked.length === 0
      const own = costs[placeOf.get(basket) ?? -1]
      if (own) own[place] = isWhole ? priceOf(desk, basket, only) : undefined
    }
    onDone(place + 1)
  }
  return parcels.map(({ basket, parcel }, index) => ({
    times: basket.times,
    costs: costs[index] ?? [],
    otherwise: splitFactor * priceOf(desk, basket, parcel),
  }))
}

/** The pieces of one parcel as an order of their own. */
function alone(basket: Basket, parcel: PackedParcel): Basket {
  const { order } = basket
  const pieces = Map.groupBy(parcel.placements, ({ sku }) => sku)
  const lines = [...pieces].flatMap(([sku, { length: quantity }]) => {
    const line = order.lines.find((one) => one.sku === sku)
    return line ? [{ ...line, quantity, withdrawn: 0 }] : []
  })
  return { ...basket, order: { ...order, lines } }
}

function priceOf(desk: Desk, basket: Basket, parcel: PackedParcel): number {
  const carton = desk.candidates.find(({ code }) => code === parcel.carton)
  return (carton?.costMinor ?? 0) + postage(desk, { basket, parcel, outerMm: carton?.outerMm })
}

function postage(
  desk: Desk,
  { basket, parcel, outerMm }: { basket: Basket; parcel: PackedParcel; outerMm: Size | undefined },
): number {
  if (!basket.carrier) return 0
  const byTariff = outerMm && postageOf(basket.carrier, { outerMm, grossG: parcel.grossG })
  return byTariff ?? Math.round((parcel.billableG * desk.perKgMinor) / 1000)
}

interface ChosenSet {
  readonly kind: SetFigures['kind']
  readonly set: CartonSet
}

/** Sets worth planning: one kind less and one more than now, and the best found of each number of kinds. */
async function setsOf(desk: Desk, needs: readonly ParcelNeed[], owned: CartonSet): Promise<readonly ChosenSet[]> {
  const { length } = desk.candidates
  const sets: ChosenSet[] = []
  const add = (kind: ChosenSet['kind'], set: CartonSet | undefined): void => {
    const isThere = [{ set: owned }, ...sets].some((other) => other.set.join() === set?.join())
    if (set && set.length > 0 && !isThere) sets.push({ kind, set })
  }
  let grown: CartonSet = []
  while (grown.length < Math.min(mostKinds, length)) {
    const more = exchanged(needs, withOneMore(needs, grown, length) ?? grown, length)
    if (costOf(needs, more) >= costOf(needs, grown)) break
    grown = more
    await desk.deps.imports.breathe()
    if (desk.caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED')
    if (grown.length > 1) add('best', grown)
  }
  add('one-less', withOneLess(needs, owned))
  add('one-more', withOneMore(needs, owned, length))
  return sets.toSorted((a, b) => a.set.length - b.set.length)
}

function figuresOf(desk: Desk, { kind, set, plan }: ChosenSet & { readonly plan: readonly Replanned[] }): SetFigures {
  const parcels = plan.flatMap(({ basket, packed }) => packed.parcels.map((parcel) => ({ basket, parcel })))
  const cartonByCode = new Map(desk.candidates.map((carton) => [carton.code, carton]))
  const sum = (of: (one: (typeof parcels)[number]) => number): number =>
    parcels.reduce((total, one) => total + one.basket.times * of(one), 0)
  const cartons = set.flatMap((place) => {
    const carton = desk.candidates[place]
    if (!carton) return []
    const { code, innerMm, costMinor, insulated } = carton
    const count = sum(({ parcel }) => (parcel.carton === code ? 1 : 0))
    return [{ code, innerMm, costMinor, insulated, isOwned: place < desk.owned, count }]
  })
  return {
    kind,
    cartons,
    parcels: sum(() => 1),
    cartonMinor: sum(({ parcel }) => cartonByCode.get(parcel.carton ?? '')?.costMinor ?? 0),
    postageMinor: sum(({ basket, parcel }) =>
      postage(desk, { basket, parcel, outerMm: cartonByCode.get(parcel.carton ?? '')?.outerMm }),
    ),
    outerCm3: sum(({ parcel }) => parcel.outerCm3),
    billableG: sum(({ parcel }) => parcel.billableG),
    unpacked: plan.reduce((total, { basket, packed }) => total + (packed.unpacked.length > 0 ? basket.times : 0), 0),
  }
}
