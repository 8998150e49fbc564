import { offeredCartons } from '../domain/offered-cartons.ts'
import {
  costOf,
  exchanged,
  withOneLess,
  withOneMore,
  type CartonSet,
  type ParcelNeed,
} from '../domain/choose-cartons.ts'
import { AppError } from '../kernel/errors.ts'
import type { Size } from '../kernel/units.ts'
import { pastBaskets } from './past-baskets.ts'
import { needsOf, postage, replan, type Desk, type Replanned } from './try-cartons.ts'
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

/** More kinds than this nobody keeps apart at a packing table, unless the shop does already. */
const mostKinds = 10

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
  const candidates = [...owned, ...offeredCartons(owned, wish.sizes)]
  const desk: Desk = { deps, caller, settings, past, perKgMinor: wish.perKgMinor, candidates, owned: owned.length }
  const ownedSet = candidates.map((_, place) => place).slice(0, owned.length)

  const total = candidates.length + Math.max(mostKinds, owned.length) + 4
  const step = (done: number): void => caller.watch.report({ step: 'advise-cartons', done, total })
  step(0)
  const present = await replan(desk, ownedSet, past.baskets)
  const needs = await needsOf(desk, present, (done) => step(1 + done))
  const sets = await setsOf(desk, { needs, owned: ownedSet, breathe: deps.imports.breathe })
  const figures: SetFigures[] = []
  for (const [index, { kind, set }] of sets.entries()) {
    step(1 + candidates.length + index)
    figures.push(figuresOf(desk, { kind, set, plan: await replan(desk, set, past.baskets) }))
  }
  const ownFigures = figuresOf(desk, { kind: 'owned', set: ownedSet, plan: present })
  return {
    orders: past.orders,
    isCut: past.isCut,
    left: past.left,
    since,
    owned: ownFigures,
    sets: worthTelling(figures, ownFigures),
  }
}

/** Without sets that leave more orders unpacked than the shop's own, and without larger ones that cost no less. */
function worthTelling(figures: readonly SetFigures[], owned: SetFigures): readonly SetFigures[] {
  const costOfSet = (set: SetFigures): number => set.cartonMinor + set.postageMinor
  const fitting = figures.filter((set) => set.unpacked <= owned.unpacked)
  return fitting.filter(
    (set) =>
      set.kind !== 'best' ||
      fitting.every((other) => other.cartons.length >= set.cartons.length || costOfSet(other) > costOfSet(set)),
  )
}

interface ChosenSet {
  readonly kind: SetFigures['kind']
  readonly set: CartonSet
}

/** Sets worth planning: one kind less and one more than now, and the best found of each number of kinds. */
async function setsOf(
  desk: Desk,
  given: { readonly needs: readonly ParcelNeed[]; readonly owned: CartonSet; readonly breathe: () => Promise<void> },
): Promise<readonly ChosenSet[]> {
  const { needs, owned, breathe } = given
  const { length } = desk.candidates
  const sets: ChosenSet[] = []
  const add = (kind: ChosenSet['kind'], set: CartonSet | undefined): void => {
    const isThere = [{ set: owned }, ...sets].some((other) => other.set.join() === set?.join())
    if (set && set.length > 0 && !isThere) sets.push({ kind, set })
  }
  let grown: CartonSet = []
  while (grown.length < Math.min(Math.max(mostKinds, owned.length), length)) {
    const more = exchanged(needs, withOneMore(needs, grown, length) ?? grown, length)
    if (costOf(needs, more) >= costOf(needs, grown)) break
    grown = more
    await breathe()
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
