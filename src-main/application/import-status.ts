import { AppError } from '../kernel/errors.ts'
import { mayFollow, type ParcelStatus } from '../domain/fulfilment.ts'
import type { CourierStatusFile } from '../ports/carriers.ts'
import type { ManifestBundle } from '../ports/store/dispatch-store.ts'
import { auditEntry } from './audit.ts'
import { signerOf } from './courier-signature.ts'
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
  /** Entries that were taken, but not at the time they give: it lies ahead of us, or before the hand-over. */
  readonly retimed: readonly {
    readonly pid: string
    readonly reason: 'in-the-future' | 'before-hand-over'
    readonly status: string
  }[]
}

type Deps = Pick<Workshop, 'store' | 'system' | 'manifests'>

/**
 * Takes a courier's signed status file in, once. Throws ERR_STATUS_FILE_INVALID (no courier of ours signed it, it was
 * changed, its manifest is not theirs) and ERR_STATUS_FILE_REPLAYED (it, or a later one, is in already).
 */
export async function importStatus(deps: Deps, caller: Caller, file: string): Promise<ImportedStatus> {
  const signer = signerOf(deps.manifests, await deps.store.loadCarriers(), file)
  if ('problem' in signer)
    throw new AppError('ERR_STATUS_FILE_INVALID', {
      reason: signer.problem,
      ...('carrier' in signer && { carrier: signer.carrier.code }),
    })
  const { carrier, key } = signer
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
  const elsewhere = await carriedElsewhere(deps, bundle, status)
  const { happenings, ignored, retimed } = readEvents(bundle, status, { now: deps.system.clock.now(), elsewhere })
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
      facts: { taken: happenings.length, ignored: ignored.length, retimed: retimed.length },
    }),
  })
  return { manifest: bundle.manifest.number, taken: happenings.length, ignored, retimed }
}

/** Parcels that this courier has, but by another manifest. Of other couriers' parcels nobody is told that they exist. */
async function carriedElsewhere(
  { store }: Deps,
  bundle: ManifestBundle,
  file: CourierStatusFile,
): Promise<ReadonlySet<string>> {
  const listed = new Set(bundle.parcels.map(({ number }) => number))
  const others = new Set(file.events.map(({ pid }) => pid).filter((pid) => !listed.has(pid)))
  const found = new Set<string>()
  for (const pid of others) {
    const parcel = await store.findParcel(pid)
    if (parcel?.number === pid && parcel.carrierCode === bundle.manifest.carrierCode) found.add(pid)
  }
  return found
}

interface ReadEvents extends Pick<ImportedStatus, 'ignored' | 'retimed'> {
  readonly happenings: readonly Happening[]
}

/** Events in the order of their time; each must be allowed to follow what is true of its parcel by then. */
function readEvents(
  bundle: ManifestBundle,
  file: CourierStatusFile,
  { now, elsewhere }: { readonly now: number; readonly elsewhere: ReadonlySet<string> },
): ReadEvents {
  const parcelByNumber = new Map(bundle.parcels.map((parcel) => [parcel.number, parcel]))
  const statusById = new Map<string, ParcelStatus>(bundle.parcels.map((parcel) => [parcel.id, parcel.status]))
  const happenings: Happening[] = []
  const ignored: ImportedStatus['ignored'][number][] = []
  const retimed: ImportedStatus['retimed'][number][] = []
  for (const { pid, status, at, reason } of file.events.toSorted((a, b) => a.at - b.at)) {
    const parcel = parcelByNumber.get(pid)
    if (!parcel) {
      ignored.push({ pid, reason: elsewhere.has(pid) ? 'not-on-this-manifest' : 'unknown-parcel', status })
      continue
    }
    if (!mayFollow(statusById.get(parcel.id) ?? parcel.status, status)) {
      ignored.push({ pid, reason: 'out-of-order', status })
      continue
    }
    statusById.set(parcel.id, status)
    const happened = possibleTime(at, { from: bundle.manifest.closedAt, to: now })
    if (happened.problem) retimed.push({ pid, reason: happened.problem, status })
    happenings.push({ orderId: parcel.orderId, parcelId: parcel.id, status, at: happened.at, reason })
  }
  return { happenings, ignored, retimed }
}

/** Two clocks are never the same: so much is nobody's mistake. */
const clockDriftMs = 5 * 60_000

/**
 * A courier's clock may be wrong, but nothing happens before the hand-over or after now: how long personal data is kept
 * is counted from these times.
 */
function possibleTime(
  at: number,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly at: number; readonly problem?: 'in-the-future' | 'before-hand-over' } {
  if (at > to) return { at: to, ...(at > to + clockDriftMs && { problem: 'in-the-future' as const }) }
  if (at < from) return { at: from, ...(at < from - clockDriftMs && { problem: 'before-hand-over' as const }) }
  return { at }
}
