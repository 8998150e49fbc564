import { AppError } from '../kernel/errors.ts'
import { currentKey } from '../domain/carrier.ts'
import type { DeliveryInformation } from '../domain/delivery-information.ts'
import type { IssuedDocument } from '../domain/document.ts'
import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Order } from '../domain/order.ts'
import type { Manifest } from '../domain/manifest.ts'
import type { CollectionBundle } from '../ports/store/dispatch-store.ts'
import { auditEntry, newId } from './audit.ts'
import { keyMissing } from './courier-keys.ts'
import { fulfil } from './fulfil.ts'
import { keepDelivery } from './kept-paper.ts'
import { issue, issuedTogether } from './issue.ts'
import type { Caller, Workshop } from './workshop.ts'
import { contentOf, finalDelivery } from './manifest-content.ts'
import { isWithheld } from './withheld.ts'

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
  input: { readonly waveId?: string | undefined; readonly except?: readonly string[] | undefined },
): Promise<ExportedManifests> {
  const carriers = await deps.store.loadCarriers()
  const bundle = input.waveId === undefined ? undefined : await deps.store.loadWave(input.waveId)
  const codes = bundle ? new Set(bundle.consignments.map((consignment) => consignment.carrierCode)) : undefined
  const closed: { carrier: string; number: string; parcels: number }[] = []
  const waiting: string[] = []
  for (const carrier of carriers.filter((candidate) => codes?.has(candidate.code) ?? true)) {
    const collection = await loadCollection(deps, carrier.code, input.except)
    if (collection.parcels.length === 0) waiting.push(carrier.code)
    else closed.push(await exportManifest(deps, caller, carrier.code, input.except))
  }
  return { closed, waiting }
}

/**
 * Closes the list handed over at one collection: delivery information with its final number, run sheet, and the file
 * that is signed by the shop and sealed for the courier; the parcels are handed over, and the file waits in the outbox.
 * Throws ERR_MANIFEST_EMPTY when nothing is packed, ERR_COURIER_KEY_MISSING when there is nobody to seal for,
 * ERR_WAVE_STAGE when a parcel's wave has no labels yet. Parcels whose number is in `except` stay for the next one.
 */
// eslint-disable-next-line max-params -- whose collection, and what stays behind
export async function exportManifest(
  deps: Deps,
  caller: Caller,
  carrierCode: string,
  except: readonly string[] = [],
): Promise<{ carrier: string; number: string; parcels: number }> {
  const bundle = await loadCollection(deps, carrierCode, except)
  const { carrier } = bundle
  if (bundle.parcels.length === 0) throw new AppError('ERR_MANIFEST_EMPTY', { carrier: carrierCode })
  const now = deps.system.clock.now()
  const key = currentKey(carrier, now)
  if (!key) throw keyMissing([carrier], now)

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
    orders: bundle.orders,
    sealed,
    fingerprint: deps.system.hasher.sha256(sealed),
  })
  await saveClosed(deps, caller, { bundle, manifestId, number, day, now, delivery, documents })
  return { carrier: carrier.code, number, parcels: bundle.parcels.length }
}

/** What may leave: a parcel whose order the manager is being asked about stays for the next collection. */
async function loadCollection(
  { store }: Pick<Deps, 'store'>,
  carrierCode: string,
  except: readonly string[] = [],
): Promise<CollectionBundle> {
  const bundle = await store.loadCollection(carrierCode)
  const withheld = new Set(bundle.orders.filter(isWithheld).map(({ id }) => id))
  return {
    ...bundle,
    parcels: bundle.parcels.filter(({ orderId, number }) => !withheld.has(orderId) && !except.includes(number ?? '')),
  }
}

/** A parcel without a label, or whose label is void since its key was revoked, cannot be delivered. */
function requireLabels(bundle: CollectionBundle): void {
  const labelled = new Set(
    bundle.documents.filter((document) => document.kind === 'label').map((document) => document.subjectId),
  )
  const without = bundle.parcels.find((parcel) => !labelled.has(parcel.id))
  if (without)
    throw new AppError('ERR_WAVE_STAGE', {
      parcel: `${without.orderCode}${without.letter}`,
      missingStep: 'issue-labels',
    })
}

async function issueAll(
  deps: Deps,
  made: {
    manifestId: string
    delivery: DeliveryInformation
    orders: readonly Order[]
    sealed: string
    fingerprint: string
  },
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
      text: keepDelivery(deps, delivery, made.orders),
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
    documents: issuedTogether(closing.documents, now),
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
