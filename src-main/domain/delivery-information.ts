import type { EpochMs } from '../kernel/time.ts'
import type { HandlingMark } from './catalogue.ts'
import type { Service, TimeWindow } from './order.ts'
import type { Recipient } from './recipient.ts'
import type { Sealing } from './settings.ts'

/** Sealed for the courier's key (the default), or plain where the shop seals the other side (M14). */
export type DeliveryRecipient = { readonly sealed: string } | { readonly plain: Recipient }

/** As it lies in the store: what would be plain is ciphertext under the data key of its order, and ends with it. */
export type KeptRecipient = { readonly sealed: string } | { readonly kept: string; readonly orderId: string }

export interface DeliveryParcel<Told = DeliveryRecipient> {
  readonly number: string
  readonly orderCode: string
  readonly letter: string
  /** Piece n of m to this recipient. */
  readonly n: number
  readonly of: number
  readonly grossG: number
  readonly handling: readonly HandlingMark[]
  readonly recipient: Told
  /** The storefront could not be asked when the label was made: the address is as it was then. */
  readonly addressAsOf?: EpochMs | undefined
}

export interface DeliveryStop<Told = DeliveryRecipient> {
  /** Place in delivery order, such as `7` or `7a`. */
  readonly seq: string
  readonly routingCode: string
  readonly service: Service
  readonly window?: TimeWindow | undefined
  readonly parcels: readonly DeliveryParcel<Told>[]
  /** The same as the first parcel's. */
  readonly recipient: Told
}

/** DeliveryInformation, `backroom-delivery-1`: what the courier needs, per carrier and collection. */
export interface DeliveryInformation<Told = DeliveryRecipient> {
  readonly format: 'backroom-delivery-1'
  readonly manifest: string
  readonly version: number
  readonly issuedAt: EpochMs
  /** Which document holds the encrypted recipients; absent in those of former versions. */
  readonly sealing?: Sealing | undefined
  readonly shop: {
    readonly name: string
    readonly letter: string
    readonly zone: string
    readonly locale: string
    readonly addressLines: readonly string[]
  }
  readonly carrier: {
    readonly code: string
    readonly name: string
    readonly labelSize: '4x6' | '100x150' | 'A6'
    /** What the courier calls its services; absent = in the shop's words. */
    readonly serviceNames?: { readonly [service in Service]?: string | undefined } | undefined
  }
  readonly collectionDay: string
  readonly routes: readonly {
    readonly route: number
    readonly distanceM: number
    /** No order of the stops is shorter; 0 where nothing is known. Absent in documents of former versions. */
    readonly boundM?: number | undefined
    readonly optimal: boolean
    readonly stops: readonly DeliveryStop<Told>[]
  }[]
}

/** The same with every recipient told otherwise; a stop's is always its first parcel's. */
export const withRecipients = <Before, After>(
  delivery: DeliveryInformation<Before>,
  tell: (parcel: DeliveryParcel<Before>) => After,
): DeliveryInformation<After> => ({
  ...delivery,
  routes: delivery.routes.map((route) => ({
    ...route,
    stops: route.stops.map((stop) => {
      const parcels = stop.parcels.map((parcel) => ({ ...parcel, recipient: tell(parcel) }))
      const [first] = parcels
      if (!first) throw new Error(`stop ${stop.seq} has no parcel`)
      return { ...stop, parcels, recipient: first.recipient }
    }),
  })),
})
