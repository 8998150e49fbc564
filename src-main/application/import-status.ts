import { AppError } from '../kernel/errors.ts'
import { mayFollow, type ParcelStatus } from '../domain/fulfilment.ts'
import type { CourierStatusFile } from '../ports/carriers.ts'
import type { ManifestBundle } from '../ports/store/dispatch-store.ts'
import { auditEntry } from './audit.ts'
import { fulfil, type Happening } from './fulfil.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface ImportedStatus {
  readonly manifest: string
  readonly taken: number
  /** Entries left out, by parcel number, and why. */
  readonly ignored: readonly {
    readonly pid: string
    readonly reason: 'unknown-parcel' | 'not-on-this-manifest' | 'out-of-order'
    readonly status: string
  }[]
}

type Deps = Pick<Workshop, 'store' | 'system' | 'manifests'>

/**
 * Takes a courier's signed status file in, once. Throws ERR_STATUS_FILE_INVALID (no courier of ours signed it, it was
 * changed, its manifest is not theirs) and ERR_STATUS_FILE_REPLAYED (it, or a later one, is in already).
 */
export async function importStatus(deps: Deps, caller: Caller, file: string): Promise<ImportedStatus> {
  const signer = deps.manifests.peekSigner(file)
  const carriers = await deps.store.loadCarriers()
  const carrier = carriers.find((candidate) => candidate.keys.some((key) => key.sigKid === signer?.kid))
  const key = carrier?.keys.find((candidate) => candidate.sigKid === signer?.kid)
  if (!carrier || !key) throw new AppError('ERR_STATUS_FILE_INVALID', { reason: 'unknown-signer' })
  if (key.revokedAt !== undefined)
    throw new AppError('ERR_STATUS_FILE_INVALID', { reason: 'revoked-key', carrier: carrier.code })
  const status = await deps.manifests.readStatusFile(file, { key })
  const bundle = await deps.store.loadManifest(status.manifest)
  if (bundle.manifest.carrierCode !== carrier.code)
    throw new AppError('ERR_STATUS_FILE_INVALID', { reason: 'foreign-manifest', carrier: carrier.code })
  if (status.sequence <= bundle.manifest.lastStatusSequence) {
    throw new AppError('ERR_STATUS_FILE_REPLAYED', {
      manifest: bundle.manifest.number,
      sequence: status.sequence,
      last: bundle.manifest.lastStatusSequence,
    })
  }
  const { happenings, ignored } = readEvents(bundle, status, deps.system.clock.now())
  const settings = await deps.store.findSettings()
  const done = await fulfil(
    deps,
    { ...caller, source: 'courier', actor: `courier:${carrier.code}` },
    {
      orders: bundle.orders,
      parcels: bundle.siblings,
      happenings,
      undoMs: settings?.undoMs ?? 0,
      carrierNames: new Map([[carrier.code, carrier.name]]),
    },
  )
  await deps.store.saveCourierStatus({
    manifest: {
      ...bundle.manifest,
      lastStatusSequence: status.sequence,
      receivedAt: bundle.manifest.receivedAt ?? deps.system.clock.now(),
    },
    ...done,
    audit: auditEntry(deps.system, caller, {
      action: 'import-status',
      entity: 'manifest',
      entityId: bundle.manifest.number,
      facts: { taken: happenings.length, ignored: ignored.length },
    }),
  })
  return { manifest: bundle.manifest.number, taken: happenings.length, ignored }
}

/** Events in the order of their time; each must be allowed to follow what is true of its parcel by then. */
function readEvents(
  bundle: ManifestBundle,
  file: CourierStatusFile,
  now: number,
): { happenings: readonly Happening[]; ignored: ImportedStatus['ignored'] } {
  const statusById = new Map<string, ParcelStatus>(bundle.parcels.map((parcel) => [parcel.id, parcel.status]))
  const happenings: Happening[] = []
  const ignored: ImportedStatus['ignored'][number][] = []
  for (const event of file.events.toSorted((a, b) => a.at - b.at)) {
    const parcel = bundle.parcels.find((candidate) => candidate.number === event.pid)
    if (!parcel) {
      const isOurs = bundle.siblings.some((sibling) => sibling.number === event.pid)
      ignored.push({ pid: event.pid, reason: isOurs ? 'not-on-this-manifest' : 'unknown-parcel', status: event.status })
      continue
    }
    if (!mayFollow(statusById.get(parcel.id) ?? parcel.status, event.status)) {
      ignored.push({ pid: event.pid, reason: 'out-of-order', status: event.status })
      continue
    }
    statusById.set(parcel.id, event.status)
    happenings.push({
      orderId: parcel.orderId,
      parcelId: parcel.id,
      status: event.status,
      at: possibleTime(bundle, event.at, now),
      reason: event.reason,
    })
  }
  return { happenings, ignored }
}

/**
 * A courier's clock may be wrong, but nothing happens before the hand-over or after now: how long personal data is kept
 * is counted from these times.
 */
const possibleTime = ({ manifest }: ManifestBundle, at: number, now: number): number =>
  Math.min(Math.max(at, manifest.closedAt), now)
