import { AppError } from '../kernel/errors.ts'
import type { Carrier, CourierChannel } from '../domain/carrier.ts'
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
    const merged: Carrier = before ? { ...carrier, ...ownSaying(before) } : carrier
    await deps.store.saveCarrier(
      merged,
      auditEntry(deps.system, caller, { action: 'import-carrier', entity: 'carrier', entityId: carrier.code }),
    )
  }
  return { carriers: read.length }
}

/** What the shop has said of a courier itself; no file says otherwise. */
const ownSaying = ({ keys, channel, pickUpTokenHash, ownLabels }: Carrier) => ({
  keys,
  channel,
  pickUpTokenHash,
  ownLabels,
})

/** By code. Throws ERR_CARRIER_NOT_FOUND. */
export async function getCarrier(store: Pick<Workshop['store'], 'loadCarriers'>, code: string): Promise<Carrier> {
  const carriers = await store.loadCarriers()
  const carrier = carriers.find((candidate) => candidate.code === code)
  if (!carrier)
    throw new AppError('ERR_CARRIER_NOT_FOUND', { carrier: code, known: carriers.map((candidate) => candidate.code) })
  return carrier
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
  if (input.channel.kind === 'mail' && !/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(input.channel.to))
    throw new AppError('ERR_INPUT_INVALID', { path: 'channel.to', expected: 'one e-mail address' })
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
