import { AppError } from '../kernel/errors.ts'
import { currentKey, type CourierKeySet } from '../domain/carrier.ts'
import type { DeliveryInformation, DeliveryRecipient } from '../domain/delivery-information.ts'
import type { IssuedDocument } from '../domain/document.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Manifest } from '../domain/manifest.ts'
import type { PersonalData } from '../domain/recipient.ts'
import type { CollectionBundle } from '../ports/store/dispatch-store.ts'
import type { ManifestLine, ManifestContent } from '../ports/carriers.ts'
import { auditEntry, newId } from './audit.ts'
import { deliveryOf } from './delivery-of.ts'
import { fulfil } from './fulfil.ts'
import { issue } from './issue.ts'
import { bySequence } from './sequence.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'documents' | 'files' | 'system' | 'labels' | 'manifests' | 'vault'>

export interface ExportedManifests {
  readonly closed: readonly { readonly carrier: string; readonly number: string; readonly parcels: number }[]
  /** Couriers of the wave for whom nothing is packed yet. */
  readonly waiting: readonly string[]
}

/** Closes a manifest for each courier of the wave (or each courier at all) that has packed parcels waiting. */
export async function exportManifests(
  deps: Deps,
  caller: Caller,
  input: { readonly waveId?: string | undefined },
): Promise<ExportedManifests> {
  const carriers = await deps.store.loadCarriers()
  const bundle = input.waveId === undefined ? undefined : await deps.store.loadWave(input.waveId)
  const codes = bundle ? new Set(bundle.consignments.map((consignment) => consignment.carrierCode)) : undefined
  const closed: { carrier: string; number: string; parcels: number }[] = []
  const waiting: string[] = []
  for (const carrier of carriers.filter((candidate) => codes?.has(candidate.code) ?? true)) {
    const collection = await deps.store.loadCollection(carrier.code)
    if (collection.parcels.length === 0) waiting.push(carrier.code)
    else closed.push(await exportManifest(deps, caller, carrier.code))
  }
  return { closed, waiting }
}

/**
 * Closes the list handed over at one collection: delivery information with its final number, run sheet, and the file
 * that is signed by the shop and sealed for the courier; the parcels are handed over, and the file waits in the outbox.
 * Throws ERR_MANIFEST_EMPTY when nothing is packed, ERR_COURIER_KEY_MISSING when there is nobody to seal for,
 * ERR_WAVE_STAGE when a parcel's wave has no labels yet.
 */
export async function exportManifest(
  deps: Deps,
  caller: Caller,
  carrierCode: string,
): Promise<{ carrier: string; number: string; parcels: number }> {
  const bundle = await deps.store.loadCollection(carrierCode)
  const { carrier } = bundle
  if (bundle.parcels.length === 0) throw new AppError('ERR_MANIFEST_EMPTY', { carrier: carrierCode })
  const now = deps.system.clock.now()
  const key = currentKey(carrier, now)
  if (!key) throw new AppError('ERR_COURIER_KEY_MISSING', { carriers: [carrierCode] })

  requireLabels(bundle)
  const day = bundle.consignments[0]?.collectionDay ?? ''
  const number = `${carrier.code}-${day.replaceAll('-', '')}-${await deps.store.nextManifestNumber(carrier.code, day)}`
  const delivery = await finalDelivery(deps, bundle, { number, key, now })
  const content = await contentOf(deps, bundle, { delivery, closedAt: now })
  const sealed = await deps.manifests.seal(content, { signingKey: await deps.vault.shopKeys.signingKey(), key })
  const manifestId = newId(deps.system)
  const documents = await issueAll(deps, {
    manifestId,
    delivery,
    sealed,
    fingerprint: deps.system.hasher.sha256(sealed),
  })
  await saveClosed(deps, caller, { bundle, manifestId, number, day, now, delivery, documents })
  return { carrier: carrier.code, number, parcels: bundle.parcels.length }
}

/** A parcel without a label cannot be delivered, and its recipient would go into the delivery information unsealed. */
function requireLabels(bundle: CollectionBundle): void {
  const labelled = new Set(
    bundle.documents.filter((document) => document.kind === 'delivery').map((document) => document.subjectId),
  )
  const without = bundle.parcels.find((parcel) => !labelled.has(parcel.waveId))
  if (without)
    throw new AppError('ERR_WAVE_STAGE', {
      parcel: `${without.orderCode}${without.letter}`,
      missingStep: 'issue-labels',
    })
}

