import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose'
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
/**
 * These members and no others: whatever else a header may say (`jku`, `jwk`, `crit`, `zip`) would have a reader fetch,
 * trust or unpack something that no shop meant.
 */
const header = z.strictObject({
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  kid: z.string(),
  typ: z.literal(typ),
  cty: z.literal('JOSE').optional(),
  epk: publicEcKey.strict(),
})

/** 100,000 parcels with their label blocks take less. */
const mostSigns = 256 * 1024 * 1024

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
    async open(file, { privateKeys, shopKey, number }) {
      const signed = await openText(file.trim(), privateKeys)
      const payload = await readSigned(signed, shopKey)
      const problem = findLineProblem(payload.parcels)
      if (problem) throw invalid(problem.reason, { parcelNumber: problem.parcelNumber })
      if (number !== undefined && number !== payload.number) throw invalid('other-manifest')
      return payload
    },
    readStatusFile,
    readReceipt,
    peekReceipt,
    peekSealedFor(file) {
      try {
        return readHeader(file.trim()).kid
      } catch {
        return undefined
      }
    },
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
  const { kid, epk } = readHeader(file)
  const key = await findPrivateKey(privateKeys, kid)
  if (!key) throw new AppError('ERR_SEALED_BLOCK_FOREIGN', { sealedFor: kid })
  // A point off the curve, put there to draw the private key out of whoever multiplies with it.
  await importJWK(epk, 'ECDH-ES').catch((): never => {
    throw invalid('ephemeral-key')
  })
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
  if (file.length > mostSigns) throw invalid('too-large')
  if (!/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(file) || !file.split('.').every(isCanonical))
    throw invalid('not-a-manifest')
  let found: unknown
  try {
    found = decodeProtectedHeader(file)
  } catch {
    throw invalid('not-a-manifest')
  }
  const parsed = header.safeParse(found)
  if (parsed.success) return parsed.data
  const isAbout = (name: string): boolean => parsed.error.issues.some((issue) => issue.path[0] === name)
  throw invalid(isAbout('alg') || isAbout('enc') ? 'algorithm' : isAbout('typ') ? 'type' : isAbout('epk') ? 'ephemeral-key' : 'header') // prettier-ignore
}

/** One text for one content: without it a changed last sign could decode to the same bytes. */
function isCanonical(part: string): boolean {
  const end = part.slice(-4 - (part.length % 4))
  try {
    return base64url.encode(base64url.decode(end)) === end
  } catch {
    return false
  }
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
