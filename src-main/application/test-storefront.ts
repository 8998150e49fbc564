import { AppError } from '../kernel/errors.ts'
import { toJson } from '../kernel/json.ts'
import type { AccessCheck } from '../ports/storefront.ts'
import type { AccessProblem, ProblemFacts, Sighting, StorefrontPlatform } from '../ports/storefront-probe.ts'
import { accessProblemOf, type NamedProblem } from './access-problem.ts'
import type { Workshop } from './workshop.ts'

export interface TestedStep {
  readonly check: 'address' | 'transport' | 'platform' | 'clock' | 'read' | 'write'
  readonly state: 'passed' | 'failed' | 'not-tried'
  readonly problem: AccessProblem | null
  readonly facts: ProblemFacts
}

export interface StorefrontTest {
  /** The base address as it will be kept. */
  readonly url: string
  readonly platform: StorefrontPlatform | null
  readonly name: string | null
  /** Everything was tried and passed. */
  readonly ok: boolean
  /** Nothing that was tried failed; without a token reading and writing are not tried. */
  readonly isFound: boolean
  /** What failed may be put right later, or passes by itself. */
  readonly mayConnectAnyway: boolean
  readonly suggestion: string | null
  readonly steps: readonly TestedStep[]
}

type Deps = Pick<Workshop, 'vault' | 'storefrontFor' | 'storefrontProbe'>

/** Problems that need not stop a connection: they pass, or the part that works is worth having. */
const bearable: ReadonlySet<AccessProblem> = new Set([
  'no-connection', 'too-slow', 'too-many-requests', 'unavailable', 'clock-off', 'clock-theirs', 'key-read-only', 'key-scope', 'plain-http',
]) // prettier-ignore

/** Two clocks of one host, further apart than this, cannot both be right. */
const ownClocksMs = 120_000

/**
 * Tries an address and a token before anything is kept: what speaks there, and whether reading and writing are allowed.
 * Never throws for what it finds. The token goes to that host only, and only once a known platform has answered there.
 */
export async function testStorefront(
  deps: Deps,
  input: {
    readonly url: string
    readonly token?: string | undefined
    readonly platform?: StorefrontPlatform | undefined
  },
): Promise<StorefrontTest> {
  const seen = await deps.storefrontProbe.look(input.url)
  const platform = seen.platform ?? (mayNameIt(seen) ? input.platform : undefined)
  const steps = seenSteps(seen, platform)
  const isHindered = steps.some(({ state }) => state === 'failed')
  const tried =
    platform === undefined || input.token === undefined || isHindered
      ? []
      : await tryKey(deps, seen, { platform, token: input.token })
  const all = order.map((check) => tried.find((step) => step.check === check) ?? steps.find((step) => step.check === check) ?? untried(check)) // prettier-ignore
  const failed = all.flatMap(({ problem }) => problem ?? [])
  return {
    url: seen.url,
    platform: platform ?? null,
    name: seen.name ?? null,
    ok: all.every(({ state }) => state === 'passed'),
    isFound: failed.length === 0,
    mayConnectAnyway: platform !== undefined && failed.length > 0 && failed.every((problem) => bearable.has(problem)),
    suggestion: seen.suggestion ?? null,
    steps: all,
  }
}

const order: readonly TestedStep['check'][] = ['address', 'transport', 'platform', 'clock', 'read', 'write']
const untried = (check: TestedStep['check']): TestedStep => ({ check, state: 'not-tried', problem: null, facts: {} })
const passed = (check: TestedStep['check'], facts: ProblemFacts = {}): TestedStep => ({ check, state: 'passed', problem: null, facts }) // prettier-ignore
const failed = (check: TestedStep['check'], { code, facts }: NamedProblem): TestedStep => ({ check, state: 'failed', problem: code, facts }) // prettier-ignore

/** A host that is away for now may be named by a person; one that answered has said itself what it is. */
const mayNameIt = ({ problem }: Sighting): boolean => problem !== undefined && bearable.has(problem.code)

/** Which step each thing seen from outside belongs to. */
function seenSteps(seen: Sighting, platform: StorefrontPlatform | undefined): readonly TestedStep[] {
  const { problem } = seen
  if (problem === undefined) {
    const facts = { ...(platform && { platform }), ...(seen.name !== undefined && { name: seen.name }) }
    return [passed('address'), passed('transport'), passed('platform', facts)]
  }
  const at = stepOf(problem.code)
  const before = order.slice(0, order.indexOf(at)).map((check) => passed(check))
  return [...before, failed(at, problem)]
}

function stepOf(problem: AccessProblem): TestedStep['check'] {
  if (problem.startsWith('certificate-') || problem === 'plain-http' || problem === 'no-https-there') return 'transport'
  const isAboutAddress = /^(address-|scheme-|host-|redirected)/.test(problem) || problem === 'no-connection'
  return isAboutAddress ? 'address' : 'platform'
}

async function tryKey(
  deps: Deps,
  seen: Sighting,
  given: { readonly platform: StorefrontPlatform; readonly token: string },
): Promise<readonly TestedStep[]> {
  const id = 'storefront-test'
  const sealedToken = deps.vault.seal(id, toJson({ token: given.token }))
  let checks: readonly AccessCheck[]
  try {
    const connection = { id, platform: given.platform, url: seen.url, sealedToken, options: {} }
    checks = await deps.storefrontFor(connection).testAccess()
  } catch (error) {
    // A connector refuses at once what can be no key of its platform.
    if (!(error instanceof AppError) || error.code !== 'ERR_INPUT_INVALID') throw error
    return [failed('read', { code: 'key-form', facts: {} })]
  }
  const steps = checks.map((check) => stepOfCheck(check, seen, given.platform))
  // A platform that names no clock of its own is judged by its host's.
  if (!checks.some(({ check }) => check === 'clock')) steps.push(passed('clock'))
  return steps
}

function stepOfCheck(check: AccessCheck, seen: Sighting, platform: StorefrontPlatform): TestedStep {
  if (check.ok) return passed(check.check)
  const problem = accessProblemOf(check, { platform })
  return failed(check.check, problem.code === 'clock-off' && isTheirs(check, seen) ? { ...problem, code: 'clock-theirs' } : problem) // prettier-ignore
}

/** Where the web server's clock agrees with ours and the shop's own does not, the shop's is wrong. */
function isTheirs({ details }: AccessCheck, { hostClockOffsetMs }: Sighting): boolean {
  const offset = details['clockOffsetMs']
  if (typeof offset !== 'number' || hostClockOffsetMs === undefined) return false
  return Math.abs(hostClockOffsetMs) < ownClocksMs && Math.abs(offset - hostClockOffsetMs) > ownClocksMs
}
