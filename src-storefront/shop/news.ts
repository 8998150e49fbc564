/** Lets long polls sleep until something was written, or the server stops. */
export interface News {
  announce(): void
  /** Resolves at the next announcement, after `ms`, or when the signal aborts, whatever comes first. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  close(): void
}

export function news(): News {
  const sleepers = new Set<() => void>()
  let isClosed = false
  const announce = (): void => {
    for (const wake of [...sleepers]) wake()
  }
  return {
    announce,
    wait(ms, signal) {
      if (isClosed || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          sleepers.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, ms)
        signal.addEventListener('abort', wake)
        sleepers.add(wake)
      })
    },
    close() {
      isClosed = true
      announce()
    },
  }
}
