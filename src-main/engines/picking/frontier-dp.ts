import { after, isFinished, numberedStates, untouchedFrontier, type Step } from './frontier-states.ts'

/** One way to take a step of the sweep: its table, what it costs, and what the caller wants to know it by. */
export interface Choice {
  readonly step: Step
  readonly length: number
  readonly stretch: number
}

/** A sweep: the frontier starts with `width` untouched points; each step offers choices. */
export interface Sweep {
  readonly width: number
  readonly steps: readonly (readonly Choice[])[]
}

export interface SweptTour {
  readonly length: number
  /** The choice taken at each step, as an index. */
  readonly taken: readonly number[]
}

/** Best lengths by state number, reused from sweep to sweep; `Infinity` between sweeps. */
let lengthByState = new Float64Array(256).fill(Infinity)
let nextLengthByState = new Float64Array(256).fill(Infinity)
let entryByState = new Int32Array(256)

function makeRoom(): void {
  if (numberedStates() <= lengthByState.length) return
  const size = 2 * numberedStates()
  const grown = (old: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
    const larger = new Float64Array(size).fill(Infinity)
    larger.set(old)
    return larger
  }
  lengthByState = grown(lengthByState)
  nextLengthByState = grown(nextLengthByState)
  const entries = new Int32Array(size)
  entries.set(entryByState)
  entryByState = entries
}

/** Where each live state of a step came from. */
interface Trace {
  readonly from: number[]
  readonly choice: number[]
}

/**
 * The shortest way through a sweep by dynamic programming over the states of the frontier; undefined when there
 * is none. Ties: the choice offered first, from the state reached first. Cost: live states times choices.
 */
export function sweptTour(sweep: Sweep): SweptTour | undefined {
  const traces: Trace[] = []
  const { live, length } = sweepThrough(sweep, traces)
  if (live === -1) return undefined
  const taken: number[] = []
  let entry = live
  for (let s = traces.length - 1; s >= 0; s--) {
    taken.push(traces[s]?.choice[entry] ?? 0)
    entry = traces[s]?.from[entry] ?? 0
  }
  return { length, taken: taken.reverse() }
}

/** As `sweptTour`, without remembering the way: Infinity when there is none. */
export function sweptLength(sweep: Sweep): number {
  return sweepThrough(sweep, undefined).length
}

function sweepThrough(sweep: Sweep, traces: Trace[] | undefined): { live: number; length: number } {
  let live = [untouchedFrontier(sweep.width)]
  makeRoom()
  lengthByState[live[0] ?? 0] = 0
  for (const choices of sweep.steps) {
    const trace: Trace | undefined = traces ? { from: [], choice: [] } : undefined
    live = advanced(live, choices, trace)
    if (trace && traces) traces.push(trace)
  }
  let best = { live: -1, length: Infinity }
  live.forEach((state, i) => {
    const length = lengthByState[state] ?? Infinity
    if (isFinished(state) && length < best.length) best = { live: i, length }
    lengthByState[state] = Infinity
  })
  return best
}

function advanced(live: readonly number[], choices: readonly Choice[], trace: Trace | undefined): number[] {
  const nextLive: number[] = []
  for (let i = 0; i < live.length; i++) {
    const state = live[i] ?? 0
    const sofar = lengthByState[state] ?? Infinity
    lengthByState[state] = Infinity
    for (let c = 0; c < choices.length; c++) {
      const choice = choices[c]
      if (!choice) continue
      const next = after(choice.step, state)
      if (next < 0) continue
      if (next >= nextLengthByState.length) makeRoom()
      const length = sofar + choice.length
      const known = nextLengthByState[next] ?? Infinity
      if (length >= known) continue
      if (known === Infinity) entryByState[next] = nextLive.push(next) - 1
      nextLengthByState[next] = length
      if (trace) {
        const entry = entryByState[next] ?? 0
        trace.from[entry] = i
        trace.choice[entry] = c
      }
    }
  }
  const swap = lengthByState
  lengthByState = nextLengthByState
  nextLengthByState = swap
  return nextLive
}
