/** Seconds spent in each stage, in the order in which they ran. */
export interface Stages {
  run<Value>(name: string, work: () => Promise<Value>): Promise<Value>
  readonly secondsByStage: Readonly<Record<string, number>>
}

export function stageClock(tell: (line: string) => void): Stages {
  const seconds: Record<string, number> = {}
  return {
    async run(name, work) {
      const startedMs = performance.now()
      tell(`${name} ...`)
      const value = await work()
      seconds[name] = Math.round((performance.now() - startedMs) / 10) / 100
      return value
    },
    get secondsByStage() {
      return seconds
    },
  }
}
