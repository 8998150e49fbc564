import type { ErrorDetails } from '../../../kernel/errors.ts'
import type { EpochMs } from '../../../kernel/time.ts'
import { readText, refusal, type Failure } from '../host-answer.ts'
import { jsonAnswer } from './json-answer.ts'

export interface WooAnswer {
  readonly status: number
  readonly json: unknown
  /** The host's clock when it answered, whole seconds; undefined where it does not say. */
  readonly hostNow: EpochMs | undefined
}

export const hostNowOf = (response: Response): EpochMs | undefined => {
  const at = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(at) ? undefined : at
}

export interface Wanted {
  /** Statuses besides 200 and 201 whose JSON is wanted too. */
  readonly alsoAccept: readonly number[]
  readonly maxBytes: number
  readonly base: URL
}

export interface Naming {
  readonly failure: Failure
  readonly facts: ErrorDetails
}

/** The JSON of an answer; anything else is an error that names what the host did. */
export async function readAnswer(response: Response, wanted: Wanted, { failure, facts }: Naming): Promise<WooAnswer> {
  const { status } = response
  const isWanted = status === 200 || status === 201 || wanted.alsoAccept.includes(status)
  if (!isWanted && status >= 300 && status < 400) {
    await response.body?.cancel().catch(() => undefined)
    throw refusal(response, failure, { ...facts, ...redirectFacts(wanted.base, response) })
  }
  const text = await readText(response, wanted.maxBytes, failure)
  const answer = jsonAnswer(text)
  if (!isWanted && status >= 300) throw refusal(response, failure, { ...facts, reason: reasonOf(answer?.value) })
  if (answer) return { status, json: answer.value, hostNow: hostNowOf(response) }
  const type = response.headers.get('content-type') ?? ''
  const what = /\bhtml\b/i.test(type) || /^\s*<(!doctype|html)/i.test(text) ? 'html-page' : 'not-json'
  throw failure('ERR_STOREFRONT_ANSWER', { what, status, contentType: type.slice(0, 100), bytes: text.length })
}

/** WordPress names its refusals by a code; the sentence beside it is the site's language and stays away. */
function reasonOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined
  return typeof value.code === 'string' && /^[\w-]{1,80}$/.test(value.code) ? value.code : undefined
}

/** Where a redirect points, as far as that helps a person: to https, or to another name of the shop. */
function redirectFacts(base: URL, response: Response): ErrorDetails {
  const location = response.headers.get('location')
  if (location === null || !URL.canParse(location, base.href)) return {}
  const to = new URL(location, base)
  return { toHost: to.host, toHttps: base.protocol === 'http:' && to.protocol === 'https:' }
}
