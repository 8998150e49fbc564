import { compactDecrypt, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import { pairsFor, type CourierKeys } from './courier-keys.ts'

const coordinate = z.string().regex(/^[\w-]{43}$/)
const common = {
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  kid: coordinate,
  epk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
}
/** All that a header may hold: `jku`, `jwk`, `crit`, `zip` and whatever else may come make a text none of ours. */
const headers = {
  'backroom-label': z.strictObject({ ...common, typ: z.string(), pid: z.string().min(1), exp: z.int() }),
  'backroom-manifest': z.strictObject({ ...common, typ: z.string(), cty: z.literal('JOSE').optional() }),
  'backroom-courier-note': z.strictObject({ ...common, typ: z.string() }),
}
export type SealedKind = keyof typeof headers
export interface SealedHeader {
  readonly kid: string
  readonly pid?: string | undefined
  readonly exp?: number | undefined
}

/** No cause is attached: a parser's message repeats pieces of what it read. */
export const invalid = (reason: string, more: { parcelNumber?: string } = {}): AppError =>
  new AppError('ERR_SEALED_BLOCK_INVALID', { reason, ...more })

/** What a JWE compact says about itself; authenticated only once it is opened. Throws ERR_SEALED_BLOCK_INVALID. */
export function readHeader(sealed: string, typ: SealedKind): SealedHeader {
  let header: Record<string, unknown>
  try {
    header = { ...decodeProtectedHeader(sealed) }
  } catch {
    // Something of ours that lost its end says so; everything else never was ours.
    throw invalid(/^eyJ[\w-]+\./.test(sealed) ? 'cut' : 'not-sealed')
  }
  if (typeof header['typ'] === 'string' && header['typ'] !== typ) throw invalid('type')
  const parsed = headers[typ].safeParse(header)
  if (!parsed.success) throw invalid('header')
  if (!isCanonical(sealed)) throw invalid('tampered')
  return parsed.data
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** One text for one content: base64url whose last sign has spare bits set decodes to the same bytes, and is refused. */
export function isCanonical(compact: string): boolean {
  return compact.split('.').every((part) => {
    const rest = part.length % 4
    if (rest === 0) return true
    const spare = rest === 2 ? 0b1111 : 0b11
    return rest !== 1 && (alphabet.indexOf(part.at(-1) ?? '') & spare) === 0
  })
}

/** Opens a JWE compact sealed for the courier's key. Throws ERR_SEALED_BLOCK_INVALID, ERR_SEALED_BLOCK_FOREIGN. */
export async function openSealed(
  sealed: string,
  options: { keys: CourierKeys; typ: SealedKind },
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
