import { AppError } from '../kernel/errors.ts'
import type { HandOverWay } from '../domain/manifest.ts'
import type { OutboxMessage } from '../domain/outbox.ts'
import type { ManifestBundle } from '../ports/store/dispatch-store.ts'
import { auditEntry, newId } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/** The manager's ways out for a manifest that did not arrive. */
export type WayOut = 'channel' | 'pick-up' | 'stick' | 'file'

/**
 * Sends a closed manifest once more by the courier's channel, lays it ready for pick-up, or writes down that somebody
 * carried the file over. The manifest itself never changes. Throws ERR_MANIFEST_NOT_FOUND, ERR_MANIFEST_RECEIVED when
 * the courier has signed for it, ERR_COURIER_TOKEN_MISSING for a pick-up by a courier without a token.
 */
export async function handManifestOver(
  deps: Deps,
  caller: Caller,
  input: { readonly manifest: string; readonly way: WayOut },
): Promise<{ readonly manifest: string; readonly way: WayOut; readonly fileName: string }> {
  const bundle = await deps.store.loadManifest(input.manifest)
  const { manifest, carrier } = bundle
  if (manifest.handOver?.receipt)
    throw new AppError('ERR_MANIFEST_RECEIVED', { manifest: manifest.number, courier: carrier.code })
  const now = deps.system.clock.now()
  if (input.way === 'channel') await sendAgain(deps, bundle, now)
  else await byHand(deps, bundle, { way: input.way, now })
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'hand-manifest-over',
      entity: 'manifest',
      entityId: manifest.number,
      facts: { way: input.way },
    }),
  )
  return { manifest: manifest.number, way: input.way, fileName: fileNameOf(manifest.number) }
}

const fileNameOf = (number: string): string => `${number}.manifest.jwe`

const isOpen = ({ state }: OutboxMessage): boolean => state === 'waiting' || state === 'refused'

/** What still waits goes now; otherwise a new message leaves, which servers and mailboxes do not take for the old one. */
async function sendAgain({ store, system }: Deps, bundle: ManifestBundle, now: number): Promise<void> {
  const { manifest, carrier } = bundle
  const messages = await store.listManifestMessages([manifest.id])
  const waiting = messages.findLast(({ state }) => state === 'waiting')
  if (waiting) return store.saveMessage({ ...waiting, attempts: 0, notBefore: now })
  for (const message of messages.filter(isOpen)) await store.saveMessage({ ...message, state: 'withdrawn' })
  await store.saveMessage({
    id: newId(system),
    lane: `carrier:${carrier.code}`,
    payload: {
      kind: 'manifest',
      carrierCode: carrier.code,
      manifestId: manifest.id,
      documentId: manifest.documentId,
      fileName: fileNameOf(manifest.number),
    },
    createdAt: now,
    notBefore: now,
    attempts: 0,
    state: 'waiting',
  })
}

async function byHand(
  { store }: Deps,
  { manifest, carrier }: ManifestBundle,
  { way, now }: { readonly way: HandOverWay; readonly now: number },
): Promise<void> {
  if (way === 'pick-up' && carrier.pickUpTokenHash === undefined)
    throw new AppError('ERR_COURIER_TOKEN_MISSING', { courier: carrier.code })
  for (const message of (await store.listManifestMessages([manifest.id])).filter(isOpen))
    await store.saveMessage({ ...message, state: 'withdrawn' })
  const isReady = way === 'pick-up'
  await store.saveManifestSent(manifest.id, {
    ...(isReady ? {} : { sentAt: now }),
    handOver: { ...manifest.handOver, way, readyAt: isReady ? now : undefined },
  })
  if (!isReady)
    await store.saveDocumentFetch({ documentId: manifest.documentId, terminal: `courier:${carrier.code}`, at: now })
}
