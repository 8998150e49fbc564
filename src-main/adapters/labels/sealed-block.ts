import { calculateJwkThumbprint, CompactEncrypt, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { Json } from '../../kernel/json.ts'
import type { Jwk } from '../../ports/vault.ts'

const coordinate = z.string().regex(/^[\w-]{43}$/)
const publicKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })
const privateKey = publicKey.extend({ d: coordinate, use: z.literal('enc').optional() })

const protectedHeader = z.object({
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  kid: z.string(),
  typ: z.string(),
  pid: z.string(),
  exp: z.int(),
})
export type BlockHeader = z.infer<typeof protectedHeader>

/** What is wrong with a block that is no good; goes into the details of ERR_SEALED_BLOCK_INVALID. */
export type BlockProblem = 'not-a-block' | 'algorithm' | 'header' | 'type' | 'tampered' | 'payload'

/** No cause is attached on purpose: the message of a parser repeats pieces of what it read. */
export const invalidBlock = (reason: BlockProblem): AppError => new AppError('ERR_SEALED_BLOCK_INVALID', { reason })

/** JWE compact for one public key; `header` is authenticated together with the content. */
export async function sealBlock(
  content: Uint8Array,
  key: Jwk,
  header: { typ: string; pid: string; exp: number },
): Promise<string> {
  const parsed = publicKey.safeParse(key)
  if (!parsed.success) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'not-p256' })
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
  if (!/^[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/.test(block)) throw invalidBlock('not-a-block')
  let header: unknown
  try {
    header = decodeProtectedHeader(block)
  } catch {
    throw invalidBlock('not-a-block')
  }
  const parsed = protectedHeader.safeParse(header)
  if (parsed.success) return parsed.data
  const isAlgorithm = parsed.error.issues.some((issue) => issue.path[0] === 'alg' || issue.path[0] === 'enc')
  throw invalidBlock(isAlgorithm ? 'algorithm' : 'header')
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
