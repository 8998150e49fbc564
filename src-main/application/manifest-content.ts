import { AppError } from '../kernel/errors.ts'
import { currentKey, type CourierKeySet } from '../domain/carrier.ts'
import type { DeliveryInformation, DeliveryRecipient } from '../domain/delivery-information.ts'
import type { IssuedDocument } from '../domain/document.ts'
import type { PersonalData } from '../domain/recipient.ts'
import type { Sealing } from '../domain/settings.ts'
import type { CollectionBundle } from '../ports/store/dispatch-store.ts'
import type { ManifestLine, ManifestContent } from '../ports/carriers.ts'
import { keptDelivery } from './kept-paper.ts'
import { keyMissing } from './courier-keys.ts'
import { deliveryOf } from './delivery-of.ts'
import { bySequence } from './sequence.ts'
import type { Workshop } from './workshop.ts'
import { openPersonal } from './open-personal.ts'

type Deps = Pick<Workshop, 'system' | 'labels' | 'vault'>

export async function finalDelivery(
  deps: Deps,
  bundle: CollectionBundle,
  closing: { number: string; key: CourierKeySet; now: number },
): Promise<DeliveryInformation> {
  const { privacy } = bundle.settings
  const positions = positionsOf(bundle)
  const recipients = new Map<string, DeliveryRecipient>()
  for (const parcel of bundle.parcels) {
    const block = newest(
      bundle.documents.filter((document) => document.kind === 'sealed-block' && document.subjectId === parcel.id),
    )
    if (block?.text !== undefined) {
      recipients.set(parcel.id, { sealed: block.text })
      continue
    }
    const { recipient } = personalOf(deps, bundle, parcel.orderId)
    const position = positions.get(parcel.waveId) ?? privacy.sealing
    // Where the selection information holds them encrypted already, nothing else may; what was issued in clear may be sealed.
    if (position === 'selection' || privacy.sealing !== 'delivery' || parcel.number === undefined) {
      recipients.set(parcel.id, { plain: recipient })
      continue
    }
    // Its label was made before the shop began to seal: the delivery information is sealed all the same.
    const expiresAt = closing.now + privacy.labelDays * 86_400_000
    const sealed = await deps.labels.seal(recipient, { key: closing.key, parcelNumber: parcel.number, expiresAt })
    recipients.set(parcel.id, { sealed })
  }
  const consignments = bundle.consignments.filter((consignment) =>
    consignment.parcelIds.some((id) => bundle.parcels.some((parcel) => parcel.id === id)),
  )
  const inClear = bundle.parcels.filter(({ id }) => 'plain' in (recipients.get(id) ?? {}))
  const isOff = inClear.some(({ waveId }) => (positions.get(waveId) ?? privacy.sealing) === 'off')
  return deliveryOf(deps, {
    ...bundle,
    sealing: isOff ? 'off' : inClear.length > 0 ? 'selection' : 'delivery',
    manifest: closing.number,
    version: 1,
    consignments,
    siblings: [...bundle.siblings],
    recipients,
  })
}

/** Wave id -> the position that its labels were issued under, as its own delivery information says. */
const positionsOf = (bundle: CollectionBundle): ReadonlyMap<string, Sealing> =>
  new Map(
    bundle.documents.flatMap((document) => {
      const sealing = keptDelivery(document)?.sealing
      return sealing === undefined ? [] : [[document.subjectId, sealing] as const]
    }),
  )

const newest = (documents: readonly IssuedDocument[]): IssuedDocument | undefined =>
  documents.toSorted((a, b) => b.version - a.version)[0]

function personalOf(deps: Pick<Workshop, 'vault'>, bundle: CollectionBundle, orderId: string): PersonalData {
  const order = bundle.orders.find((candidate) => candidate.id === orderId)
  const personal = order && openPersonal(deps.vault, order)
  if (!personal) throw new AppError('ERR_ORDER_NOT_FOUND', { order: order?.code ?? orderId, missing: 'address' })
  return personal
}

/** The manifest holds every recipient sealed, whichever way the labels were made: it travels as one sealed file. */
export async function contentOf(
  deps: Deps,
  bundle: CollectionBundle,
  closing: { delivery: DeliveryInformation; closedAt: number },
): Promise<ManifestContent> {
  const { settings, carrier } = bundle
  const { delivery, closedAt } = closing
  const key = currentKey(carrier, closedAt)
  if (!key) throw keyMissing([carrier], closedAt)
  const expiresAt = closedAt + settings.privacy.labelDays * 86_400_000
  const lines: ManifestLine[] = []
  const stops = delivery.routes.flatMap((route) => route.stops).toSorted((a, b) => bySequence(a.seq, b.seq))
  for (const [index, stop] of stops.entries()) {
    for (const one of stop.parcels) {
      const parcel = bundle.parcels.find((candidate) => candidate.number === one.number)
      if (!parcel) continue
      const personal = personalOf(deps, bundle, parcel.orderId)
      const label =
        'sealed' in one.recipient
          ? one.recipient.sealed
          : await deps.labels.seal(personal.recipient, { key, parcelNumber: one.number, expiresAt })
      lines.push({
        pid: one.number,
        seq: stop.seq,
        stop: index + 1,
        routing: stop.routingCode,
        n: one.n,
        of: one.of,
        grossG: one.grossG,
        handling: one.handling,
        ...(stop.window ? { window: stop.window } : {}),
        labelSha256: deps.system.hasher.sha256(label),
        label,
        ...(personal.at ? { at: [personal.at.lat, personal.at.lon] as const } : {}),
      })
    }
  }
  const shopKeys = await deps.vault.shopKeys.publicJwks()
  const shopKey = shopKeys.keys.find((candidate) => candidate['use'] === 'sig') ?? shopKeys.keys[0]
  if (!shopKey) throw new AppError('ERR_SHOP_KEY_MISSING', {})
  return {
    number: delivery.manifest,
    closedAt,
    carrier: { code: carrier.code, name: carrier.name },
    shop: { name: settings.shop.name, at: [settings.shop.lat, settings.shop.lon] },
    shopKey,
    parcels: lines,
  }
}
