import { AppError } from '../kernel/errors.ts'
import type { HandOverWay } from '../domain/manifest.ts'
import type { ManifestBundle } from '../ports/store/dispatch-store.ts'
import { auditEntry } from './audit.ts'
import { signerOf } from './courier-signature.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'manifests'>

export interface TakenReceipt {
  readonly manifest: string
  readonly courier: string
  /** The signing key as words to compare by telephone. */
  readonly words: readonly string[]
  readonly receivedAt: number
  /** False: a receipt for this manifest was in already, and nothing changed. */
  readonly isNew: boolean
}

export interface ReceiptInput {
  readonly receipt: string
  readonly way: HandOverWay
  /** The manifest it is said to be for; without it, the one it names. */
  readonly manifest?: string | undefined
  /** Whoever brought it may speak for this courier only. */
  readonly courier?: string | undefined
}

/**
 * Takes a courier's signed receipt in. Throws ERR_RECEIPT_INVALID { reason, manifest? }: `unknown-signer`, `revoked-key`,
 * `foreign` (another courier's manifest), `unknown-manifest`, `other-manifest`, `other-content`, `signature`, `shape`,
 * `not-a-jws`, `type`. What did not hold is kept beside its manifest, so that it can be seen there.
 */
export async function takeReceipt(deps: Deps, caller: Caller, input: ReceiptInput): Promise<TakenReceipt> {
  const receipt = input.receipt.trim()
  const named = input.manifest ?? deps.manifests.peekReceipt(receipt)?.manifest
  const bundle = named === undefined ? undefined : await findManifest(deps, named)
  try {
    return await check(deps, caller, { ...input, receipt, bundle, named })
  } catch (cause) {
    if (bundle && cause instanceof AppError && cause.code === 'ERR_RECEIPT_INVALID')
      await keepDoubt(deps, bundle, { reason: String(cause.details['reason']), way: input.way })
    throw cause
  }
}

async function findManifest({ store }: Deps, number: string): Promise<ManifestBundle | undefined> {
  try {
    return await store.loadManifest(number)
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'ERR_MANIFEST_NOT_FOUND') return undefined
    throw cause
  }
}

interface Checked extends ReceiptInput {
  readonly bundle: ManifestBundle | undefined
  readonly named: string | undefined
}

async function check(deps: Deps, caller: Caller, input: Checked): Promise<TakenReceipt> {
  const { bundle, named, receipt } = input
  const refuse = (reason: string): AppError =>
    new AppError('ERR_RECEIPT_INVALID', { reason, ...(named !== undefined && { manifest: named }) })
  const signer = signerOf(deps.manifests, await deps.store.loadCarriers(), receipt)
  if (deps.manifests.peekSigner(receipt) === undefined) throw refuse('not-a-jws')
  if ('problem' in signer) throw refuse(signer.problem)
  if (!bundle) throw refuse('unknown-manifest')
  const { carrier, key } = signer
  const isTheirs = bundle.manifest.carrierCode === carrier.code
  if (!isTheirs || (input.courier !== undefined && input.courier !== carrier.code)) throw refuse('foreign')
  const { text: content = '' } = await deps.store.getDocument(bundle.manifest.documentId)
  const read = await deps.manifests.readReceipt(receipt, { key, manifest: bundle.manifest.number, content })
  return save(deps, caller, { bundle, kid: key.sigKid, claimedAt: read.receivedAt, way: input.way })
}

interface Saved {
  readonly bundle: ManifestBundle
  readonly kid: string
  readonly claimedAt: number
  readonly way: HandOverWay
}

async function save(deps: Deps, caller: Caller, saved: Saved): Promise<TakenReceipt> {
  const { manifest, carrier } = saved.bundle
  const now = deps.system.clock.now()
  // A courier's clock may be wrong, but nothing is received before it is closed or after now.
  const receivedAt = Math.min(Math.max(saved.claimedAt, manifest.closedAt), now)
  const words = deps.manifests.fingerprintWords(saved.kid)
  const known = manifest.handOver?.receipt
  const answer = { manifest: manifest.number, courier: carrier.code, words }
  if (known) return { ...answer, receivedAt: known.receivedAt, isNew: false }
  const receipt = { kid: saved.kid, receivedAt, takenAt: now, way: saved.way }
  await deps.store.saveManifestSent(
    manifest.id,
    {
      receivedAt: manifest.receivedAt ?? receivedAt,
      handOver: { way: manifest.handOver?.way, receipt },
      sentAt: manifest.sentAt ?? receivedAt,
    },
    auditEntry(deps.system, caller, {
      action: 'take-receipt',
      entity: 'manifest',
      entityId: manifest.number,
      facts: { kid: saved.kid, way: saved.way },
    }),
  )
  await settleMessages(deps, manifest.id)
  return { ...answer, receivedAt, isNew: true }
}

/** What has arrived needs no further try. */
async function settleMessages({ store }: Deps, manifestId: string): Promise<void> {
  for (const message of await store.listManifestMessages([manifestId]))
    if (message.state === 'waiting' || message.state === 'refused')
      await store.saveMessage({ ...message, state: 'withdrawn' })
}

async function keepDoubt(
  deps: Deps,
  { manifest }: ManifestBundle,
  doubt: { readonly reason: string; readonly way: HandOverWay },
): Promise<void> {
  if (manifest.handOver?.receipt) return
  await deps.store.saveManifestSent(manifest.id, {
    handOver: { ...manifest.handOver, doubt: { ...doubt, at: deps.system.clock.now() } },
  })
}
