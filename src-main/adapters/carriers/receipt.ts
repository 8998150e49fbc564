import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CourierKeySet } from '../../domain/carrier.ts'
import { AppError } from '../../kernel/errors.ts'
import type { CourierReceipt } from '../../ports/carriers.ts'
import { peekHeader, verifyText } from './signed-text.ts'

const receiptType = 'backroom-receipt'

const receiptShape = z.object({
  manifest: z.string(),
  receivedAt: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
}) satisfies z.ZodType<CourierReceipt>

/** The manifest a receipt names, before anything about it is checked. */
export function peekReceipt(receipt: string): { readonly manifest: string } | undefined {
  const body = receipt.trim().split('.')[1] ?? ''
  if (peekHeader(receipt.trim())?.typ !== receiptType || body.length > 10_000) return undefined
  try {
    return receiptShape.pick({ manifest: true }).safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
      .data
  } catch {
    return undefined
  }
}

/** A receipt counts only for the very bytes that were sent. */
export async function readReceipt(
  receipt: string,
  options: { key: CourierKeySet; manifest: string; content: string },
): Promise<CourierReceipt> {
  const refuse = (reason: string): AppError =>
    new AppError('ERR_RECEIPT_INVALID', { reason, manifest: options.manifest })
  const verified = await verifyText(receipt.trim(), { key: options.key.sig, typ: receiptType })
  if ('problem' in verified) throw refuse(verified.problem)
  const parsed = receiptShape.safeParse(verified.content)
  if (!parsed.success) throw refuse('shape')
  if (parsed.data.manifest !== options.manifest) throw refuse('other-manifest')
  if (parsed.data.sha256 !== createHash('sha256').update(options.content).digest('hex')) throw refuse('other-content')
  return parsed.data
}
