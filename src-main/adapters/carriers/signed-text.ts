import { calculateJwkThumbprint, CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Jwk } from '../../ports/vault.ts'
import { privateEcKey, publicEcKey, thumbprint } from './ec-keys.ts'

/** Members by which a text would bring along the key to check it with, or change what a signature means. */
const forbidden = ['jku', 'jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit', 'b64', 'zip']

const header = z
  .looseObject({ alg: z.literal('ES256'), kid: z.string(), typ: z.string() })
  .refine((found) => !forbidden.some((member) => member in found))

/** Why a signed text was not accepted. */
export type SignatureProblem = 'not-a-jws' | 'algorithm' | 'type' | 'foreign' | 'signature' | 'not-json'

export type VerifiedText = { readonly content: unknown } | { readonly problem: SignatureProblem }

/** What a JWS compact says about itself, unchecked. Undefined when it is none of ours. */
export function peekHeader(jws: string): z.infer<typeof header> | undefined {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) return undefined
  try {
    return header.safeParse(decodeProtectedHeader(jws)).data
  } catch {
    return undefined
  }
}

/** JWS compact, `ES256`; `kid` is the thumbprint of the key. */
export async function signText(content: string, options: { key: Jwk; typ: string }): Promise<string> {
  const key = privateEcKey.safeParse(options.key).data
  if (!key) throw new AppError('ERR_INTERNAL', { unexpected: 'signing key' })
  return new CompactSign(new TextEncoder().encode(content))
    .setProtectedHeader({ alg: 'ES256', kid: await calculateJwkThumbprint(publicEcKey.parse(key)), typ: options.typ })
    .sign(await importJWK(key, 'ES256'))
}

/** Checks type, signer and signature before a single byte of the content is looked at. */
export async function verifyText(jws: string, options: { key: Jwk; typ: string }): Promise<VerifiedText> {
  const found = peekHeader(jws)
  if (!found) return { problem: 'not-a-jws' }
  if (found.typ !== options.typ) return { problem: 'type' }
  const key = publicEcKey.safeParse(options.key)
  if (!key.success || found.kid !== (await thumbprint(key.data))) return { problem: 'foreign' }
  let bytes: Uint8Array
  try {
    bytes = (await compactVerify(jws, await importJWK(key.data, 'ES256'), { algorithms: ['ES256'] })).payload
  } catch {
    return { problem: 'signature' }
  }
  try {
    return { content: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return { problem: 'not-json' }
  }
}
