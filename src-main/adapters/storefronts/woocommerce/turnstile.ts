/** Lets a number of actions run at once; the others wait in the order in which they came. */
export function turnstile(atOnce: number): <Value>(action: () => Promise<Value>) => Promise<Value> {
  let inside = 0
  const waiting: (() => void)[] = []
  return async (action) => {
    if (inside >= atOnce) await new Promise<void>((enter) => waiting.push(enter))
    else inside += 1
    try {
      return await action()
    } finally {
      const next = waiting.shift()
      // Whoever waits takes the place over; only an empty queue frees it.
      if (next) next()
      else inside -= 1
    }
  }
}
