import { parcelLetter } from '../kernel/ids.ts'
import { type Carrier } from '../domain/carrier.ts'
import { handlingMarks, type Product } from '../domain/catalogue.ts'
import { piecesOf, type Order } from '../domain/order.ts'
import type { Parcel, ParcelContent } from '../domain/parcel.ts'
import type { PackingResult } from '../ports/planners.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { newId } from './audit.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'system'>
type PackedOrder = PackingResult['orders'][number]
type PackedParcel = PackedOrder['parcels'][number]

export function parcelsOf(
  deps: Deps,
  bundle: Pick<WaveBundle, 'cartons' | 'products'> & { readonly wave: Pick<WaveBundle['wave'], 'id'> },
  plan: { order: Order; packed: PackedOrder; carrier: Carrier | undefined },
): readonly Parcel[] {
  const { order, packed } = plan
  const taken = new Map<string, number>()
  return packed.parcels.map((parcel, index) => {
    const contents = contentsOf(order, parcel, taken)
    const carton = bundle.cartons.find((row) => row.carton.code === parcel.carton)?.carton
    const products = contents.flatMap((content) => bundle.products.find((product) => product.sku === content.sku) ?? [])
    return {
      id: newId(deps.system),
      orderId: order.id,
      orderCode: order.code,
      letter: parcelLetter(index),
      waveId: bundle.wave.id,
      carton: carton?.code,
      innerMm: carton?.innerMm,
      outerMm: carton?.outerMm ?? ownBoxSize(products),
      contents,
      placements: parcel.placements.flatMap((placement) =>
        placement.atMm && placement.sizeMm
          ? [{ sku: placement.sku, atMm: placement.atMm, sizeMm: placement.sizeMm }]
          : [],
      ),
      totals: {
        netG: parcel.netG,
        grossG: parcel.grossG,
        allowableG: parcel.allowableG,
        piecesCm3: parcel.piecesCm3,
        allowableCm3: parcel.allowableCm3,
      },
      checkedBy: parcel.checkedBy,
      handling: handlingMarks(
        products.map((product) => product.handling),
        parcel.grossG,
      ),
      why: parcel.why,
      status: 'planned',
      ...(plan.carrier && { carrierCode: plan.carrier.code }),
    }
  })
}

const ownBoxSize = (products: readonly Product[]): Parcel['outerMm'] => products[0]?.sizeMm ?? [0, 0, 0]

/** Deals the pieces of a parcel out to the order's lines, first line first; `taken` counts across the order's parcels. */
function contentsOf(order: Order, parcel: PackedParcel, taken: Map<string, number>): readonly ParcelContent[] {
  const piecesBySku = new Map<string, number>()
  for (const placement of parcel.placements) piecesBySku.set(placement.sku, (piecesBySku.get(placement.sku) ?? 0) + 1)
  const contents: ParcelContent[] = []
  for (const [sku, pieces] of piecesBySku) {
    let left = pieces
    for (const line of order.lines.filter((candidate) => candidate.sku === sku)) {
      const quantity = Math.min(left, piecesOf(line) - (taken.get(line.id) ?? 0))
      if (quantity <= 0) continue
      taken.set(line.id, (taken.get(line.id) ?? 0) + quantity)
      contents.push({ orderLineId: line.id, sku, quantity })
      left -= quantity
    }
  }
  return contents
}
