import type { Context } from 'hono'
import { exitCodeOf, type AppError, type ErrorCode } from '../../kernel/errors.ts'
import type { StationVisitor } from './visitors.ts'

/** What every route behind the guard may rely on. */
export type StationEnv = { Variables: { visitor: StationVisitor } }

const statusByExit = { 1: 500, 2: 422, 3: 503, 130: 409 } as const

/** HTTP's word for a failure; the code in the body says the rest. */
export function statusOf(code: ErrorCode): 401 | 403 | 404 | 422 | 429 | 409 | 500 | 503 {
  if (code === 'ERR_NOT_PAIRED') return 401
  if (code === 'ERR_NOT_ALLOWED' || code === 'ERR_SIGN_IN_NEEDED') return 403
  if (code === 'ERR_COMMAND_UNKNOWN') return 404
  if (code === 'ERR_TOO_MANY_TRIES') return 429
  return statusByExit[exitCodeOf(code)]
}

/** A no in the shape of every reply. */
export function refuse(context: Context, code: ErrorCode, details: AppError['details']): Response {
  return context.json({ ok: false, error: { code, details } }, statusOf(code))
}
