import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'

const coordinate = z.string().regex(/^[\w-]{43}$/)
/** The members that make up a public key; what else a JWK may carry is left behind. */
export const publicKeyShape = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })
const privateMembers = publicKeyShape.extend({ d: coordinate })

/** A P-256 key as RFC 7517 writes it, with its RFC 7638 thumbprint as `kid`. */
export interface PublicKey extends z.infer<typeof publicKeyShape> {
  readonly use: 'enc' | 'sig'
  readonly alg: 'ECDH-ES' | 'ES256'
  readonly kid: string
}
export interface PrivateKey extends PublicKey {
  readonly d: string
}

/** One key to open what shops seal, another one to sign what goes back. Never one for both. */
export interface KeyPairs {
  readonly enc: PrivateKey
  readonly sig: PrivateKey
}

/** The pairs in use, and those before them, newest first: what was sealed for an older key still opens. */
export interface CourierKeys extends KeyPairs {
  readonly older?: readonly KeyPairs[] | undefined
}

/** How many older pairs are kept beside the one in use; labels open for 60 days, so nobody needs more. */
const maxOlder = 5

const algOf = { enc: 'ECDH-ES', sig: 'ES256' } as const

/** Two fresh key pairs from the browser's or Node's own generator. */
export async function makeKeys(): Promise<CourierKeys> {
  return { enc: await makeKey('enc'), sig: await makeKey('sig') }
}

/** New pairs, with the present ones kept beside them until the shop has sealed its last parcel for those. */
export async function renewKeys(keys: CourierKeys): Promise<CourierKeys> {
  const { enc, sig, older = [] } = keys
  return { ...(await makeKeys()), older: [{ enc, sig }, ...older].slice(0, maxOlder) }
}

/** Without the pairs whose opening key has this thumbprint; the pairs in use stay. */
export function withoutKey(keys: CourierKeys, kid: string): CourierKeys {
  return { ...keys, older: keys.older?.filter((pairs) => pairs.enc.kid !== kid) }
}

/** All pairs, newest first. */
export const allPairs = (keys: CourierKeys): readonly KeyPairs[] => [keys, ...(keys.older ?? [])]

/** The pairs that a text was sealed for; undefined when it was for somebody else. */
export const pairsFor = (keys: CourierKeys, kid: string): KeyPairs | undefined =>
  allPairs(keys).find((pairs) => pairs.enc.kid === kid)

async function makeKey(use: 'enc' | 'sig'): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(algOf[use], { crv: 'P-256', extractable: true })
  return describeKey(privateMembers.parse(await exportJWK(privateKey)), use)
}

async function describeKey(key: z.infer<typeof privateMembers>, use: 'enc' | 'sig'): Promise<PrivateKey> {
  const kid = await calculateJwkThumbprint(publicKeyShape.parse(key))
  return { ...key, use, alg: algOf[use], kid }
}

/** The JWK set that shops get: public halves only, built member by member so that nothing else can slip in. */
export function publicSet(keys: KeyPairs): { keys: readonly PublicKey[] } {
  return {
    keys: [keys.enc, keys.sig].map(({ kty, crv, x, y, use, alg, kid }) => ({ kty, crv, x, y, use, alg, kid })),
  }
}

/** The JWK set that only the courier has, newest pairs first; `note` says so inside the file. */
export function privateSet(keys: CourierKeys, note?: string): { note?: string; keys: readonly PrivateKey[] } {
  return { ...(note !== undefined && { note }), keys: allPairs(keys).flatMap(({ enc, sig }) => [enc, sig]) }
}

/** Reads a private JWK set. Throws ERR_COURIER_KEY_INVALID with a reason and never a part of the key. */
export async function parsePrivateSet(text: string): Promise<CourierKeys> {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'not-json' })
  }
  const set = z.object({ keys: z.array(privateMembers.extend({ use: z.enum(['enc', 'sig']) })) }).safeParse(found)
  if (!set.success) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'not-a-private-set' })
  const encs = set.data.keys.filter((key) => key.use === 'enc')
  const sigs = set.data.keys.filter((key) => key.use === 'sig')
  if (encs.length === 0 || encs.length !== sigs.length)
    throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'missing-use' })
  if (encs.some((enc) => sigs.some((sig) => sig.x === enc.x)))
    throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'same-key' })
  const pairs: KeyPairs[] = []
  for (const [index, enc] of encs.entries()) {
    const sig = sigs[index]
    if (sig) pairs.push({ enc: await describeKey(enc, 'enc'), sig: await describeKey(sig, 'sig') })
  }
  const [current, ...older] = pairs
  if (!current) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'missing-use' })
  return older.length === 0 ? current : { ...current, older }
}

/** The public half of a shop's signing key, from its own text or its JWK set. Undefined when it is no such key. */
export async function parseShopKey(text: string): Promise<{ kid: string } | undefined> {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return undefined
  }
  const set = z.object({ keys: z.array(z.looseObject({ use: z.string().optional() })) }).safeParse(found)
  const candidate = set.success ? (set.data.keys.find((key) => key.use === 'sig') ?? set.data.keys[0]) : found
  const key = publicKeyShape.safeParse(candidate)
  return key.success ? { kid: await calculateJwkThumbprint(key.data) } : undefined
}
