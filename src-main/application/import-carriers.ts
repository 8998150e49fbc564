import { AppError } from '../kernel/errors.ts'
import type { Carrier, CourierChannel, CourierKeySet } from '../domain/carrier.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'imports' | 'system' | 'manifests' | 'vault'>

/** Takes couriers in from a file; keys and channel of a courier we know already stay. */
export async function importCarriers(
  deps: Deps,
  caller: Caller,
  json: Uint8Array,
): Promise<{ readonly carriers: number }> {
  const read = deps.imports.readCarriers(json)
  const known = new Map((await deps.store.loadCarriers()).map((carrier) => [carrier.code, carrier]))
  for (const carrier of read) {
    const before = known.get(carrier.code)
    const merged: Carrier = before
      ? { ...carrier, keys: before.keys, channel: before.channel, pickUpTokenHash: before.pickUpTokenHash }
      : carrier
    await deps.store.saveCarrier(
      merged,
      auditEntry(deps.system, caller, { action: 'import-carrier', entity: 'carrier', entityId: carrier.code }),
    )
  }
  return { carriers: read.length }
}

/** By code. Throws ERR_CARRIER_NOT_FOUND. */
export async function getCarrier(store: Pick<Workshop['store'], 'loadCarriers'>, code: string): Promise<Carrier> {
  const carriers = await store.loadCarriers()
  const carrier = carriers.find((candidate) => candidate.code === code)
  if (!carrier)
    throw new AppError('ERR_CARRIER_NOT_FOUND', { carrier: code, known: carriers.map((candidate) => candidate.code) })
  return carrier
}

export interface AddedKey {
  readonly carrier: string
  readonly encKid: string
  readonly words: readonly string[]
}

/** Puts a courier's new key set beside the old ones; the newest valid one seals from now on. Throws ERR_COURIER_KEY_INVALID. */
export async function addCourierKey(
  deps: Deps,
  caller: Caller,
  input: { readonly carrier: string; readonly jwks: string },
): Promise<AddedKey> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const key: CourierKeySet = await deps.manifests.readKeySet(input.jwks, deps.system.clock.now())
  const revoked = carrier.keys.find(
    (other) => other.revokedAt !== undefined && (other.encKid === key.encKid || other.sigKid === key.sigKid),
  )
  // An old file pasted again must not bring back what somebody else may hold by now.
  if (revoked) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'revoked', carrier: carrier.code })
  const keys = [...carrier.keys.filter((other) => other.encKid !== key.encKid), key]
  await deps.store.saveCarrier(
    { ...carrier, keys },
    auditEntry(deps.system, caller, {
      action: 'add-courier-key',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { kid: key.encKid },
    }),
  )
  return { carrier: carrier.code, encKid: key.encKid, words: deps.manifests.fingerprintWords(key.encKid) }
}

/** Revokes a key: nothing is sealed with it again. Throws ERR_COURIER_KEY_MISSING when the courier has no such key. */
export async function revokeCourierKey(
  deps: Deps,
  caller: Caller,
  input: { readonly carrier: string; readonly encKid: string },
): Promise<void> {
  const carrier = await getCarrier(deps.store, input.carrier)
  if (!carrier.keys.some((key) => key.encKid === input.encKid))
    throw new AppError('ERR_COURIER_KEY_MISSING', { carrier: carrier.code, kid: input.encKid })
  const now = deps.system.clock.now()
  const keys = carrier.keys.map((key) =>
    key.encKid === input.encKid ? { ...key, revokedAt: key.revokedAt ?? now } : key,
  )
  await deps.store.saveCarrier(
    { ...carrier, keys },
    auditEntry(deps.system, caller, {
      action: 'revoke-courier-key',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { kid: input.encKid },
    }),
  )
}

/** Says where closed manifests go. For `pick-up`, answers the courier's token once; only its hash is kept. */
export async function setCourierChannel(
  deps: Deps,
  caller: Caller,
  input: { readonly carrier: string; readonly channel: CourierChannel },
): Promise<{ readonly pickUpToken: string | undefined }> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const isPlain =
    input.channel.kind === 'https' &&
    !/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])/.test(input.channel.url)
  if (isPlain)
    throw new AppError('ERR_INPUT_INVALID', { path: 'channel.url', expected: 'an address that begins with https://' })
  const isPickUp = input.channel.kind === 'pick-up'
  const token = isPickUp
    ? Array.from(deps.system.random.bytes(24), (byte) => byte.toString(16).padStart(2, '0')).join('')
    : undefined
  const changed: Carrier = {
    ...carrier,
    channel: input.channel,
    ...(token !== undefined ? { pickUpTokenHash: deps.system.hasher.sha256(token) } : {}),
  }
  await deps.store.saveCarrier(
    changed,
    auditEntry(deps.system, caller, {
      action: 'set-courier-channel',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { channel: input.channel.kind },
    }),
  )
  return { pickUpToken: token }
}
