import { AppError } from '../../kernel/errors.ts'
import type { AccessCheck } from '../../ports/storefront.ts'

/** One check of a storefront's access: what the attempt found, or its failure as facts. Throws what is our own mistake. */
export async function tried(
  check: AccessCheck['check'],
  attempt: () => Promise<AccessCheck['details']>,
): Promise<AccessCheck> {
  try {
    return { check, ok: true, details: await attempt() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { check, ok: false, details: { code: error.code, ...error.details } }
  }
}
