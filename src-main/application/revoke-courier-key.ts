import { currentKey, type Carrier } from '../domain/carrier.ts'
import type { IssuedDocument } from '../domain/document.ts'
import type { Parcel } from '../domain/parcel.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry } from './audit.ts'
import { markKeyRevoked } from './courier-keys.ts'
import { isStillHere, livingWaves } from './sealed-labels.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'labels' | 'manifests'>

/** The labels of these parcels are void from now on: withdrawn, and the step that makes labels has to run again. */
async function voidLabels(
  deps: Deps,
  caller: Caller,
  voided: { readonly bundle: WaveBundle; readonly parcels: readonly Parcel[]; readonly carrier: Carrier },
): Promise<void> {
  const { bundle, parcels, carrier } = voided
  const step = bundle.wave.steps.find((result) => result.step === 'issue-labels')
  if (!step || parcels.length === 0) return
  const ids = new Set(parcels.map(({ id }) => id))
  const isVoid = ({ kind, subjectId, fileName }: IssuedDocument): boolean =>
    ids.has(subjectId) || (kind === 'delivery' && fileName === `${bundle.wave.code}-${carrier.code}.delivery.json`)
  await deps.store.saveIssuedDocuments({
    waveId: bundle.wave.id,
    stage: bundle.wave.stage,
    step: { ...step, fingerprint: 'voided' },
    documents: [],
    withdrawn: bundle.documents.filter(isVoid).map(({ id }) => id),
    withdrawnAt: deps.system.clock.now(),
    audit: auditEntry(deps.system, caller, {
      action: 'void-labels',
      entity: 'wave',
      entityId: bundle.wave.code,
      facts: { labels: parcels.length, carrier: carrier.code },
    }),
  })
}

/**
 * Closed manifests that were sealed for the key and have not left yet: what waits in the outbox is withdrawn. Whether a
 * courier gets one all the same is the manager's word, at the hand-over.
 */
async function holdManifests(
  deps: Deps,
  key: { readonly carrier: string; readonly encKid: string },
): Promise<readonly string[]> {
  const held: string[] = []
  const { rows } = await deps.store.listManifests({ search: key.carrier, offset: 0, limit: 500 })
  for (const { manifest } of rows) {
    if (manifest.carrierCode !== key.carrier || manifest.sentAt !== undefined) continue
    const { text = '' } = await deps.store.getDocument(manifest.documentId)
    if (deps.manifests.peekSealedFor(text) !== key.encKid) continue
    for (const message of await deps.store.listManifestMessages([manifest.id]))
      if (message.state === 'waiting') await deps.store.saveMessage({ ...message, state: 'withdrawn' })
    held.push(manifest.number)
  }
  return held
}

export interface RevokedKey {
  /** Parcels still here whose labels were sealed for it, and are void now. */
  readonly voided: readonly string[]
  /** True when labels can be made anew at once: another key of this courier is valid. */
  readonly hasKey: boolean
  /** Numbers of closed manifests that were sealed for it and are held back now. */
  readonly manifests: readonly string[]
}

/**
 * Revokes a key at once: nothing is sealed with it again, nothing signed with it counts, and every label that was sealed
 * for it and is still here is void; manifests that have not left are held back. Throws ERR_COURIER_KEY_MISSING when the courier has no such key.
 */
export async function revokeCourierKey(
  deps: Deps,
  caller: Caller,
  input: { readonly carrier: string; readonly encKid: string },
): Promise<RevokedKey> {
  const carrier = await markKeyRevoked(deps, caller, input)
  const voided: string[] = []
  for (const bundle of await livingWaves(deps)) {
    const sealedFor = (parcel: Parcel): boolean =>
      bundle.documents.some(
        ({ kind, subjectId, text }) =>
          kind === 'sealed-block' && subjectId === parcel.id && deps.labels.peek(text ?? '')?.kid === input.encKid,
      )
    const parcels = bundle.parcels.filter((parcel) => isStillHere(parcel) && sealedFor(parcel))
    await voidLabels(deps, caller, { bundle, parcels, carrier })
    voided.push(...parcels.map(({ orderCode, letter }) => `${orderCode}${letter}`))
  }
  return {
    voided: voided.toSorted(),
    hasKey: currentKey(carrier, deps.system.clock.now()) !== undefined,
    manifests: await holdManifests(deps, input),
  }
}
