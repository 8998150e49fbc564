import { AppError, type ErrorDetails } from '../../src-main/kernel/errors.ts'
import { failureOf, type Failure } from '../../src-main/contract/failure.ts'

/** A failure as people read it. */
export interface Problem {
  readonly code: string
  /** What happened. */
  readonly what: string
  /** What it means and what to do next. */
  readonly advice: string
  /** Facts as `name: value`, for the person who mends it. */
  readonly facts: readonly string[]
  readonly details: ErrorDetails
}

type Translate = (key: string, named?: { [fact: string]: unknown }) => string

/** The first sentence, in any of our languages, and the rest. */
const firstSentence = /^(.+?(?:[.!?](?=\s)|。))\s*(.*)$/su

/** Sentences for whatever was thrown; anything that is no AppError is our own bug. */
export function problemOf(error: unknown, translate: Translate): Problem {
  const failure: Failure = failureOf(error)
  const text = translate(`errors.${failure.code}`)
  const [, what = text, rest = ''] = firstSentence.exec(text) ?? []
  const advice = [reasonOf(failure, translate), rest].filter(Boolean).join(' ')
  return { code: failure.code, what, advice, facts: factsOf(failure.details), details: failure.details }
}

/** Failures of which the reason has a sentence of its own. */
const withReasons: ReadonlySet<string> = new Set([
  'ERR_RECEIPT_INVALID',
  'ERR_STATUS_FILE_INVALID',
  'ERR_COURIER_KEY_INVALID',
  'ERR_SEALED_BLOCK_INVALID',
  'ERR_NOT_ALLOWED',
  'ERR_PHOTO_NOT_USABLE',
])

function reasonOf({ code, details }: Failure, translate: Translate): string {
  const { reason } = details
  if (typeof reason !== 'string' || !withReasons.has(code)) return ''
  const key = `reasons.${code}.${reason}`
  const text = translate(key, { ...details })
  return text === key ? '' : text
}

/** Only plain values and lists of them; what is nested has a place of its own on the screen that expects it. */
export function factsOf(details: ErrorDetails): readonly string[] {
  return Object.entries(details).flatMap(([name, value]) => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return value === '' ? [] : [`${name}: ${value}`]
    if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return [`${name}: ${value.join(', ')}`]
    return []
  })
}

/** True for a failure that the user asked for: nothing to explain. */
export const isCancelled = (error: unknown): boolean => error instanceof AppError && error.code === 'ERR_CANCELLED'
