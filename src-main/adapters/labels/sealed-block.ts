import {
  base64url,
  calculateJwkThumbprint,
  CompactEncrypt,
  compactDecrypt,
  decodeProtectedHeader,
  importJWK,
} from 'jose'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Json } from '../../kernel/json.ts'
import type { Jwk } from '../../ports/vault.ts'

const coordinate = z.string().regex(/^[\w-]{43}$/)
const publicKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })
const privateKey = publicKey.extend({ d: coordinate, use: z.literal('enc').optional() })

/**
 * These members and no others: whatever else a header may say (`jku`, `jwk`, `x5u`, `crit`, `zip`) would have a reader
 * fetch, trust or unpack something that the shop never meant.
 */
const protectedHeader = z.strictObject({
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  kid: z.string(),
  typ: z.string(),
  pid: z.string(),
  exp: z.int().positive().max(8_640_000_000_000),
  epk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
})
export type BlockHeader = z.infer<typeof protectedHeader>

/** What is wrong with a block that is no good; goes into the details of ERR_SEALED_BLOCK_INVALID. */
export type BlockProblem =
  'too-large' | 'not-a-block' | 'algorithm' | 'header' | 'ephemeral-key' | 'type' | 'tampered' | 'payload'

/** No cause is attached on purpose: the message of a parser repeats pieces of what it read. */
export const invalidBlock = (reason: BlockProblem): AppError => new AppError('ERR_SEALED_BLOCK_INVALID', { reason })

/** The largest QR code holds 2,953 bytes; blocks for the counter may be longer, but no recipient needs this much. */
const mostSigns = 65_536

/** JWE compact for one public key; `header` is authenticated together with the content. */
export async function sealBlock(
  content: Uint8Array,
  key: Jwk,
  header: { typ: string; pid: string; exp: number },
): Promise<string> {
  const parsed = publicKey.safeParse(key)
  if (!parsed.success) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'wrong-curve' })
  const kid = await calculateJwkThumbprint(parsed.data)
  const imported = await importJWK(parsed.data, 'ECDH-ES').catch((): never => {
    throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'off-curve', kid })
  })
  return new CompactEncrypt(content)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, ...header })
    .encrypt(imported)
}

/** The header as it stands in clear, unchecked until the block is opened. */
export function readHeader(block: string): BlockHeader {
  if (block.length > mostSigns) throw invalidBlock('too-large')
  if (!/^[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/.test(block) || !block.split('.').every(isCanonical))
    throw invalidBlock('not-a-block')
  let header: unknown
  try {
    header = decodeProtectedHeader(block)
  } catch {
    throw invalidBlock('not-a-block')
  }
  const parsed = protectedHeader.safeParse(header)
  if (parsed.success) return parsed.data
  throw invalidBlock(headerProblem(parsed.error))
}

/** One text for one content: the spare bits of the last sign are none, so that a changed block is a changed text. */
function isCanonical(part: string): boolean {
  try {
    return base64url.encode(base64url.decode(part)) === part
  } catch {
    return false
  }
}

function headerProblem({ issues }: z.ZodError): BlockProblem {
  const isAbout = (...names: readonly string[]): boolean =>
    issues.some(
      (issue) =>
        names.includes(String(issue.path[0])) ||
        (issue.code === 'unrecognized_keys' &&
          issue.path.length === 0 &&
          issue.keys.some((key) => names.includes(key))),
    )
  if (isAbout('alg', 'enc', 'zip')) return 'algorithm'
  return isAbout('epk') ? 'ephemeral-key' : 'header'
}

/** Opens a block with whichever of the keys it names. Foreign before tampered: without the key nothing can be said. */
export async function openBlock(
  block: string,
  options: { privateKeys: readonly Jwk[]; typ: string },
): Promise<{ header: BlockHeader; content: Json }> {
  const header = readHeader(block)
  if (header.typ !== options.typ) throw invalidBlock('type')
  const key = await findKey(options.privateKeys, header.kid)
  if (!key) throw new AppError('ERR_SEALED_BLOCK_FOREIGN', { sealedFor: header.kid })
  // A point off the curve, put there to draw the private key out of whoever multiplies with it.
  await importJWK(header.epk, 'ECDH-ES').catch((): never => {
    throw invalidBlock('ephemeral-key')
  })
  try {
    const opened = await compactDecrypt(block, await importJWK(key, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return { header, content: parseJson(opened.plaintext) }
  } catch (error) {
    throw error instanceof AppError ? error : invalidBlock('tampered')
  }
}

async function findKey(keys: readonly Jwk[], kid: string): Promise<z.infer<typeof privateKey> | undefined> {
  for (const candidate of keys) {
    const parsed = privateKey.safeParse(candidate)
    if (parsed.success && (await calculateJwkThumbprint(parsed.data)) === kid) return parsed.data
  }
  return undefined
}

function parseJson(bytes: Uint8Array): Json {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return JSON.parse(text) as Json // JSON.parse makes nothing else
  } catch {
    throw invalidBlock('payload')
  }
}
