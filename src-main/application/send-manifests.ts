import { AppError } from '../kernel/errors.ts'
import type { Carrier } from '../domain/carrier.ts'
import type { HandOverWay, Manifest } from '../domain/manifest.ts'
import type { OutboxMessage, OutboxPayload } from '../domain/outbox.ts'
import type { DeliveryOutcome } from '../ports/carriers.ts'
import { tryLater } from './try-later.ts'
import { takeReceipt } from './take-receipt.ts'
import { inTurn, talkAlone } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'couriers' | 'manifests'>
type ManifestPayload = Extract<OutboxPayload, { kind: 'manifest' }>

/** Heads of lanes looked at in one go. */
const lanesPerRead = 2000
/** Manifests whose receipt is still looked for in couriers' folders, newest first. */
const mostAwaited = 200

/** Manifests that wait for their courier, and receipts that lie in couriers' folders; answers how many were taken. */
export const sendManifests = (deps: Deps, caller: Caller): Promise<number> =>
  talkAlone(caller, 'couriers', async () => {
    const sent = await sendDueManifests(deps, caller)
    await collectReceipts(deps, caller)
    return sent
  })

async function sendDueManifests(deps: Deps, caller: Caller): Promise<number> {
  const due = await deps.store.loadDueMessages(deps.system.clock.now(), lanesPerRead)
  let sent = 0
  for (const message of due) {
    if (message.payload.kind !== 'manifest') continue
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    sent += await sendManifest(deps, caller, { message, payload: message.payload })
  }
  return sent
}

interface Sending {
  readonly message: OutboxMessage
  readonly payload: ManifestPayload
}

async function sendManifest(deps: Deps, caller: Caller, { message, payload }: Sending): Promise<number> {
  const save = (changed: OutboxMessage): Promise<void> => inTurn(caller, () => deps.store.saveMessage(changed))
  const carrier = (await deps.store.loadCarriers()).find((candidate) => candidate.code === payload.carrierCode)
  if (!carrier) {
    await save({ ...message, state: 'refused', lastProblem: 'courier-unknown' })
    return 0
  }
  try {
    const { text: content = '' } = await deps.store.getDocument(payload.documentId)
    const answer = await deps.couriers.send(carrier.channel, {
      fileName: payload.fileName,
      content,
      idempotencyKey: message.id,
      writtenAt: message.createdAt,
    })
    if (answer.outcome === 'refused') {
      const attempts = message.attempts + 1
      await save({ ...message, state: 'refused', attempts, lastProblem: answer.problem ?? 'refused' })
      return 0
    }
    await inTurn(caller, () => keepSent(deps, { carrier, message, payload }, answer))
    if (answer.receipt !== undefined) await tryReceipt(deps, caller, { payload, receipt: answer.receipt })
    return 1
  } catch (cause) {
    await save(tryLater(deps.system, message, { problem: problemOf(cause) }))
    return 0
  }
}

/** The closest word for what went wrong; nothing personal is in any of them. */
function problemOf(cause: unknown): string {
  if (!(cause instanceof AppError)) return 'ERR_INTERNAL'
  const { reason, status } = cause.details
  if (cause.code !== 'ERR_COURIER_UNREACHABLE') return cause.code
  return typeof reason === 'string' ? reason : typeof status === 'number' ? `status-${status}` : cause.code
}

async function keepSent(deps: Deps, sent: Sending & { carrier: Carrier }, answer: DeliveryOutcome): Promise<void> {
  const { message, payload, carrier } = sent
  const { manifest } = await deps.store.loadManifest(payload.manifestId)
  const now = deps.system.clock.now()
  await deps.store.saveMessage({ ...message, state: 'sent', attempts: message.attempts + 1, lastProblem: undefined })
  const isReady = answer.outcome === 'waiting-for-pick-up'
  await deps.store.saveManifestSent(payload.manifestId, {
    ...(isReady ? {} : { sentAt: now }),
    handOver: { ...manifest.handOver, way: carrier.channel.kind, readyAt: isReady ? now : undefined },
  })
  if (!isReady)
    await deps.store.saveDocumentFetch({ documentId: payload.documentId, terminal: `courier:${carrier.code}`, at: now })
}

/** A receipt that does not hold is kept as a doubt beside the manifest; it stops nothing. */
async function tryReceipt(
  deps: Deps,
  caller: Caller,
  { payload, receipt }: { readonly payload: ManifestPayload; readonly receipt: string },
): Promise<void> {
  await takeQuietly(deps, caller, { receipt, way: 'https', manifest: payload.manifestId, courier: payload.carrierCode })
}

async function takeQuietly(
  deps: Deps,
  caller: Caller,
  input: { receipt: string; way: HandOverWay; manifest: string; courier: string },
): Promise<void> {
  try {
    await inTurn(caller, () => takeReceipt(deps, caller, input))
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'ERR_RECEIPT_INVALID') throw cause
  }
}

/** Couriers with a folder lay the receipt beside the file. */
async function collectReceipts(deps: Deps, caller: Caller): Promise<void> {
  const carriers = new Map((await deps.store.loadCarriers()).map((carrier) => [carrier.code, carrier]))
  if (![...carriers.values()].some(({ channel }) => channel.kind === 'folder')) return
  const { rows } = await deps.store.listManifests({ offset: 0, limit: mostAwaited })
  for (const { manifest } of rows.filter((row) => row.manifest.handOver?.receipt === undefined)) {
    const channel = carriers.get(manifest.carrierCode)?.channel
    if (channel?.kind !== 'folder' || manifest.sentAt === undefined) continue
    const receipt = await findQuietly(deps, manifest, channel)
    if (receipt === undefined) continue
    await takeQuietly(deps, caller, { receipt, way: 'folder', manifest: manifest.id, courier: manifest.carrierCode })
  }
}

/** A stick that is not plugged in is looked at the next time. */
async function findQuietly(deps: Deps, manifest: Manifest, channel: Carrier['channel']): Promise<string | undefined> {
  try {
    return await deps.couriers.findReceipt(channel, `${manifest.number}.manifest.jwe`)
  } catch {
    return undefined
  }
}
