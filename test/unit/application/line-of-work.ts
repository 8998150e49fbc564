import { confirmPack } from '../../../src-main/application/confirm-pack.ts'
import { confirmPick } from '../../../src-main/application/confirm-pick.ts'
import { issueDocuments } from '../../../src-main/application/issue-documents.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { keptDelivery, openKeptDelivery } from '../../../src-main/application/kept-paper.ts'
import { createWave, planWave } from '../../../src-main/application/run-wave.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import type { DeliveryInformation } from '../../../src-main/domain/delivery-information.ts'
import type { IssuedDocument } from '../../../src-main/domain/document.ts'
import type { Order } from '../../../src-main/domain/order.ts'
import type { WaveBundle } from '../../../src-main/ports/store/wave-store.ts'
import type { StorefrontOrder } from '../../../src-main/ports/storefront.ts'
import { signStatusFile } from '../../../src-courier/core/signed-answers.ts'
import type { DeliveryEvent } from '../../../src-courier/core/run.ts'
import type { TestShop } from './test-shop.ts'

// The steps of the line of work as tests walk them, each in one call.

export async function takeOrders(shop: TestShop, orders: readonly StorefrontOrder[]): Promise<readonly Order[]> {
  shop.storefront.orders.push(...orders)
  await syncStorefronts(shop.workshop, shop.caller)
  return shop.store.findImported(
    'main',
    orders.map((order) => order.id),
  )
}

/** Delivery information as it was issued: it lies in the store with whoever it names sealed. */
export async function openedDelivery(
  shop: TestShop,
  documents: readonly IssuedDocument[],
): Promise<readonly DeliveryInformation[]> {
  const kept = documents.flatMap((document) => keptDelivery(document) ?? [])
  return Promise.all(kept.map((one) => openKeptDelivery(shop.workshop, one)))
}

export const load = (shop: TestShop, waveId: string): Promise<WaveBundle> => shop.store.loadWave(waveId)

/** A wave of everything that waits, planned. */
export async function planned(shop: TestShop): Promise<string> {
  const wave = await createWave(shop.workshop, shop.caller, {})
  await planWave(shop.workshop, shop.caller, wave.id)
  return wave.id
}

/** A wave of everything that waits, with its paper and labels. */
export async function issued(shop: TestShop): Promise<string> {
  const waveId = await planned(shop)
  await issueDocuments(shop.workshop, shop.caller, waveId)
  await issueLabels(shop.workshop, shop.caller, waveId)
  return waveId
}

export async function pickAll(shop: TestShop, waveId: string): Promise<void> {
  const { tours } = await load(shop, waveId)
  for (const tour of tours) {
    for (const stop of tour.stops) {
      const quantity = stop.quantity - stop.picked - stop.short
      if (quantity > 0)
        await confirmPick(shop.workshop, shop.caller, {
          waveId,
          tour: tour.seq,
          seq: stop.seq,
          code: stop.gtin ?? stop.sku,
          quantity,
        })
    }
  }
}

export async function packAll(shop: TestShop, waveId: string): Promise<void> {
  const { parcels } = await load(shop, waveId)
  for (const parcel of parcels)
    if (parcel.status === 'picking' || parcel.status === 'planned')
      await confirmPack(shop.workshop, shop.caller, { parcelId: parcel.id })
}

/** A wave of everything that waits, packed and ready for hand-over. */
export async function packed(shop: TestShop): Promise<string> {
  const waveId = await issued(shop)
  await pickAll(shop, waveId)
  await packAll(shop, waveId)
  return waveId
}

export const courierSays = (
  shop: TestShop,
  courier: keyof TestShop['keys'],
  file: { manifest: string; sequence: number; events: readonly DeliveryEvent[] },
): Promise<string> => signStatusFile(shop.keys[courier], file)

/** What a shelf holds: on hand and promised, by place. */
export async function shelves(shop: TestShop): Promise<Readonly<Record<string, readonly [number, number]>>> {
  const levels = await shop.store.loadStockLevels()
  return Object.fromEntries(levels.map((level) => [`${level.sku} ${level.location}`, [level.onHand, level.reserved]]))
}

export async function cartonsPromised(shop: TestShop): Promise<number> {
  return (await shop.store.loadCartons()).reduce((sum, row) => sum + row.reserved, 0)
}

/** The kinds of all reports of an order as the storefront got them: `planned`, `picking:parcel` ... */
export const told = (shop: TestShop, order: Order): readonly string[] =>
  shop.storefront.reports
    .filter(({ externalOrderId }) => externalOrderId === order.externalId)
    .map(({ report }) => report.kind + (report.parcelId === undefined ? '' : ':parcel'))
