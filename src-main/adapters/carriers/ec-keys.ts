import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import type { Jwk } from '../../ports/vault.ts'

const coordinate = z.string().regex(/^[\w-]{43}$/)

/** The members of a P-256 key that matter; everything else a JWK may carry is left behind. */
export const publicEcKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })
export const privateEcKey = publicEcKey.extend({ d: coordinate })
export type PublicEcKey = z.infer<typeof publicEcKey>
export type PrivateEcKey = z.infer<typeof privateEcKey>

/** RFC 7638 thumbprint (SHA-256, base64url) of a P-256 key, private or public. Undefined for any other key. */
export async function thumbprint(key: Jwk): Promise<string | undefined> {
  const parsed = publicEcKey.safeParse(key)
  return parsed.success ? calculateJwkThumbprint(parsed.data) : undefined
}

/** The private key among these whose thumbprint is `kid`, unless it says that it is for signing. */
export async function findPrivateKey(keys: readonly Jwk[], kid: string): Promise<PrivateEcKey | undefined> {
  for (const candidate of keys) {
    const parsed = candidate['use'] === 'sig' ? undefined : privateEcKey.safeParse(candidate)
    if (parsed?.success && (await calculateJwkThumbprint(parsed.data)) === kid) return parsed.data
  }
  return undefined
}
