import { canonicalJson, toJson } from '../kernel/json.ts'
import { AppError } from '../kernel/errors.ts'
import { handlingMarks, type Product } from '../domain/catalogue.ts'
import type { Parcel } from '../domain/parcel.ts'
import { freeOf } from '../domain/stock.ts'
import type { Stop } from '../domain/tour.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { usableLevels } from './choose-locations.ts'
import type { ConfirmedPick, PickedStop } from './confirm-pick.ts'
import { requireOpenStop, requireQuantity, resultOf, saveStop, stopMovement, withStop } from './save-stop.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'planners'>

export interface Substituting extends ConfirmedPick {
  /** The customer, or a rule they agreed to, has said yes. */
  readonly hasConsent: boolean
  /** The pieces were not at their place: stock is corrected. Otherwise they stay there, promised to nobody. */
  readonly isMissing: boolean
}

export interface Substituted {
  readonly stop: PickedStop
  readonly sku: string
  readonly name: string
  /** Where to take it: a stop of its own, the last of the tour. */
  readonly location: string
  readonly seq: number
}

/**
 * Takes another product in the place of one that cannot be picked, at the price that was agreed. It must be handled
 * alike and fit into the room of the one it stands for, so that the planned parcel holds. The tour gets a stop for it,
 * and the customer is told the new contents. `code` = SKU or GTIN of the other product. Throws ERR_CONSENT_NEEDED,
 * ERR_PRODUCT_NOT_FOUND, ERR_SUBSTITUTE_UNFIT { why, sku }, ERR_ORDER_SHORT when no place has enough of it, and what a
 * short pick throws.
 */
export async function substitute(deps: Deps, caller: Caller, pick: Substituting): Promise<Substituted> {
  const bundle = await deps.store.loadWave(pick.waveId)
  const { tour, stop } = requireOpenStop(bundle, pick)
  requireQuantity(stop, pick.quantity)
  if (!pick.hasConsent) throw new AppError('ERR_CONSENT_NEEDED', { order: stop.orderCode, sku: stop.sku })
  const other = (await deps.store.findProduct(pick.code))?.product
  if (!other) throw new AppError('ERR_PRODUCT_NOT_FOUND', { product: pick.code })
  const instead = fitting(bundle, { stop, other, quantity: pick.quantity })
  const seq = Math.max(...tour.stops.map((one) => one.seq)) + 1
  const taken = await stopFor(deps, bundle, { stop, other, quantity: pick.quantity, seq })
  const after: Stop = { ...stop, short: stop.short + pick.quantity }
  const walked = withStop(tour, after)
  const gone = stopMovement(deps, caller, { stop, kind: 'corrected', quantity: -pick.quantity })
  await saveStop(deps, caller, {
    bundle,
    tour: { ...walked, stops: [...walked.stops, taken] },
    changes: {
      movements: [
        stopMovement(deps, caller, { stop, kind: 'reserved', quantity: -pick.quantity }),
        ...(pick.isMissing ? [{ ...gone, reason: 'short-pick' }] : []),
        stopMovement(deps, caller, { stop: taken, kind: 'reserved', quantity: pick.quantity }),
      ],
      parcels: bundle.parcels.map((parcel) => (parcel.id === instead.id ? instead : parcel)),
      withdrawn: new Map(),
    },
    pickedParcelId: undefined,
    action: 'substitute',
    reason: 'substituted',
  })
  return { stop: resultOf(tour, after), sku: other.sku, name: other.name, location: taken.location, seq }
}

interface Wish {
  readonly stop: Stop
  readonly other: Product
  readonly quantity: number
}

/** The parcel with the other product in it. */
function fitting(bundle: WaveBundle, { stop, other, quantity }: Wish): Parcel {
  const product = bundle.products.find(({ sku }) => sku === stop.sku)
  const parcel = bundle.parcels.find(({ id }) => id === stop.parcelId)
  const unfit = (why: string): AppError => new AppError('ERR_SUBSTITUTE_UNFIT', { why, sku: other.sku, for: stop.sku })
  if (!product || !parcel) throw unfit('unknown')
  if (other.sku === stop.sku) throw unfit('same')
  if (other.weightG === undefined) throw unfit('measures')
  if (canonicalJson(toJson(other.handling)) !== canonicalJson(toJson(product.handling))) throw unfit('handling')
  if (!hasRoom(product, other)) throw unfit('size')
  const moreG = (other.weightG - (product.weightG ?? 0)) * quantity
  const grossG = parcel.totals.grossG + moreG
  if (grossG > parcel.totals.allowableG) throw unfit('weight')
  let left = quantity
  const contents = parcel.contents.flatMap((content) => {
    const swapped = content.sku === stop.sku ? Math.min(left, content.quantity) : 0
    left -= swapped
    const rest = content.quantity - swapped
    return [
      ...(rest > 0 ? [{ ...content, quantity: rest }] : []),
      ...(swapped > 0 ? [{ ...content, sku: other.sku, quantity: swapped }] : []),
    ]
  })
  return {
    ...parcel,
    contents,
    placements: renamed(parcel.placements, { from: stop.sku, to: other.sku, pieces: quantity }),
    totals: { ...parcel.totals, netG: parcel.totals.netG + moreG, grossG },
    handling: handlingMarks([other.handling, ...bundle.products.filter(({ sku }) => contents.some((one) => one.sku === sku)).map(({ handling }) => handling)], grossG), // prettier-ignore
  }
}

/** Lies in the room of the other, turned if need be; by volume where one of them has no sides. */
function hasRoom(room: Product, other: Product): boolean {
  if (room.sizeMm && other.sizeMm) {
    const sides = room.sizeMm.toSorted((a, b) => a - b)
    return other.sizeMm.toSorted((a, b) => a - b).every((side, axis) => side <= (sides[axis] ?? 0))
  }
  return room.volumeCm3 !== undefined && other.volumeCm3 !== undefined && other.volumeCm3 <= room.volumeCm3
}

/** The drawing keeps its rooms; the topmost of them get the other product, as a packer meets them last. */
function renamed(
  placements: Parcel['placements'],
  change: { readonly from: string; readonly to: string; readonly pieces: number },
): Parcel['placements'] {
  let left = change.pieces
  return placements
    .toReversed()
    .map((placement) => {
      if (placement.sku !== change.from || left === 0) return placement
      left -= 1
      return { ...placement, sku: change.to }
    })
    .toReversed()
}

async function stopFor(deps: Deps, bundle: WaveBundle, wish: Wish & { readonly seq: number }): Promise<Stop> {
  const { stop, other, quantity, seq } = wish
  const levels = await deps.store.loadStockLevels([other.sku])
  const level = usableLevels({ ...bundle, levels }, deps.system.clock.now()).find((one) => freeOf(one) >= quantity)
  const place = bundle.locations.find(({ code }) => code === level?.location)?.place
  if (!level || !place) {
    const free = Math.max(0, ...levels.map(freeOf))
    throw new AppError('ERR_ORDER_SHORT', { sku: other.sku, wanted: quantity, free })
  }
  const { lot: _lot, gtin: _gtin, ...rest } = stop
  return {
    ...rest,
    seq,
    location: level.location,
    place,
    ...(level.lot ? { lot: level.lot } : {}),
    sku: other.sku,
    gtin: other.gtin,
    name: other.name,
    quantity,
    picked: 0,
    short: 0,
  }
}
