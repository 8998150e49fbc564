import type { AccessCheck } from '../ports/storefront.ts'
import type { AccessProblem, ProblemFacts, StorefrontPlatform } from '../ports/storefront-probe.ts'

export interface NamedProblem {
  readonly code: AccessProblem
  readonly facts: ProblemFacts
}

/** What a failed check of a connector means, in one of the names that people are told. */
export function accessProblemOf(check: AccessCheck, known: { readonly platform: StorefrontPlatform }): NamedProblem {
  const facts = factsOf(check.details)
  if (check.check === 'clock') return { code: 'clock-off', facts: { ...facts, minutes: minutesOf(check) } }
  const meant = problemByMeaning[String(check.details['means'] ?? '')]
  if (meant !== undefined) return { code: meant, facts: meant === 'version-old' ? versionFacts(check, facts) : facts }
  if (check.details['code'] === 'ERR_INPUT_INVALID') return { code: 'key-form', facts }
  const what = String(check.details['what'] ?? '')
  if (what === 'unauthorised' || what === 'forbidden') return { code: refusedKey(check, known.platform), facts }
  return { code: problemByWhat[what] ?? 'answer-wrong', facts }
}

/** What a connector that knows its platform says itself. */
const problemByMeaning: Readonly<Record<string, AccessProblem | undefined>> = {
  'not-woocommerce': 'not-a-shop',
  'woocommerce-too-old': 'version-old',
  'rest-disabled': 'rest-off',
  'read-only-key': 'key-read-only',
  'wrong-key': 'key-wrong',
  'clock-off': 'clock-off',
}

const versionFacts = ({ details }: AccessCheck, facts: ProblemFacts): ProblemFacts => ({
  ...facts,
  found: typeof details['version'] === 'string' ? `WooCommerce ${details['version']}` : 'WooCommerce',
  needed: 'WooCommerce 7.9',
})

/** Everything that a connector may answer but what is about the key. */
const problemByWhat: Readonly<Record<string, AccessProblem | undefined>> = {
  'no-connection': 'no-connection',
  'no-answer-in-time': 'too-slow',
  'answer-cut-short': 'answer-wrong',
  'answer-too-large': 'answer-wrong',
  'not-json': 'answer-wrong',
  'html-page': 'captcha',
  'wrong-shape': 'answer-wrong',
  'not-found': 'not-a-shop',
  conflict: 'answer-wrong',
  'too-many-requests': 'too-many-requests',
  unavailable: 'unavailable',
  'server-error': 'unavailable',
  redirected: 'redirected',
  'plain-http': 'plain-http',
  refused: 'answer-wrong',
}

function refusedKey({ check, details }: AccessCheck, platform: StorefrontPlatform): AccessProblem {
  if (typeof details['scope'] === 'string') return 'key-scope'
  const reason = String(details['reason'] ?? '')
  if (/timestamp/i.test(reason)) return 'clock-off'
  // WordPress says why in its own words; a refusal without them came from something that stands before it.
  if (platform === 'woocommerce' && details['status'] === 403 && reason === '') return 'firewall'
  if (check === 'write') return platform === 'woocommerce' ? 'key-read-only' : 'key-wrong'
  return details['what'] === 'forbidden' && platform === 'open-protocol' ? 'key-scope' : 'key-wrong'
}

const minutesOf = ({ details }: AccessCheck): number => {
  const offset = details['clockOffsetMs']
  return typeof offset === 'number' ? Math.round(Math.abs(offset) / 60_000) : 0
}

/** Only short words and numbers go on: details may hold anything that an adapter found worth knowing. */
function factsOf(details: AccessCheck['details']): ProblemFacts {
  const names = ['host', 'toHost', 'status', 'scope', 'field', 'path', 'retryAfterMs', 'reason']
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = details[name]
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
    }),
  )
}
