import { AppError } from '../kernel/errors.ts'
import type { EpochMs } from '../kernel/time.ts'
import { currentKey, keyStateOf, type Carrier, type CourierKeySet, type KeyState } from '../domain/carrier.ts'
import { auditEntry, type Deed } from './audit.ts'
import { getCarrier } from './import-carriers.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'manifests' | 'vault'>

/** A key set as people compare it: the words of both keys, to be read to the courier by telephone. */
export interface KeyWords {
  readonly carrier: string
  readonly encKid: string
  readonly sigKid: string
  /** Words of the key that seals. */
  readonly words: readonly string[]
  /** Words of the key that signs answers. */
  readonly sigWords: readonly string[]
}

export interface KeyPreview extends KeyWords {
  /** The set is here already and stays as it is. */
  readonly isKnown: boolean
  /** The key that seals today; undefined = nothing can be sealed for this courier. */
  readonly sealsNow: string | undefined
}

interface Offered {
  readonly carrier: string
  readonly jwks: string
}

/** What a key set is before anybody saves it. Throws ERR_COURIER_KEY_INVALID with the reason, ERR_CARRIER_NOT_FOUND. */
export async function previewCourierKey(deps: Deps, input: Offered): Promise<KeyPreview> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const key = await readNewKey(deps, carrier, input.jwks)
  return {
    ...wordsOf(deps, carrier, key),
    isKnown: findKey(carrier, key.encKid) !== undefined,
    sealsNow: currentKey(carrier, deps.system.clock.now())?.encKid,
  }
}

export interface NewKey extends Offered {
  /** Name of whoever has compared the words with the courier; left out = not compared yet. */
  readonly comparedBy?: string | undefined
  readonly validFrom?: EpochMs | undefined
  readonly validUntil?: EpochMs | undefined
}

/**
 * Puts a courier's new key set beside the old ones: labels are sealed with it from now on (or from `validFrom`), while
 * what the courier signs with an old key counts until that key is revoked. A set that is here already stays as it is.
 * Throws ERR_COURIER_KEY_INVALID.
 */
export async function addCourierKey(deps: Deps, caller: Caller, input: NewKey): Promise<KeyWords> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const read = await readNewKey(deps, carrier, input.jwks)
  const known = findKey(carrier, read.encKid)
  const { comparedBy, validFrom, validUntil } = input
  requireSpan(validFrom, validUntil)
  const key: CourierKeySet = {
    ...(known ?? read),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(comparedBy !== undefined && { compared: { by: comparedBy, at: read.addedAt } }),
  }
  await saveKey(deps, caller, { carrier, key, action: 'add-courier-key' })
  return wordsOf(deps, carrier, key)
}

/** Keeps who has compared the words with the courier. Throws ERR_COURIER_KEY_MISSING when there is no such key. */
export async function compareCourierKey(
  deps: Deps,
  caller: Caller,
  input: { readonly carrier: string; readonly encKid: string; readonly by: string },
): Promise<void> {
  const { carrier, key } = await getKey(deps, input)
  const compared = { by: input.by, at: deps.system.clock.now() }
  await saveKey(deps, caller, { carrier, key: { ...key, compared }, action: 'compare-courier-key' })
}

/** Says from when and until when a key seals; undefined = from when it was added, without end. */
export async function setKeyValidity(
  deps: Deps,
  caller: Caller,
  input: {
    readonly carrier: string
    readonly encKid: string
    readonly validFrom?: EpochMs | undefined
    readonly validUntil?: EpochMs | undefined
  },
): Promise<void> {
  const { carrier, key } = await getKey(deps, input)
  const { validFrom, validUntil } = input
  requireSpan(validFrom, validUntil)
  await saveKey(deps, caller, { carrier, key: { ...key, validFrom, validUntil }, action: 'set-courier-key-validity' })
}

/** Marks a key as revoked: nothing is sealed with it and nothing signed with it counts again. Once revoked stays so. */
export async function markKeyRevoked(
  deps: Pick<Deps, 'store' | 'system'>,
  caller: Caller,
  input: { readonly carrier: string; readonly encKid: string },
): Promise<Carrier> {
  const { carrier, key } = await getKey(deps, input)
  const revoked = { ...key, revokedAt: key.revokedAt ?? deps.system.clock.now() }
  return saveKey(deps, caller, { carrier, key: revoked, action: 'revoke-courier-key' })
}

