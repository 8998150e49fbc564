/** Wakes one sleeper. A ring while nobody sleeps is kept for the next one, so that none is missed. */
export interface Bell {
  ring(): void
  /** Resolves at a ring (at once at one that was kept), after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export function bell(): Bell {
  let isKept = false
  let wake: (() => void) | undefined
  return {
    ring() {
      if (wake === undefined) isKept = true
      else wake()
    },
    wait(ms, signal) {
      if (isKept || signal.aborted) {
        isKept = false
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          wake = undefined
          resolve()
        }
        const timer = setTimeout(end, ms)
        signal.addEventListener('abort', end)
        wake = end
      })
    },
  }
}
