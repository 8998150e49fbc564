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
 * Control signs and overrides of direction: a name with them could stand over another text, or turn a house number
 * round. Line breaks become spaces.
 */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
const clean = (text: string): string => text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(unprintable, '')
const cleanOr = (text: string | undefined): string | undefined => (text === undefined ? undefined : clean(text))

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
    name: clean(n), company: cleanOr(c), lines: a.map(clean), postcode: clean(postcode), city: clean(t),
    region: cleanOr(r), country: clean(k), phone: cleanOr(p), instructions: cleanOr(i),
  } // prettier-ignore
  return { parcelNumber: pid, expiresAt: exp * 1000, recipient }
}
