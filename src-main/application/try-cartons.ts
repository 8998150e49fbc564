import { packingPartOf, type Carton } from '../domain/carton.ts'
import type { CartonSet, ParcelNeed } from '../domain/choose-cartons.ts'
import { postageOf } from '../domain/postage.ts'
import type { Settings } from '../domain/settings.ts'
import type { Size } from '../kernel/units.ts'
import type { PackingResult } from '../ports/planners.ts'
import { packingProblem } from './packing-problem.ts'
import type { Basket, PastBaskets } from './past-baskets.ts'
import type { Caller, Workshop } from './workshop.ts'

/** A parcel that no chosen carton holds becomes several: about so many times its price. */
const splitFactor = 3
/** One piece that no chosen carton holds does not travel at all: no saving is worth that. */
const lostFactor = 100
/** What trying cartons on past orders needs at hand. */
export interface Desk {
  readonly deps: Pick<Workshop, 'planners'>
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

export interface Replanned {
  readonly basket: Basket
  readonly packed: PackedOrder
}

/** The baskets packed with these cartons alone, courier by courier, in all threads at once. */
export async function replan(desk: Desk, set: CartonSet, baskets: readonly Basket[]): Promise<readonly Replanned[]> {
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
export async function needsOf(
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
    otherwise: (parcel.placements.length > 1 ? splitFactor : lostFactor) * priceOf(desk, basket, parcel),
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

/** By the courier's tariff, else by billable weight; collected in the shop costs nothing. */
export function postage(
  desk: Desk,
  { basket, parcel, outerMm }: { basket: Basket; parcel: PackedParcel; outerMm: Size | undefined },
): number {
  if (!basket.carrier) return 0
  const byTariff = outerMm && postageOf(basket.carrier, { outerMm, grossG: parcel.grossG })
  return byTariff ?? Math.round((parcel.billableG * desk.perKgMinor) / 1000)
}
