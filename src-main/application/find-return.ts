import { canComeBack, stillOut, type ParcelReturn } from '../domain/parcel-return.ts'
import type { FulfilmentStatus } from '../domain/fulfilment.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { OrderFile } from '../ports/store/order-store.ts'
import { findScanned } from './find-scanned.ts'
import { pickedFrom } from './picked-from.ts'
import type { Workshop } from './workshop.ts'

/** A line of a parcel that may come back. */
export interface ReturnableLine {
  readonly orderLineId: string
  readonly sku: string
  readonly gtin: string | undefined
  readonly name: string
  readonly sent: number
  /** Not back yet. */
  readonly out: number
  /** Where it was taken from, or where it lies: a proposal. */
  readonly location: string | undefined
}

export interface ReturnableParcel {
  readonly id: string
  readonly name: string
  readonly status: Parcel['status']
  readonly canComeBack: boolean
  /** No delivery was told of: what comes back now was most likely never handed to the customer. */
  readonly isUndelivered: boolean
  readonly lines: readonly ReturnableLine[]
  readonly returns: readonly ParcelReturn[]
}

export interface FoundReturn {
  readonly order: string
  readonly status: FulfilmentStatus
  /** The scanned one, or all of an order that was named without a parcel, in order of letters. */
  readonly parcels: readonly ReturnableParcel[]
}

/** What a scanned label, a tracking number or an order's code has sent, and how much of it is still out. Throws ERR_ORDER_NOT_FOUND. */
export async function findReturn(deps: Pick<Workshop, 'store'>, code: string): Promise<FoundReturn> {
  const { file, parcel } = await findScanned(deps.store, code)
  const wanted = parcel ? [parcel] : file.parcels.filter(({ status }) => status !== 'cancelled')
  const parcels: ReturnableParcel[] = []
  for (const one of wanted) parcels.push(await returnable(deps, file, one))
  return { order: file.order.code, status: file.order.status, parcels }
}

async function returnable(
  { store }: Pick<Workshop, 'store'>,
  { order }: OrderFile,
  parcel: Parcel,
): Promise<ReturnableParcel> {
  const picked = await pickedFrom({ store }, parcel)
  const skus = [...new Set(parcel.contents.map(({ sku }) => sku))]
  const levels = await store.loadStockLevels(skus)
  const products = new Map((await store.loadProducts(skus)).map((product) => [product.sku, product]))
  const out = stillOut(parcel)
  return {
    id: parcel.id,
    name: `${parcel.orderCode}${parcel.letter}`,
    status: parcel.status,
    canComeBack: canComeBack(parcel.status),
    isUndelivered: parcel.status !== 'delivered' && parcel.status !== 'returned',
    lines: parcel.contents.map(({ orderLineId, sku, quantity }, index) => {
      const product = products.get(sku)
      const line = order.lines.find(({ id }) => id === orderLineId)
      const place =
        picked.find((one) => one.sku === sku) ?? levels.find((level) => level.sku === sku && level.onHand > 0)
      return {
        orderLineId,
        sku,
        gtin: product?.gtin,
        name: product?.name ?? line?.name ?? sku,
        sent: quantity,
        out: out[index]?.quantity ?? 0,
        location: place?.location,
      }
    }),
    returns: parcel.returns ?? [],
  }
}
