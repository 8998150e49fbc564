import { benchOf, type RunOptions } from './bench.ts'
import { Broken, NotTried, type Bench, type Check } from './check.ts'
import { accessChecks } from './checks/access.ts'
import { bodyChecks } from './checks/bodies.ts'
import { feedChecks } from './checks/feeds.ts'
import { orderChecks } from './checks/orders.ts'
import { reportChecks } from './checks/reports.ts'
import { stockChecks } from './checks/stock.ts'
import { transportChecks } from './checks/transport.ts'
import { NoAnswer } from './server-call.ts'

/** Every check, by rule. */
export const checks: readonly Check[] = [
  ...transportChecks,
  ...accessChecks,
  ...feedChecks,
  ...orderChecks,
  ...stockChecks,
  ...reportChecks,
  ...bodyChecks,
].toSorted((a, b) => Number(a.rule.slice(1)) - Number(b.rule.slice(1)))

export type Verdict =
  | { readonly rule: string; readonly name: string; readonly outcome: 'passed' }
  | {
      readonly rule: string
      readonly name: string
      readonly outcome: 'failed'
      readonly expected: string
      readonly found: string
    }
  | { readonly rule: string; readonly name: string; readonly outcome: 'skipped'; readonly reason: string }

export interface Run extends RunOptions {
  /** Only checks of these rules. */
  readonly only?: readonly string[] | undefined
  readonly tell?: ((verdict: Verdict) => void) | undefined
}

/** Tries every rule against a server, one check after the other; throws only what is the suite's own fault. */
export async function runConformance(run: Run): Promise<readonly Verdict[]> {
  const bench = benchOf(run)
  const verdicts: Verdict[] = []
  for (const check of checks) {
    if (run.only !== undefined && !run.only.includes(check.rule)) continue
    const verdict = await judge(check, bench)
    verdicts.push(verdict)
    run.tell?.(verdict)
  }
  return verdicts
}

async function judge(check: Check, bench: Bench): Promise<Verdict> {
  const { rule, name } = check
  if (check.needsWrite === true && !bench.mayWrite) return { rule, name, outcome: 'skipped', reason: 'writes: tried with --write' } // prettier-ignore
  try {
    await check.run(bench)
    return { rule, name, outcome: 'passed' }
  } catch (error) {
    if (error instanceof NotTried) return { rule, name, outcome: 'skipped', reason: error.message }
    if (error instanceof Broken) return { rule, name, outcome: 'failed', expected: error.expected, found: error.found }
    if (error instanceof NoAnswer) return { rule, name, outcome: 'failed', expected: `${error.asked} is answered`, found: error.message } // prettier-ignore
    throw error
  }
}
