import type { Traffic } from '../application/traffic.ts'

/** Runs works of one line one after the other, in the order they came; one that fails does not stop the next. */
export type Line = <Value>(work: () => Promise<Value>) => Promise<Value>

export function newLine(): Line {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** The traffic of one room: the line of its commands, and a line for each talk with the world. */
export function roomTraffic(commands: Line): Traffic {
  const lines = new Map<string, Line>()
  return {
    inTurn: commands,
    alone(name, work) {
      const line = lines.get(name) ?? newLine()
      lines.set(name, line)
      return line(work)
    },
    async atMost(ms, work) {
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)))
      const working = work()
      // Nobody listens any more once the time is over.
      working.catch(() => undefined)
      try {
        return await Promise.race([working, over])
      } finally {
        clearTimeout(timer)
      }
    },
    told: new Map(),
  }
}
