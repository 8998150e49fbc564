import { z } from 'zod'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { EpochMs } from '../../src-main/kernel/time.ts'
import type { CourierKeys } from './courier-keys.ts'
import { invalid, openSealed, parseContent } from './sealed-text.ts'

/** Whom a parcel is for, as the courier reads it. */
export interface LabelRecipient {
  readonly name: string
  readonly company?: string | undefined
  readonly lines: readonly string[]
  readonly postcode: string
  readonly city: string
  readonly region?: string | undefined
  readonly country: string
  readonly phone?: string | undefined
  readonly instructions?: string | undefined
}

export interface OpenedLabel {
  readonly parcelNumber: string
  readonly expiresAt: EpochMs
  readonly recipient: LabelRecipient
}

const payloadShape = z.object({
  n: z.string(),
  c: z.string().optional(),
  a: z.array(z.string()).default([]),
  z: z.string(),
  t: z.string(),
  r: z.string().optional(),
  k: z.string(),
  p: z.string().optional(),
  i: z.string().optional(),
})
const headerShape = z.object({ pid: z.string(), exp: z.int() })

/**
 * Opens the block of a label's QR code. Throws ERR_SEALED_BLOCK_INVALID (no block, changed, cut), _FOREIGN (for
 * another courier), _MOVED (it belongs to another parcel than `parcelNumber`), _EXPIRED.
 */
export async function openLabel(
  block: string,
  options: { keys: CourierKeys; parcelNumber?: string | undefined; now: EpochMs },
): Promise<OpenedLabel> {
  const { header, text } = await openSealed(block.trim(), { keys: options.keys, typ: 'backroom-label' })
  const claims = headerShape.safeParse(header)
  const payload = payloadShape.safeParse(parseContent(text))
  if (!claims.success || !payload.success) throw invalid('payload')
  const { pid, exp } = claims.data
  if (options.parcelNumber !== undefined && options.parcelNumber !== pid)
    throw new AppError('ERR_SEALED_BLOCK_MOVED', { sealedFor: pid, foundOn: options.parcelNumber })
  if (options.now >= exp * 1000)
    throw new AppError('ERR_SEALED_BLOCK_EXPIRED', { parcelNumber: pid, expiresAt: exp * 1000 })
  const { n, c, a, z: postcode, t, r, k, p, i } = payload.data
  const recipient = {
    name: n, company: c, lines: a, postcode, city: t, region: r, country: k, phone: p, instructions: i,
  } // prettier-ignore
  return { parcelNumber: pid, expiresAt: exp * 1000, recipient }
}
