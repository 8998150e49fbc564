import { cm3FromMm3 } from '../../../kernel/units.ts'
import { kindsOf, type Kind } from '../model/kind.ts'
import { billableOf } from '../model/price.ts'
import type { Placed } from '../one-carton/stowage.ts'
import type { PackingItem } from '../problem.ts'
import type { PackedParcel, Placement } from '../result.ts'
import { blockFor, piecesOf } from './block.ts'
import { allowedOf, mayJoin, roomWith, type ParcelRoom } from './room.ts'

/** Products that differ for packing, each with the places in the list it stands for. */
export interface FitCatalogue {
  readonly forms: readonly { readonly kind: Kind; readonly places: readonly number[] }[]
}

export interface StillFits {
  /** Place in the list of products. */
  readonly product: number
  /** At least so many; Infinity for what has neither weight nor volume. */
  readonly count: number
}

/** Made once per catalogue: products that are alike in everything packing looks at are asked about once. */
export function fitCatalogueOf(products: readonly PackingItem[]): FitCatalogue {
  const forms = new Map<string, { kind: Kind; places: number[] }>()
  for (const [place, kind] of kindsOf(products).entries()) {
    const { sizeMm, handling } = kind.item
    const { orientation, foldedMm, class: className, temperature, alone, ownBox } = handling
    const lying = [sizeMm, foldedMm, orientation].flat(2).join()
    const rest = [kind.weightG, kind.volumeMm3, kind.maxLoadG, kind.dangerousG, temperature, alone, ownBox].join()
    const key = `${lying};${rest};${className ?? ''}`
    const form = forms.get(key)
    if (form) form.places.push(place)
    else forms.set(key, { kind, places: [place] })
  }
  return { forms: [...forms.values()] }
}

/**
 * "What still fits in this parcel?" Every product of which at least one piece can be added to the planned parcel without
 * moving anything, in the catalogue's order, and how many at least. By all hard rules: place, orientation, support,
 * loads (its own, and of what it would rest on), weight, volume, dangerous goods, temperature, keep apart, alone, own
 * box, carrier.
 *
 * A yes is a real place: `addedTo` says where, and `verifyPacking` accepts the parcel. A no means that no place is free
 * as the pieces lie; a new plan of all of them (`fitsAsWell`) may still find one. It is certain but for loads: where
 * what lies below bears only so much, the first few places at which an edge or the centre meets an edge below are tried. Pieces may
 * get a place under another that juts out: the parcel is planned, not packed, and its sequence says when they go in.
 *
 * `count` is the largest block in one free space; `addedTo` goes on in the others and may find more. Cost: distinct
 * products x spaces x shapes: 15 to 60 ms of CPU for 50,000 different ones, more where most of a full parcel bears little.
 */
export function stillFits(room: ParcelRoom, { forms }: FitCatalogue): readonly StillFits[] {
  const counts: number[] = []
  for (const { kind, places } of forms) {
    const count = countOf(room, kind)
    for (const product of places) counts[product] = count
  }
  const found: StillFits[] = []
  for (const [product, count] of counts.entries()) if (count > 0) found.push({ product, count })
  return found
}

function countOf(room: ParcelRoom, kind: Kind): number {
  const allowed = kind.item.handling.alone ? Math.min(1, allowedOf(room, kind)) : allowedOf(room, kind)
  if (allowed === 0 || !mayJoin(room, kind)) return 0
  return kind.shapes.length === 0 ? allowed : (blockFor(room, kind, allowed)?.count ?? 0)
}

/** More pieces than this nobody adds to a parcel that is planned already. */
const mostAdded = 99

/** The parcel with as many of the product as find a place, `most` at most (99 by default); undefined when none does. */
export function addedTo(
  room: ParcelRoom,
  item: PackingItem,
  most: number = mostAdded,
): { readonly parcel: PackedParcel; readonly count: number } | undefined {
  const [kind] = kindsOf([item])
  if (!kind) return undefined
  const wanted = Math.min(most, item.handling.alone ? 1 : Infinity)
  if (kind.shapes.length === 0) {
    const count = Math.min(wanted, countOf(room, kind))
    return count > 0 ? { parcel: parcelWith(room, { kind, count, placed: [] }), count } : undefined
  }
  let left = room
  const placed: Placed[] = []
  while (placed.length < wanted && mayJoin(left, kind)) {
    const allowed = Math.min(wanted - placed.length, allowedOf(left, kind))
    const block = allowed > 0 ? blockFor(left, kind, allowed) : undefined
    if (!block) break
    const pieces = piecesOf(block, kind)
    placed.push(...pieces)
    left = roomWith(left, kind, pieces)
  }
  const { length: count } = placed
  return count > 0 ? { parcel: parcelWith(room, { kind, count, placed }), count } : undefined
}

/** Its totals with the pieces added, its placements from the bottom up as in every plan. */
function parcelWith(
  { parcel, box, rules, leftMm3 }: ParcelRoom,
  { kind, count, placed }: { readonly kind: Kind; readonly count: number; readonly placed: readonly Placed[] },
): PackedParcel {
  const grossG = parcel.grossG + count * kind.weightG
  const isUnsized = kind.shapes.length === 0
  const { sku } = kind.item
  const added = placed.map(({ x, y, z, dx, dy, dz }): Placement => ({ sku, atMm: [x, y, z], sizeMm: [dx, dy, dz] }))
  const unsized = isUnsized ? Array.from({ length: count }, () => ({ sku, atMm: null, sizeMm: null })) : []
  return {
    ...parcel,
    netG: parcel.netG + count * kind.weightG,
    grossG,
    billableG: billableOf(grossG, box.outerMm3, rules),
    checkedBy: isUnsized ? 'volume' : parcel.checkedBy,
    piecesCm3: cm3FromMm3(box.netMm3 - leftMm3 + count * kind.volumeMm3),
    placements: [...[...parcel.placements, ...added].sort(fromBottom), ...unsized],
  }
}

/** From the bottom up, then from the back, then from the left; without a place last. */
function fromBottom(a: Placement, b: Placement): number {
  if (!a.atMm || !b.atMm) return Number(!a.atMm) - Number(!b.atMm)
  return a.atMm[2] - b.atMm[2] || a.atMm[1] - b.atMm[1] || a.atMm[0] - b.atMm[0]
}
