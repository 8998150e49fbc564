import type { Order } from '../../../src-main/domain/order.ts'
import type { Parcel } from '../../../src-main/domain/parcel.ts'
import type { StockMovement } from '../../../src-main/domain/stock.ts'
import type { Wave } from '../../../src-main/domain/wave.ts'
import type { ImportedOrders } from '../../../src-main/ports/store/order-store.ts'
import type { Store } from '../../../src-main/ports/store/store.ts'
import type { PlannedParcels } from '../../../src-main/ports/store/wave-store.ts'
import {
  makeAudit,
  makeCarrier,
  makeCarton,
  makeCartonMovement,
  makeConnection,
  makeFloor,
  makeLocation,
  makeMovement,
  makeOrder,
  makeProduct,
  makeSettings,
  makeUser,
} from '../../fixtures/builders.ts'
import { makeParcel, makeStep, makeWave } from '../../fixtures/wave-builders.ts'

export type MakeStore = () => Promise<Store>

export const shelf = 'A-01-01-1-1'
export const settings = makeSettings()
export const tea = makeProduct({ sku: 'TEA' })
export const van = makeCarrier({ code: 'VAN' })
export const floor = makeFloor()
export const shelfLocation = makeLocation({ code: shelf })

/** A shop with tea (10 pieces), a carton (20), a floor, a courier, a storefront and a customer. */
export async function openShop(makeStore: MakeStore): Promise<Store> {
  const store = await makeStore()
  await store.saveSettings(settings, makeAudit())
  await store.saveFloor({ floor, locations: [shelfLocation] }, makeAudit())
  await store.saveProducts([tea], [makeMovement({ sku: 'TEA', quantity: 10 })], makeAudit())
  await store.saveCartons([makeCarton({ code: 'S' })], [makeCartonMovement({ sku: 'S', quantity: 20 })], makeAudit())
  await store.saveCarrier(van, makeAudit())
  await store.saveConnection(makeConnection({ id: 'connection' }), makeAudit())
  await store.upsertImportedOrders(importOf([], { users: [makeUser({ userId: 'user' })] }))
  return store
}

export const importOf = (orders: readonly Order[], given: Partial<ImportedOrders> = {}): ImportedOrders => ({
  connectionId: 'connection',
  orderCursor: 'cursor-1',
  orders,
  users: [],
  events: [],
  reports: [],
  searchTokens: [],
  audit: makeAudit(),
  ...given,
})

export async function placeOrder(store: Store, given: Partial<Order> = {}): Promise<Order> {
  const order = makeOrder(given)
  await store.upsertImportedOrders(importOf([order]))
  return order
}

export async function startWave(store: Store, orders: readonly Order[], given: Partial<Wave> = {}): Promise<Wave> {
  const wave = makeWave({ orderIds: orders.map((order) => order.id), ...given })
  await store.createWave(wave, makeAudit())
  return wave
}

export const parcelPlan = (wave: Wave, given: Partial<PlannedParcels> = {}): PlannedParcels => ({
  waveId: wave.id,
  stage: 'planned',
  step: makeStep({ step: 'plan-parcels' }),
  unplanned: [],
  proofs: [],
  rules: settings.packing,
  parcels: [],
  orders: [],
  movements: [],
  events: [],
  reports: [],
  audit: makeAudit(),
  ...given,
})

export const parcelOf = (order: Order, wave: Wave, given: Partial<Parcel> = {}): Parcel =>
  makeParcel({ orderId: order.id, orderCode: order.code, waveId: wave.id, ...given })

/** One order in one wave with one parcel, as far along as asked. */
export async function planOne(
  store: Store,
  given: Partial<Parcel> = {},
): Promise<{ order: Order; wave: Wave; parcel: Parcel }> {
  const order = await placeOrder(store)
  const wave = await startWave(store, [order])
  const parcel = parcelOf(order, wave, given)
  await store.savePlannedParcels(parcelPlan(wave, { parcels: [parcel] }))
  return { order, wave, parcel }
}

export const promise = (quantity: number): StockMovement => makeMovement({ kind: 'reserved', sku: 'TEA', quantity })

export const everything = { offset: 0, limit: 1_000 }

/** The code of the AppError with which a call is refused. */
export const refusal = (code: string): { readonly code: string } => ({ code })
