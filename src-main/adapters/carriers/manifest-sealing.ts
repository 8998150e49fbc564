import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import type { PublicJwk } from '../../domain/carrier.ts'
import { AppError } from '../../kernel/errors.ts'
import { fingerprintWords } from '../../kernel/fingerprint.ts'
import type { ManifestPayload, ManifestSealing } from '../../ports/carriers.ts'
import type { Jwk } from '../../ports/vault.ts'
import { findPrivateKey, publicEcKey, thumbprint } from './ec-keys.ts'
import { readKeySet } from './key-set.ts'
import { manifestCsv } from './manifest-csv.ts'
import { findLineProblem, parseManifest } from './manifest-payload.ts'
import { peekReceipt, readReceipt } from './receipt.ts'
import { peekHeader, signText, verifyText } from './signed-text.ts'
import { readStatusFile } from './status-file.ts'

const typ = 'backroom-manifest'
const header = z.object({ alg: z.literal('ECDH-ES'), enc: z.literal('A256GCM'), kid: z.string(), typ: z.literal(typ) })

const invalid = (reason: string, more: { parcelNumber?: string } = {}): AppError =>
  new AppError('ERR_SEALED_BLOCK_INVALID', { reason, ...more })

/** The port `ManifestSealing` on JOSE. */
export function manifestSealing(): ManifestSealing {
  return {
    async seal(content, { signingKey, key }) {
      const problem = findLineProblem(content.parcels)
      if (problem) throw new AppError('ERR_INPUT_INVALID', { ...problem })
      const payload = parseManifest({ ...content, csv: manifestCsv(content.parcels) })
      if (!payload) throw new AppError('ERR_INPUT_INVALID', { reason: 'payload' })
      const signed = await signText(JSON.stringify(payload), { key: signingKey, typ })
      return sealText(signed, key.enc)
    },
    async open(file, { privateKeys, shopKey }) {
      const signed = await openText(file.trim(), privateKeys)
      const payload = await readSigned(signed, shopKey)
      const problem = findLineProblem(payload.parcels)
      if (problem) throw invalid(problem.reason, { parcelNumber: problem.parcelNumber })
      return payload
    },
    readStatusFile,
    readReceipt,
    peekReceipt,
    peekSigner(file) {
      const found = peekHeader(file.trim())
      return found && { kid: found.kid }
    },
    readKeySet,
    fingerprintWords,
  }
}

async function sealText(text: string, key: Jwk): Promise<string> {
  const parsed = publicEcKey.safeParse(key)
  const kid = await thumbprint(key)
  if (!parsed.success || kid === undefined) throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'not-p256' })
  const imported = await importJWK(parsed.data, 'ECDH-ES').catch((): never => {
    throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'off-curve', kid })
  })
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, typ, cty: 'JOSE' })
    .encrypt(imported)
}

async function openText(file: string, privateKeys: readonly Jwk[]): Promise<string> {
  const { kid } = readHeader(file)
  const key = await findPrivateKey(privateKeys, kid)
  if (!key) throw new AppError('ERR_SEALED_BLOCK_FOREIGN', { sealedFor: kid })
  try {
    const opened = await compactDecrypt(file, await importJWK(key, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return new TextDecoder().decode(opened.plaintext)
  } catch {
    throw invalid('tampered')
  }
}

function readHeader(file: string): z.infer<typeof header> {
  if (!/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(file)) throw invalid('not-a-manifest')
  let found: unknown
  try {
    found = decodeProtectedHeader(file)
  } catch {
    throw invalid('not-a-manifest')
  }
  const parsed = header.safeParse(found)
  if (!parsed.success) throw invalid('header')
  return parsed.data
}

/** With a pinned key only that key's signature counts, whatever the file says about itself. */
async function readSigned(signed: string, pinned: PublicJwk | undefined): Promise<ManifestPayload> {
  const key = pinned ?? claimedKey(signed)
  if (!key) throw invalid('not-a-jws')
  const verified = await verifyText(signed, { key, typ })
  if ('problem' in verified) throw invalid(verified.problem)
  const payload = parseManifest(verified.content)
  if (!payload) throw invalid('payload')
  if (pinned && (await thumbprint(payload.shopKey)) !== (await thumbprint(pinned))) throw invalid('foreign')
  return payload
}

/** The key that the unchecked payload carries. */
function claimedKey(signed: string): PublicJwk | undefined {
  const body = signed.split('.')[1] ?? ''
  try {
    return parseManifest(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))?.shopKey
  } catch {
    return undefined
  }
}
