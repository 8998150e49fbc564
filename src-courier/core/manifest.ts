import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { EpochMs } from '../../src-main/kernel/time.ts'
import { publicKeyShape, type CourierKeys } from './courier-keys.ts'
import { sha256Hex } from './sha256.ts'
import { invalid, isCanonical, openSealed, parseContent, readHeader } from './sealed-text.ts'

const place = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])
const lineShape = z.object({
  pid: z.string().min(1),
  seq: z.string(),
  stop: z.int(),
  routing: z.string(),
  n: z.int(),
  of: z.int(),
  grossG: z.int(),
  handling: z.array(z.string()),
  window: z.object({ from: z.int(), to: z.int() }).optional(),
  labelSha256: z.string(),
  label: z.string(),
  at: place.optional(),
})
const manifestShape = z.object({
  number: z.string().min(1),
  closedAt: z.int(),
  carrier: z.object({ code: z.string(), name: z.string() }),
  shop: z.object({ name: z.string(), at: place }),
  shopKey: publicKeyShape,
  parcels: z.array(lineShape),
  csv: z.string(),
})

const signatureShape = z.strictObject({
  alg: z.literal('ES256'),
  kid: z.string(),
  typ: z.literal('backroom-manifest'),
})

export type ManifestLine = z.infer<typeof lineShape>
export interface OpenedManifest extends z.infer<typeof manifestShape> {
  /** Thumbprint of the key that signed it: to be pinned, and shown in words. */
  readonly shopKid: string
  /** Thumbprint of the courier's key that it was sealed for: the pairs to sign answers with. */
  readonly sealedFor: string
  readonly openedAt: EpochMs
}

/**
 * Opens a manifest file and checks the shop's signature, that each parcel is in it once, and that each label block is
 * the one that was signed for and belongs to its parcel. Throws ERR_SEALED_BLOCK_INVALID with the reason,
 * ERR_SEALED_BLOCK_FOREIGN; ERR_NOT_ALLOWED `other-shop` when the signer is not the pinned one.
 */
export async function openManifest(
  file: string,
  options: { keys: CourierKeys; pinnedShopKid?: string | undefined; now: EpochMs },
): Promise<OpenedManifest> {
  const { text, header } = await openSealed(file.trim(), { keys: options.keys, typ: 'backroom-manifest' })
  const { manifest, shopKid } = await verifySignature(text)
  if (options.pinnedShopKid !== undefined && options.pinnedShopKid !== shopKid)
    throw new AppError('ERR_NOT_ALLOWED', { reason: 'other-shop', signedBy: shopKid, pinned: options.pinnedShopKid })
  await checkLines(manifest.parcels)
  return { ...manifest, shopKid, sealedFor: header.kid, openedAt: options.now }
}

async function verifySignature(jws: string): Promise<{ manifest: z.infer<typeof manifestShape>; shopKid: string }> {
  const manifest = manifestShape.safeParse(parseContent(bodyOf(jws))).data
  if (!manifest) throw invalid('payload')
  const shopKid = await calculateJwkThumbprint(manifest.shopKey)
  const header = signatureShape.safeParse({ ...decodeProtectedHeader(jws) })
  if (!header.success || header.data.kid !== shopKid || !isCanonical(jws)) throw invalid('signature')
  try {
    await compactVerify(jws, await importJWK(manifest.shopKey, 'ES256'), { algorithms: ['ES256'] })
  } catch {
    throw invalid('signature')
  }
  return { manifest, shopKid }
}

/** The payload of a JWS before its signature is checked: the key to check it with is inside. */
function bodyOf(jws: string): string {
  const body = (jws.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0)))
  } catch {
    throw invalid('not-signed')
  }
}

async function checkLines(lines: readonly ManifestLine[]): Promise<void> {
  const seen = new Set<string>()
  for (const { pid, label, labelSha256 } of lines) {
    if (seen.has(pid)) throw invalid('repeated-parcel', { parcelNumber: pid })
    seen.add(pid)
    if ((await sha256Hex(label)) !== labelSha256) throw invalid('label-hash', { parcelNumber: pid })
    if (readHeader(label, 'backroom-label').pid !== pid) throw invalid('label-moved', { parcelNumber: pid })
  }
}
