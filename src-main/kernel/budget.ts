/**
 * How much an engine may work before it answers with the best it has. Iterations decide by
 * default, so that the same seed gives the same plan on every machine; a clock, where one is
 * handed in, is only an outer limit. Cancelling is an outer limit too.
 */
export interface Budget {
  /** Takes `steps` from the budget. False once it is used up, cancelled or out of time; stays false. */
  spend(steps?: number): boolean
  /** True when a former spend was refused. */
  readonly isSpent: boolean
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

/** Looking at a clock costs more than a search step, so it happens once in this many steps. */
const stepsBetweenLooks = 256

export function budgetOf(limits: BudgetLimits): Budget {
  const startedMs = limits.now?.() ?? 0
  let left = limits.iterations
  let untilLook = stepsBetweenLooks
  let isSpent = false
  const isOutside = (): boolean =>
    limits.isCancelled?.() === true ||
    (limits.limitMs !== undefined && limits.now !== undefined && limits.now() - startedMs >= limits.limitMs)
  return {
    spend(steps = 1) {
      if (isSpent) return false
      left -= steps
      untilLook -= steps
      if (left < 0) isSpent = true
      else if (untilLook <= 0) {
        untilLook = stepsBetweenLooks
        isSpent = isOutside()
      }
      return !isSpent
    },
    get isSpent() {
      return isSpent
    },
  }
}
