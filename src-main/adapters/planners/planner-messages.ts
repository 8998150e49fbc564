import { AppError, type ErrorCode, type ErrorDetails } from '../../kernel/errors.ts'
import type { EngineCall, EngineInputs, EngineOutputs } from './engine-calls.ts'

/** What is sent to a thread; one at a time. */
export interface PlannerRequest<Call extends EngineCall = EngineCall> {
  readonly call: Call
  readonly input: EngineInputs[Call]
  readonly seed?: number | undefined
  readonly budgetMs?: number | undefined
  /** Place of the input's first problem among all that were asked for. */
  readonly from?: number | undefined
  /** One 32-bit number shared by both sides: 1 = give up. */
  readonly cancelFlag: SharedArrayBuffer
}

/** What a thread answers: any number of times how far it is, then how it ended. */
export type PlannerAnswer =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly output: EngineOutputs[EngineCall]; readonly threadId: number }
  | { readonly kind: 'failed'; readonly failure: SentFailure }

/** An AppError as it crosses between threads, which keep neither class nor cause. */
export interface SentFailure {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** Stack of the first cause, for the log. */
  readonly cause?: string | undefined
}

export function sentFailure(error: unknown): SentFailure {
  if (!(error instanceof AppError)) return { code: 'ERR_PLANNER_FAILED', details: {}, cause: String(error) }
  const cause = error.cause instanceof Error ? error.cause.stack : undefined
  return { code: error.code, details: error.details, cause }
}

export const receivedFailure = ({ code, details, cause }: SentFailure): AppError =>
  new AppError(code, details, cause === undefined ? undefined : { cause })

export const isFlagged = (flag: SharedArrayBuffer): boolean => Atomics.load(new Int32Array(flag), 0) === 1
export const raise = (flag: SharedArrayBuffer): void => void Atomics.store(new Int32Array(flag), 0, 1)
export const newCancelFlag = (): SharedArrayBuffer => new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