async function finalDelivery(
  deps: Deps,
  bundle: CollectionBundle,
  closing: { number: string; key: CourierKeySet; now: number },
): Promise<DeliveryInformation> {
  const { privacy } = bundle.settings
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
    if (privacy.sealing !== 'delivery' || parcel.number === undefined) {
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
  return deliveryOf(deps, {
    ...bundle,
    manifest: closing.number,
    version: 1,
    consignments,
    siblings: [...bundle.siblings],
    recipients,
  })
}

const newest = (documents: readonly IssuedDocument[]): IssuedDocument | undefined =>
  documents.toSorted((a, b) => b.version - a.version)[0]

function personalOf(deps: Pick<Workshop, 'vault'>, bundle: CollectionBundle, orderId: string): PersonalData {
  const order = bundle.orders.find((candidate) => candidate.id === orderId)
  if (!order?.personal) throw new AppError('ERR_ORDER_NOT_FOUND', { order: order?.code ?? orderId, missing: 'address' })
  // What the vault opens is what import-orders sealed: PersonalData, bound to this order's id.
  return deps.vault.open(order.id, order.personal) as unknown as PersonalData
}

/** The manifest holds every recipient sealed, whichever way the labels were made: it travels as one sealed file. */
async function contentOf(
  deps: Deps,
  bundle: CollectionBundle,
  closing: { delivery: DeliveryInformation; closedAt: number },
): Promise<ManifestContent> {
  const { settings, carrier } = bundle
  const { delivery, closedAt } = closing
  const key = currentKey(carrier, closedAt)
  if (!key) throw new AppError('ERR_COURIER_KEY_MISSING', { carriers: [carrier.code] })
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

async function issueAll(
  deps: Deps,
  made: { manifestId: string; delivery: DeliveryInformation; sealed: string; fingerprint: string },
): Promise<readonly IssuedDocument[]> {
  const { manifestId: subjectId, delivery, fingerprint } = made
  const runSheet = await deps.documents.runSheet(delivery)
  const common = { subjectId, version: 1, fingerprint }
  return [
    await issue(deps, {
      ...common,
      kind: 'delivery',
      fileName: `${delivery.manifest}.delivery.json`,
      mediaType: 'application/json',
      text: JSON.stringify(delivery),
    }),
    await issue(deps, {
      ...common,
      kind: 'run-sheet',
      fileName: `${delivery.manifest}.pdf`,
      mediaType: 'application/pdf',
      bytes: runSheet,
    }),
    await issue(deps, {
      ...common,
      kind: 'manifest',
      fileName: `${delivery.manifest}.manifest.jwe`,
      mediaType: 'application/jose',
      text: made.sealed,
    }),
  ]
}

interface Closing {
  readonly bundle: CollectionBundle
  readonly manifestId: string
  readonly number: string
  readonly day: string
  readonly now: number
  readonly delivery: DeliveryInformation
  readonly documents: readonly IssuedDocument[]
}

async function saveClosed(deps: Deps, caller: Caller, closing: Closing): Promise<void> {
  const { bundle, manifestId, number, day, now } = closing
  const numbersInOrder = closing.delivery.routes.flatMap((route) =>
    route.stops.flatMap((stop) => stop.parcels.map((parcel) => parcel.number)),
  )
  const leaving = new Set(bundle.parcels.map((parcel) => parcel.id))
  const done = await fulfil(deps, caller, {
    orders: bundle.orders,
    parcels: bundle.siblings.map((parcel) => (leaving.has(parcel.id) ? { ...parcel, manifestId } : parcel)),
    happenings: bundle.parcels.map((parcel) => ({
      orderId: parcel.orderId,
      parcelId: parcel.id,
      status: 'handed-over',
      at: now,
    })),
    undoMs: bundle.settings.undoMs,
    carrierNames: new Map([[bundle.carrier.code, bundle.carrier.name]]),
  })
  const sealedFile = closing.documents.find((document) => document.kind === 'manifest')
  const manifest: Manifest = {
    id: manifestId,
    number,
    carrierCode: bundle.carrier.code,
    collectionDay: day,
    closedAt: now,
    parcelIds: numbersInOrder.flatMap((one) => bundle.parcels.find((parcel) => parcel.number === one)?.id ?? []),
    documentId: sealedFile?.id ?? '',
    lastStatusSequence: 0,
  }
  await deps.store.saveClosedManifest({
    manifest,
    documents: closing.documents,
    ...done,
    closedWaveIds: await emptiedWaves(deps, done.parcels),
    reports: [
      ...done.reports,
      {
        id: newId(deps.system),
        lane: `carrier:${bundle.carrier.code}`,
        payload: {
          kind: 'manifest',
          carrierCode: bundle.carrier.code,
          manifestId,
          documentId: manifest.documentId,
          fileName: `${number}.manifest.jwe`,
        },
        createdAt: now,
        notBefore: now,
        attempts: 0,
        state: 'waiting',
      },
    ],
    audit: auditEntry(deps.system, caller, {
      action: 'close-manifest',
      entity: 'manifest',
      entityId: number,
      facts: { parcels: bundle.parcels.length },
    }),
  })
}

/** Waves none of whose parcels is in the shop any more, seen with this hand-over already done. */
async function emptiedWaves(
  deps: Pick<Workshop, 'store'>,
  changed: Iterable<{ readonly id: string; readonly waveId: string; readonly status: keyof typeof fulfilmentTable }>,
): Promise<readonly string[]> {
  const now = new Map([...changed].map((parcel) => [parcel.id, parcel]))
  const closed: string[] = []
  for (const waveId of new Set([...now.values()].map((parcel) => parcel.waveId))) {
    const { parcels } = await deps.store.loadWave(waveId)
    const left = parcels.map((parcel) => now.get(parcel.id)?.status ?? parcel.status)
    if (left.every((status) => fulfilmentTable[status].rank >= fulfilmentTable['handed-over'].rank)) closed.push(waveId)
  }
  return closed
}
