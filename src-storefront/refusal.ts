import type { Json } from '../src-main/kernel/json.ts'

/** A request that is answered with no: an HTTP status, a code and facts. Never holds anything personal. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: { readonly [key: string]: Json }
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: number,
    code: string,
    facts: { details?: { readonly [key: string]: Json }; retryAfterSeconds?: number } = {},
  ) {
    super(code)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.details = facts.details ?? {}
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}
