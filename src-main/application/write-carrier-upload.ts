import { AppError } from '../kernel/errors.ts'
import type { Carrier, OwnLabels } from '../domain/carrier.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { Settings } from '../domain/settings.ts'
import type { LabelShipment } from '../ports/carrier-labels.ts'
import { auditEntry } from './audit.ts'
import { collectionDay } from './collection-day.ts'
import { getCarrier } from './import-carriers.ts'
import { openPersonal } from './open-personal.ts'
import { getWave } from './run-wave.ts'
import { isWithheld } from './withheld.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault' | 'carrierLabels'>

export interface UploadInput {
  readonly carrier: string
  /** The parcels of a closed manifest, of a wave, or (neither) those that wait for the next collection. */
  readonly manifest?: string | undefined
  readonly wave?: string | undefined
  /** Parcel numbers that are left out. */
  readonly except: readonly string[]
  /** Somebody has said yes to names and addresses in clear. */
  readonly confirmed: boolean
}

export interface CarrierUpload {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly parcels: number
  readonly changed: readonly { readonly number: string; readonly column: string }[]
}

/**
 * A file for the carrier's own site, with names and addresses in clear: for the manager alone, after a yes, written to
 * the audit log, and kept nowhere. Throws ERR_CARRIER_LABELS_OFF, ERR_PLAIN_UPLOAD_REFUSED where the shop seals its
 * deliveries and this carrier is no named exception, ERR_CONFIRMATION_NEEDED { parcels }, ERR_MANIFEST_EMPTY,
 * ERR_UPLOAD_INVALID.
 */
export async function writeCarrierUpload(deps: Deps, caller: Caller, input: UploadInput): Promise<CarrierUpload> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const ownLabels = ownLabelsOf(carrier)
  const settings = await deps.store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  if (settings.privacy.sealing === 'delivery' && !ownLabels.needsPlainUpload)
    throw new AppError('ERR_PLAIN_UPLOAD_REFUSED', { carrier: carrier.code, sealing: settings.privacy.sealing })
  const chosen = await choose(deps, carrier, input)
  if (chosen.parcels.length === 0) throw new AppError('ERR_MANIFEST_EMPTY', { carrier: carrier.code })
  if (!input.confirmed)
    throw new AppError('ERR_CONFIRMATION_NEEDED', { action: 'plain-upload', parcels: chosen.parcels.length })
  const request = await deps.carrierLabels.request(shipmentsOf(deps, chosen), {
    profile: ownLabels.profile,
    sender: senderOf(deps, settings, { carrier, ownLabels }),
  })
  if (request.kind !== 'file') throw new AppError('ERR_INTERNAL', { unexpected: request.kind })
  const about = input.manifest ?? input.wave ?? carrier.code
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'write-carrier-upload',
      entity: input.manifest !== undefined ? 'manifest' : input.wave !== undefined ? 'wave' : 'carrier',
      entityId: about,
      facts: { carrier: carrier.code, profile: ownLabels.profile, parcels: chosen.parcels.length },
    }),
  )
  const { bytes, mediaType, changed } = request
  return { fileName: `${about}${request.ending}`, mediaType, bytes, changed, parcels: chosen.parcels.length }
}

/** Throws ERR_CARRIER_LABELS_OFF. */
export function ownLabelsOf(carrier: Carrier): OwnLabels {
  if (!carrier.ownLabels) throw new AppError('ERR_CARRIER_LABELS_OFF', { carrier: carrier.code })
  return carrier.ownLabels
}

interface Chosen {
  readonly parcels: readonly Parcel[]
  readonly orders: readonly Order[]
}

async function choose(deps: Deps, carrier: Carrier, input: UploadInput): Promise<Chosen> {
  const { parcels, orders } = await sourceOf(deps, carrier, input)
  const except = new Set(input.except)
  const withheld = new Set(orders.filter(isWithheld).map(({ id }) => id))
  const isWanted = (parcel: Parcel): boolean =>
    parcel.carrierCode === carrier.code &&
    parcel.number !== undefined &&
    !except.has(parcel.number) &&
    !fulfilmentTable[parcel.status].isEnded &&
    !withheld.has(parcel.orderId)
  return { orders, parcels: parcels.filter(isWanted) }
}

async function sourceOf({ store }: Deps, carrier: Carrier, input: UploadInput): Promise<Chosen> {
  if (input.manifest !== undefined) return store.loadManifest(input.manifest)
  if (input.wave !== undefined) return store.loadWave((await getWave(store, input.wave)).id)
  return store.loadCollection(carrier.code)
}

/** Recipients are opened for this one file. An order that was forgotten meanwhile has none: it is named like a missing address. */
function shipmentsOf(deps: Pick<Deps, 'vault'>, { parcels, orders }: Chosen): readonly LabelShipment[] {
  const orderById = new Map(orders.map((order) => [order.id, order]))
  return parcels.flatMap((parcel): readonly LabelShipment[] => {
    const order = orderById.get(parcel.orderId)
    if (!order || parcel.number === undefined) return []
    const recipient = openPersonal(deps.vault, order)?.recipient
    return [
      {
        number: parcel.number,
        parcelCode: parcel.orderCode + parcel.letter,
        grossG: parcel.totals.grossG,
        outerMm: parcel.outerMm,
        service: order.service,
        recipient: recipient ?? { name: '', lines: [], postcode: '', city: '', country: order.country },
      },
    ]
  })
}

const senderOf = (
  { system }: Pick<Deps, 'system'>,
  { shop }: Settings,
  { carrier, ownLabels }: { readonly carrier: Carrier; readonly ownLabels: OwnLabels },
) => ({
  name: shop.name,
  country: shop.country,
  day: collectionDay(carrier, system.clock.now(), shop.zone),
  values: ownLabels.values,
})
