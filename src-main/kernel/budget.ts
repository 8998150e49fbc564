/**
 * How much an engine may work before it answers with the best it has. Iterations decide by
 * default, so that the same seed gives the same plan on every machine; a clock, where one is
 * handed in, is only an outer limit. Cancelling is an outer limit too.
 */
export interface Budget {
  /**
   * Takes `steps` from the budget. False once it is used up, cancelled or out of time; stays false. No steps (0) only
   * ask: the clock is looked at there and then, for work that is long but no step of a search.
   */
  spend(steps?: number): boolean
  /** True when a former spend was refused. */
  readonly isSpent: boolean
  /**
   * How much of the budget is used, 0 to 1: steps or time as last looked at, whichever has come further. Undefined
   * where there is no end to come near to.
   */
  readonly share?: number | undefined
}

export interface BudgetLimits {
  /** Steps that may be spent in all. */
  readonly iterations: number
  /** Milliseconds from now after which spending is refused; needs `now`. */
  readonly limitMs?: number | undefined
  /** A monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined
  /** Asked now and then; true refuses all further spending. */
  readonly isCancelled?: (() => boolean) | undefined
}

/** Looking at a clock costs more than a short search step, so it happens once in this many steps at most. */
const mostStepsBetweenLooks = 256
/** With a time limit looks come often at first, then as seldom as keeps them about this far apart. */
const msBetweenLooks = 2

export function budgetOf(limits: BudgetLimits): Budget {
  const { limitMs, now, isCancelled } = limits
  const startedMs = now?.() ?? 0
  const hasClock = limitMs !== undefined && now !== undefined
  let left = limits.iterations
  let stepsBetweenLooks = hasClock ? 1 : mostStepsBetweenLooks
  let untilLook = stepsBetweenLooks
  let lookedMs = startedMs
  let isSpent = false
  const isOutside = (): boolean => {
    if (isCancelled?.() === true) return true
    if (!hasClock) return false
    const nowMs = now()
    const share = nowMs - lookedMs < msBetweenLooks ? 2 : 0.5
    stepsBetweenLooks = Math.min(mostStepsBetweenLooks, Math.max(1, Math.floor(stepsBetweenLooks * share)))
    lookedMs = nowMs
    return nowMs - startedMs >= limitMs
  }
  return {
    spend(steps = 1) {
      if (isSpent) return false
      left -= steps
      untilLook -= steps
      if (left < 0) isSpent = true
      else if (untilLook <= 0 || steps === 0) {
        isSpent = isOutside()
        untilLook = stepsBetweenLooks
      }
      return !isSpent
    },
    get isSpent() {
      return isSpent
    },
    get share() {
      if (isSpent) return 1
      const bySteps = Number.isFinite(limits.iterations) ? 1 - left / limits.iterations : undefined
      const byTime = hasClock ? (lookedMs - startedMs) / limitMs : undefined
      if (bySteps === undefined || byTime === undefined) return bySteps ?? byTime
      return Math.max(bySteps, byTime)
    },
  }
}