/** ERR_COURIER_KEY_MISSING naming each courier, and those whose only keys have expired, wait for their time or are revoked. */
export function keyMissing(carriers: readonly Carrier[], now: EpochMs): AppError {
  const whose = (state: KeyState): readonly string[] =>
    carriers.filter(({ keys }) => keys.some((key) => keyStateOf(key, now) === state)).map(({ code }) => code)
  const [expired, waiting, revoked] = [whose('expired'), whose('waiting'), whose('revoked')]
  return new AppError('ERR_COURIER_KEY_MISSING', {
    carriers: carriers.map(({ code }) => code),
    ...(expired.length > 0 && { expired }),
    ...(waiting.length > 0 && { waiting }),
    ...(revoked.length > 0 && { revoked }),
  })
}

const refuse = (reason: string, carrier: Carrier, more: { other?: string } = {}): AppError =>
  new AppError('ERR_COURIER_KEY_INVALID', { reason, carrier: carrier.code, ...more })

/** Reads the set and holds it against every key that is here: no key back, no key for two couriers or two uses. */
async function readNewKey(deps: Deps, carrier: Carrier, jwks: string): Promise<CourierKeySet> {
  const key = await deps.manifests.readKeySet(jwks, deps.system.clock.now())
  const kids = [key.encKid, key.sigKid]
  const own = await deps.vault.shopKeys.publicJwks()
  if (own.keys.some(({ kid }) => kids.includes(String(kid)))) throw refuse('shop-key', carrier)
  for (const other of await deps.store.loadCarriers())
    for (const known of other.keys) {
      if (!kids.includes(known.encKid) && !kids.includes(known.sigKid)) continue
      if (other.code !== carrier.code) throw refuse('of-another-courier', carrier, { other: other.code })
      // An old file pasted again must not bring back what somebody else may hold by now.
      if (known.revokedAt !== undefined) throw refuse('revoked', carrier)
      if (known.encKid !== key.encKid || known.sigKid !== key.sigKid) throw refuse('half-known', carrier)
    }
  return key
}

function requireSpan(from: EpochMs | undefined, until: EpochMs | undefined): void {
  if (from !== undefined && until !== undefined && until <= from)
    throw new AppError('ERR_INPUT_INVALID', { path: 'validUntil', expected: 'a time after validFrom' })
}

const findKey = (carrier: Carrier, encKid: string): CourierKeySet | undefined =>
  carrier.keys.find((key) => key.encKid === encKid)

async function getKey(
  deps: Pick<Deps, 'store'>,
  input: { readonly carrier: string; readonly encKid: string },
): Promise<{ carrier: Carrier; key: CourierKeySet }> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const key = findKey(carrier, input.encKid)
  if (!key) throw new AppError('ERR_COURIER_KEY_MISSING', { carriers: [carrier.code], kid: input.encKid })
  return { carrier, key }
}

/** In place of the set with the same keys, else behind the others: the last of several from one moment seals. */
async function saveKey(
  deps: Pick<Deps, 'store' | 'system'>,
  caller: Caller,
  saved: { readonly carrier: Carrier; readonly key: CourierKeySet; readonly action: Deed['action'] },
): Promise<Carrier> {
  const { carrier, key, action } = saved
  const isKnown = findKey(carrier, key.encKid) !== undefined
  const keys = isKnown
    ? carrier.keys.map((other) => (other.encKid === key.encKid ? key : other))
    : [...carrier.keys, key]
  const changed: Carrier = { ...carrier, keys }
  const facts = { kid: key.encKid, sigKid: key.sigKid, ...(key.compared && { comparedBy: key.compared.by }) }
  await deps.store.saveCarrier(
    changed,
    auditEntry(deps.system, caller, { action, entity: 'carrier', entityId: carrier.code, facts }),
  )
  return changed
}

function wordsOf(deps: Pick<Deps, 'manifests'>, carrier: Carrier, key: CourierKeySet): KeyWords {
  const { encKid, sigKid } = key
  const { fingerprintWords } = deps.manifests
  return {
    carrier: carrier.code,
    encKid,
    sigKid,
    words: fingerprintWords(encKid),
    sigWords: fingerprintWords(sigKid),
  }
}
