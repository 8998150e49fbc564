import { AppError, type ErrorCode, type ErrorDetails } from '../kernel/errors.ts'

/** How a failure crosses a door: a code and facts. Sentences are made where people read them. */
export interface Failure {
  readonly code: ErrorCode
  readonly details: ErrorDetails
}

export type Reply<Output> =
  { readonly ok: true; readonly value: Output } | { readonly ok: false; readonly error: Failure }

export const failureOf = (error: unknown): Failure =>
  error instanceof AppError ? { code: error.code, details: error.details } : { code: 'ERR_INTERNAL', details: {} }

/** The other way: a reply's value, or the failure thrown as the AppError it was. */
export function valueOf<Output>(reply: Reply<Output>): Output {
  if (reply.ok) return reply.value
  throw new AppError(reply.error.code, reply.error.details)
}
