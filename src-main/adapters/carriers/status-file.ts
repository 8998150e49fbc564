import { z } from 'zod'
import type { CourierKeySet } from '../../domain/carrier.ts'
import { AppError } from '../../kernel/errors.ts'
import type { CourierStatusFile } from '../../ports/carriers.ts'
import { verifyText } from './signed-text.ts'

const statusFile = z.object({
  manifest: z.string().min(1).max(60),
  sequence: z.int().positive(),
  events: z
    .array(
      z.object({
        pid: z.string().min(1).max(40),
        status: z.enum(['out-for-delivery', 'delivered', 'failed', 'returned']),
        at: z.int().nonnegative(),
        reason: z.string().max(200).optional(),
      }),
    )
    .max(100_000),
}) satisfies z.ZodType<CourierStatusFile>

/** Checks signature, then shape. Whether it was read before and whose parcels these are is the application's question. */
export async function readStatusFile(file: string, options: { key: CourierKeySet }): Promise<CourierStatusFile> {
  const { sig, sigKid } = options.key
  const verified = await verifyText(file.trim(), { key: sig, typ: 'backroom-status' })
  if ('problem' in verified) throw new AppError('ERR_STATUS_FILE_INVALID', { reason: verified.problem, kid: sigKid })
  const parsed = statusFile.safeParse(verified.content)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('ERR_STATUS_FILE_INVALID', { reason: 'shape', kid: sigKid, place })
}
