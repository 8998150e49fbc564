import type { DeliveryParcel, DeliveryStop } from '../domain/delivery-information.ts'
import { deliveryOf } from './delivery-of.ts'
import { collectionOf, type WaitingParcel } from './list-collections.ts'
import type { Workshop } from './workshop.ts'

type StopToCome = Omit<DeliveryStop, 'recipient' | 'parcels'> & {
  readonly parcels: readonly Omit<DeliveryParcel, 'recipient'>[]
}

/** What a courier would be handed if the manifest were closed now. Nobody's address is opened for it. */
export interface ManifestPreview {
  readonly courier: string
  readonly name: string
  /** Local day and time of the collection. */
  readonly day: string
  readonly at: string
  /** In delivery order. */
  readonly stops: readonly StopToCome[]
  readonly stays: readonly Stay[]
}

interface Stay extends Pick<WaitingParcel, 'number' | 'orderCode' | 'letter'> {
  readonly why: NonNullable<WaitingParcel['stays']> | 'kept'
}

/** The same stops in the same order as on the manifest that would be closed now. Throws ERR_CARRIER_NOT_FOUND. */
export async function previewManifest(
  { store, system }: Pick<Workshop, 'store' | 'system'>,
  { carrier, except }: { readonly carrier: string; readonly except: readonly string[] },
): Promise<ManifestPreview> {
  const bundle = await store.loadCollection(carrier)
  const { courier, name, day, at, parcels } = collectionOf(bundle, system.clock.now())
  const stays = parcels.flatMap(({ number, orderCode, letter, stays: reason }) => {
    const why: Stay['why'] | undefined = reason ?? (except.includes(number) ? 'kept' : undefined)
    return why === undefined ? [] : [{ number, orderCode, letter, why }]
  })
  const left = new Set(stays.map(({ number }) => number))
  const leaving = bundle.parcels.filter(({ number = '' }) => !left.has(number))
  const delivery = deliveryOf(
    { system },
    {
      ...bundle,
      manifest: '',
      version: 1,
      parcels: leaving,
      recipients: new Map(leaving.map(({ id }) => [id, null])),
    },
  )
  const stops = delivery.routes.flatMap((route) =>
    route.stops.map(({ recipient: _stop, ...stop }) => ({
      ...stop,
      parcels: stop.parcels.map(({ recipient: _parcel, ...parcel }) => parcel),
    })),
  )
  return { courier, name, day, at, stops, stays }
}
