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

/**
 * What a log may say of an error that nobody expected: its class and where it was thrown. Its message, its causes and its
 * properties may quote what a customer typed, so they are left out; a line of the message that is dressed up as a place
 * is left out with it.
 */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const head = `${error.name}: ${error.message}`
  const stack = error.stack ?? ''
  const at = stack.indexOf(error.message)
  const places = (
    stack.startsWith(head) ? stack.slice(head.length) : at < 0 ? stack : stack.slice(at + error.message.length)
  )
    .split('\n')
    .filter((line) => framePattern.test(line))
  const name = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error'
  return [error instanceof AppError ? `${name} ${error.code}` : name, ...places].join('\n')
}

/** `at somewhere (file:///path/file.ts:12:34)`, as V8 writes it. */
const framePattern = /^\s+at (?:[^\s()]+ ){0,4}\(?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^()]*:\d+:\d+\)?$/

/** The other way: a reply's value, or the failure thrown as the AppError it was. */
export function valueOf<Output>(reply: Reply<Output>): Output {
  if (reply.ok) return reply.value
  throw new AppError(reply.error.code, reply.error.details)
}
