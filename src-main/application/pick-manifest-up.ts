import { AppError } from '../kernel/errors.ts'
import type { Carrier } from '../domain/carrier.ts'
import type { IssuedDocument } from '../domain/document.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** How many of a courier's manifests are listed, the newest first. */
const mostListed = 50

/** A courier's own closed manifests that they have not signed for yet, newest first. */
export async function listForCourier(
  { store }: Pick<Workshop, 'store'>,
  carrier: Carrier,
): Promise<readonly { readonly number: string; readonly closedAt: number }[]> {
  const { rows } = await store.listManifests({ offset: 0, limit: 500 })
  return rows
    .map(({ manifest }) => manifest)
    .filter((manifest) => manifest.carrierCode === carrier.code && manifest.receivedAt === undefined)
    .slice(0, mostListed)
    .map(({ number, closedAt }) => ({ number, closedAt }))
}

/**
 * The sealed file of one of the courier's own manifests; that it was fetched is written down. Throws
 * ERR_MANIFEST_NOT_FOUND for what is not theirs, in the same words as for what does not exist.
 */
export async function pickManifestUp(deps: Deps, carrier: Carrier, number: string): Promise<IssuedDocument> {
  const { manifest } = await deps.store.loadManifest(number)
  if (manifest.carrierCode !== carrier.code) throw new AppError('ERR_MANIFEST_NOT_FOUND', { manifest: number })
  const document = await deps.store.getDocument(manifest.documentId)
  const now = deps.system.clock.now()
  await deps.store.saveDocumentFetch({ documentId: document.id, terminal: `courier:${carrier.code}`, at: now })
  await deps.store.saveManifestSent(manifest.id, {
    sentAt: manifest.sentAt ?? now,
    handOver: { ...manifest.handOver, way: 'pick-up', readyAt: undefined },
  })
  for (const message of await deps.store.listManifestMessages([manifest.id]))
    if (message.state === 'waiting' || message.state === 'refused')
      await deps.store.saveMessage({ ...message, state: 'withdrawn' })
  return document
}
