import { compactDecrypt, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import { pairsFor, type CourierKeys } from './courier-keys.ts'

const headerShape = z.looseObject({
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  kid: z.string(),
  typ: z.string(),
})
export type SealedHeader = z.infer<typeof headerShape>

/** No cause is attached: a parser's message repeats pieces of what it read. */
export const invalid = (reason: string, more: { parcelNumber?: string } = {}): AppError =>
  new AppError('ERR_SEALED_BLOCK_INVALID', { reason, ...more })

/** What a JWE compact says about itself; authenticated only once it is opened. Throws ERR_SEALED_BLOCK_INVALID. */
export function readHeader(sealed: string, typ: string): SealedHeader {
  let header: unknown
  try {
    header = decodeProtectedHeader(sealed)
  } catch {
    // Something of ours that lost its end says so; everything else never was ours.
    throw invalid(/^eyJ[\w-]+\./.test(sealed) ? 'cut' : 'not-sealed')
  }
  const parsed = headerShape.safeParse(header)
  if (!parsed.success) throw invalid('header')
  if (parsed.data.typ !== typ) throw invalid('type')
  return parsed.data
}

/** Opens a JWE compact sealed for the courier's key. Throws ERR_SEALED_BLOCK_INVALID, ERR_SEALED_BLOCK_FOREIGN. */
export async function openSealed(
  sealed: string,
  options: { keys: CourierKeys; typ: string },
): Promise<{ header: SealedHeader; text: string }> {
  const header = readHeader(sealed, options.typ)
  const enc = pairsFor(options.keys, header.kid)?.enc
  if (!enc) throw new AppError('ERR_SEALED_BLOCK_FOREIGN', { sealedFor: header.kid, ours: options.keys.enc.kid })
  try {
    const opened = await compactDecrypt(sealed, await importJWK({ ...enc }, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return { header, text: new TextDecoder().decode(opened.plaintext) }
  } catch {
    throw invalid('tampered')
  }
}

/** JSON, or ERR_SEALED_BLOCK_INVALID without a word of it. */
export function parseContent(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('payload')
  }
}
