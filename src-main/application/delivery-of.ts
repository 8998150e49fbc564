import type { Carrier } from '../domain/carrier.ts'
import type { DeliveryInformation, DeliveryRecipient, DeliveryStop } from '../domain/delivery-information.ts'
import type { Consignment, RoutePlan } from '../domain/manifest.ts'
import type { Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Sealing, Settings } from '../domain/settings.ts'
import { bySequence } from './sequence.ts'
import type { Workshop } from './workshop.ts'

/** `Told`: what is said of each recipient; sealed or in clear on papers, nothing in a preview. */
export interface DeliveryParts<Told = DeliveryRecipient> {
  readonly settings: Settings
  /** Which document holds the encrypted recipients of these parcels; left out = as the settings say. */
  readonly sealing?: Sealing | undefined
  readonly carrier: Carrier
  readonly manifest: string
  readonly version: number
  readonly consignments: readonly Consignment[]
  readonly orders: readonly Order[]
  /** The parcels that travel. */
  readonly parcels: readonly Parcel[]
  /** All living parcels of the same orders with this carrier: for piece n of m. */
  readonly siblings: readonly Parcel[]
  readonly routes: readonly RoutePlan[]
  /** By parcel id. */
  readonly recipients: ReadonlyMap<string, Told>
  /** Order id -> since when nobody could ask whether its address still holds; asked just now = absent. */
  readonly asOf?: ReadonlyMap<string, number> | undefined
}

/** The delivery information of one carrier and collection: stops by frozen sequence, parcels by letter. */
export function deliveryOf<Told = DeliveryRecipient>(
  deps: Pick<Workshop, 'system'>,
  parts: DeliveryParts<Told>,
): DeliveryInformation<Told> {
  const { settings, carrier } = parts
  const stops = parts.consignments
    .toSorted((a, b) => a.route - b.route || bySequence(a.sequence, b.sequence))
    .flatMap((consignment) => {
      const stop = stopOf(parts, consignment)
      return stop ? [{ route: consignment.route, stop }] : []
    })
  const numbers = [...new Set(stops.map(({ route }) => route))]
  const distanceM = parts.routes
    .filter((route) => route.carrierCode === carrier.code)
    .reduce((sum, route) => sum + route.distanceM, 0)
  const boundM = parts.routes
    .filter((route) => route.carrierCode === carrier.code)
    .reduce((sum, route) => sum + route.lowerBoundM, 0)
  const isOptimal =
    parts.routes.some((route) => route.carrierCode === carrier.code) &&
    parts.routes.filter((route) => route.carrierCode === carrier.code).every((route) => route.isOptimal)
  return {
    format: 'backroom-delivery-1',
    manifest: parts.manifest,
    version: parts.version,
    issuedAt: deps.system.clock.now(),
    sealing: parts.sealing ?? settings.privacy.sealing,
    shop: {
      name: settings.shop.name,
      letter: settings.shop.letter,
      zone: settings.shop.zone,
      locale: settings.shop.locale,
      addressLines: settings.shop.addressLines,
    },
    carrier: {
      code: carrier.code,
      name: carrier.name,
      labelSize: carrier.labelSize,
      ...(carrier.serviceNames && { serviceNames: carrier.serviceNames }),
    },
    collectionDay: parts.consignments[0]?.collectionDay ?? '',
    routes: numbers.map((number, index) => ({
      route: number,
      // The engine's length is of all routes together; it stands on the first.
      distanceM: index === 0 ? distanceM : 0,
      boundM: index === 0 ? boundM : 0,
      optimal: isOptimal,
      stops: stops.filter(({ route }) => route === number).map(({ stop }) => stop),
    })),
  }
}

function stopOf<Told>(parts: DeliveryParts<Told>, consignment: Consignment): DeliveryStop<Told> | undefined {
  const order = parts.orders.find((candidate) => candidate.id === consignment.orderId)
  const siblings = parts.siblings
    .filter((parcel) => consignment.parcelIds.includes(parcel.id) && parcel.status !== 'cancelled')
    .toSorted((a, b) => a.letter.localeCompare(b.letter))
  const asOf = parts.asOf?.get(consignment.orderId)
  const parcels = siblings.flatMap((parcel, index) => {
    const recipient = parts.recipients.get(parcel.id)
    if (recipient === undefined || parcel.number === undefined || !parts.parcels.some((own) => own.id === parcel.id))
      return []
    return [
      {
        number: parcel.number,
        orderCode: parcel.orderCode,
        letter: parcel.letter,
        n: index + 1,
        of: siblings.length,
        grossG: parcel.totals.grossG,
        handling: parcel.handling,
        recipient,
        ...(asOf === undefined ? {} : { addressAsOf: asOf }),
      },
    ]
  })
  const first = parcels[0]
  if (!first || !order) return undefined
  return {
    seq: consignment.sequence,
    routingCode: consignment.routingCode,
    service: order.service,
    ...(order.window ? { window: order.window } : {}),
    parcels,
    recipient: first.recipient,
  }
}
