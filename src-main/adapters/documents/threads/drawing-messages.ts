import { AppError, type ErrorCode, type ErrorDetails } from '../../../kernel/errors.ts'
import type { Documents } from '../../../ports/documents.ts'

export type DrawingCall = keyof Documents
export type DrawingAnswer = Uint8Array | string

/** What is sent to a thread; one at a time. */
export interface DrawingRequest {
  readonly call: DrawingCall
  /** What the call takes; where `shared` is given, that stands before it. */
  readonly args: readonly unknown[]
  /** A document from which many papers are drawn: sent to each thread once, then named by its number alone. */
  readonly shared?: { readonly id: number; readonly value?: object | undefined } | undefined
}

export type DrawingResult =
  | { readonly kind: 'done'; readonly answer: DrawingAnswer }
  | { readonly kind: 'failed'; readonly code?: ErrorCode | undefined; readonly details: ErrorDetails; readonly stack?: string | undefined } // prettier-ignore

/** An error as it crosses between threads, which keep neither its class nor its cause. */
export const sentFailure = (error: unknown): DrawingResult =>
  error instanceof AppError
    ? { kind: 'failed', code: error.code, details: error.details }
    : { kind: 'failed', details: {}, stack: error instanceof Error ? error.stack : undefined }

/** An AppError again; anything else is our own bug and stays one. */
export function receivedFailure({ code, details, stack }: DrawingResult & { kind: 'failed' }): Error {
  return code === undefined ? new Error('a paper could not be drawn', { cause: stack }) : new AppError(code, details)
}
