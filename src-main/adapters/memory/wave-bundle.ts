import type { Consignment } from '../../domain/manifest.ts'
import type { Order } from '../../domain/order.ts'
import type { Wave } from '../../domain/wave.ts'
import type { WaveBundle } from '../../ports/store/wave-store.ts'
import { type MemoryState, settingsOf } from './state.ts'
import { cartonStock, compareText, levelsOf } from './stock.ts'
import { byCodeAndLetter, documentsOf, isInForce, isLiving, byIds } from './work.ts'

/** Everything the steps of the main job read about one wave. */
export function bundleOf(state: MemoryState, wave: Wave): WaveBundle {
  const isElsewhere = (orderId: string): boolean =>
    wave.stage !== 'closed' && (state.waveByOrder.get(orderId) ?? wave.id) !== wave.id
  const orders = byIds(
    state.orders,
    wave.orderIds.filter((id) => !isElsewhere(id)),
  )
  const parcels = [...state.parcels.values()].filter((parcel) => parcel.waveId === wave.id).sort(byCodeAndLetter)
  const skus = new Set([...orders.flatMap(({ lines }) => lines), ...parcels.flatMap(({ contents }) => contents)].map(({ sku }) => sku)) // prettier-ignore
  const subjects = new Set([wave.id, ...wave.orderIds, ...parcels.map((parcel) => parcel.id)])
  return {
    settings: settingsOf(state),
    wave,
    orders,
    products: [...state.products.values()]
      .filter((product) => skus.has(product.sku))
      .sort((a, b) => compareText(a.sku, b.sku)),
    cartons: cartonStock(state),
    levels: levelsOf(state, (level) => level.of === 'product' && skus.has(level.sku)),
    floor: state.floor?.floor,
    locations: state.floor?.locations ?? [],
    carriers: [...state.carriers.values()].sort((a, b) => a.priority - b.priority || compareText(a.code, b.code)),
    parcels,
    tours: [...state.tours.values()].filter((tour) => tour.waveId === wave.id).sort((a, b) => a.seq - b.seq),
    consignments: state.consignments.filter((consignment) => consignment.waveId === wave.id),
    routes: state.routes.filter((route) => route.waveId === wave.id),
    collectionMates: collectionMates(state, wave),
    documents: documentsOf(state, subjects).filter(isInForce),
  }
}

/** Consignments of other waves that still wait for their manifest. */
function collectionMates(
  state: MemoryState,
  wave: Wave,
): readonly { readonly consignment: Consignment; readonly order: Order }[] {
  const isWaiting = (consignment: Consignment): boolean =>
    byIds(state.parcels, consignment.parcelIds).some((parcel) => isLiving(parcel) && parcel.manifestId === undefined)
  return state.consignments
    .filter((consignment) => consignment.waveId !== wave.id && isWaiting(consignment))
    .flatMap((consignment) => byIds(state.orders, [consignment.orderId]).map((order) => ({ consignment, order })))
}
