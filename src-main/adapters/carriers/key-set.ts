import { createPublicKey } from 'node:crypto'
import type { CourierKeySet } from '../../domain/carrier.ts'
import { AppError } from '../../kernel/errors.ts'
import type { EpochMs } from '../../kernel/time.ts'
import { publicEcKey, thumbprint, type PublicEcKey } from './ec-keys.ts'

/** What is wrong with a key set, in the order in which it is looked for; each has a sentence of its own for people. */
export type KeySetProblem =
  | 'too-large'
  | 'not-json'
  | 'not-a-key-set'
  | 'private-key'
  | 'wrong-kty'
  | 'wrong-curve'
  | 'no-use'
  | 'missing-use'
  | 'several'
  | 'off-curve'
  | 'kid-mismatch'
  | 'same-key'

const refuse = (reason: KeySetProblem, more: { use?: string } = {}): AppError =>
  new AppError('ERR_COURIER_KEY_INVALID', { reason, ...more })

/** Two public keys and whatever else a JWK may carry take less than a tenth of this. */
const mostSigns = 20_000

/** Members that only private keys have (RFC 7518). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

type Candidate = { readonly [member: string]: unknown }

/** Checks the two public keys of a courier, `use: enc` and `use: sig`. One bad key spoils the set: nothing is skipped. */
export async function readKeySet(jwks: string, addedAt: EpochMs): Promise<CourierKeySet> {
  const keys = parseSet(jwks)
  if (keys.some(isPrivate)) throw refuse('private-key')
  if (keys.some((key) => key['kty'] !== 'EC')) throw refuse('wrong-kty')
  if (keys.some((key) => key['crv'] !== 'P-256')) throw refuse('wrong-curve')
  if (keys.some((key) => key['use'] !== 'enc' && key['use'] !== 'sig')) throw refuse('no-use')
  const enc = await onlyKey(keys, 'enc')
  const sig = await onlyKey(keys, 'sig')
  if (enc.kid === sig.kid) throw refuse('same-key')
  return {
    encKid: enc.kid,
    sigKid: sig.kid,
    enc: { ...enc.key, use: 'enc', alg: 'ECDH-ES', kid: enc.kid },
    sig: { ...sig.key, use: 'sig', alg: 'ES256', kid: sig.kid },
    addedAt,
  }
}

function parseSet(jwks: string): readonly Candidate[] {
  if (jwks.length > mostSigns) throw refuse('too-large')
  let found: unknown
  try {
    // Editors and mail programs put a byte order mark in front.
    found = JSON.parse(jwks.replace(/^\uFEFF/, ''))
  } catch {
    throw refuse('not-json')
  }
  const keys: unknown = isRecord(found) && 'keys' in found ? found['keys'] : undefined
  // A single private key pasted by mistake deserves the true name of what is wrong with it.
  if (isRecord(found) && isPrivate(found)) throw refuse('private-key')
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isRecord)) throw refuse('not-a-key-set')
  return keys
}

const isPrivate = (key: Candidate): boolean => privateMembers.some((member) => member in key)

const isRecord = (value: unknown): value is Candidate =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function onlyKey(keys: readonly Candidate[], use: 'enc' | 'sig'): Promise<{ key: PublicEcKey; kid: string }> {
  const [found, ...others] = keys.filter((key) => key['use'] === use)
  if (!found) throw refuse('missing-use', { use })
  if (others.length > 0) throw refuse('several', { use })
  const parsed = publicEcKey.safeParse(found)
  if (!parsed.success || !isOnCurve(parsed.data)) throw refuse('off-curve', { use })
  const kid = await thumbprint(parsed.data)
  if (kid === undefined) throw refuse('off-curve', { use })
  // What a file calls its key is checked, never believed: under a false name answers would be looked up in vain.
  if (found['kid'] !== undefined && found['kid'] !== kid) throw refuse('kid-mismatch', { use })
  return { key: parsed.data, kid }
}

/** The crypto library checks y^2 = x^3 - 3x + b when it takes a key in; a point off the curve could leak our side. */
function isOnCurve(key: PublicEcKey): boolean {
  try {
    createPublicKey({ key, format: 'jwk' })
    return true
  } catch {
    return false
  }
}
