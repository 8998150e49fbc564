import { createHash, generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import { canonicalJson } from '../../kernel/json.ts'
import type { RandomBytes } from '../../kernel/ids.ts'
import type { Jwk, ShopKeys } from '../../ports/vault.ts'
import { readPrivateFile, writePrivateFile } from './private-files.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

const fileName = 'shop-keys.sealed.json'
const about = 'shop keys'

const privateKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
  use: z.enum(['sig', 'enc']),
  alg: z.enum(['ES256', 'ECDH-ES']),
})
const pair = z.object({ signing: privateKey, counter: privateKey })
type Pair = z.infer<typeof pair>

/**
 * The shop's two key pairs, from the sealed file beside the slots, made when there is none. Two pairs because one
 * key must not both sign and open. The private halves come from the crypto library's own generator.
 */
export function shopKeysIn(options: { folder: string; key: Uint8Array; random: RandomBytes }): ShopKeys {
  let known: Pair | undefined
  const load = (): Pair => (known ??= readPair(options) ?? makePair(options))
  return {
    signingKey: async () => load().signing,
    counterKey: async () => load().counter,
    publicJwks: async () => ({ keys: [publicHalf(load().signing), publicHalf(load().counter)] }),
  }
}

function publicHalf({ kty, crv, x, y, kid, use, alg }: Pair['signing']): Jwk {
  return { kty, crv, x, y, kid, use, alg }
}

function readPair({ folder, key }: { folder: string; key: Uint8Array }): Pair | undefined {
  const text = readPrivateFile(join(folder, fileName))
  if (text === undefined) return undefined
  const opened = openBytes(text.trim(), { key, about })
  const parsed = opened && pair.safeParse(JSON.parse(opened.toString('utf8')))
  if (!parsed?.success) throw new AppError('ERR_STORE_DAMAGED', { file: fileName })
  return parsed.data
}

function makePair({ folder, key, random }: { folder: string; key: Uint8Array; random: RandomBytes }): Pair {
  const made: Pair = { signing: generate('sig', 'ES256'), counter: generate('enc', 'ECDH-ES') }
  const sealed = sealBytes(Buffer.from(JSON.stringify(made), 'utf8'), { key, about, random })
  writePrivateFile(join(folder, fileName), sealed + '\n')
  return made
}

function generate(use: 'sig' | 'enc', alg: 'ES256' | 'ECDH-ES'): Pair['signing'] {
  const { privateKey: made } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = made.export({ format: 'jwk' })
  // RFC 7638: the required members in lexical order, nothing else.
  const kid = createHash('sha256')
    .update(canonicalJson({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url')
  return { kty: 'EC', crv: 'P-256', x, y, d, kid, use, alg }
}
