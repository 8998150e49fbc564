import { after, impossible, isFinished, numberedStates, untouchedFrontier, type Step } from './frontier-states.ts'

/**
 * A sweep over a floor, in arrays that are used again. The frontier starts with `width` untouched points; step s offers
 * the choices `firstChoice[s]` to `firstChoice[s + 1]`, exclusive. A choice is a table of states, its length, and the
 * stretch it stands for.
 */
export class Sweep {
  width = 0
  stepCount = 0
  choiceCount = 0
  readonly firstChoice: number[] = [0]
  readonly step: Step[] = []
  readonly length: number[] = []
  readonly stretch: number[] = []

  clear(width: number): void {
    this.width = width
    this.stepCount = 0
    this.choiceCount = 0
  }

  offer(step: Step, length: number, stretch: number): void {
    const choice = this.choiceCount++
    this.step[choice] = step
    this.length[choice] = length
    this.stretch[choice] = stretch
  }

  endStep(): void {
    this.firstChoice[++this.stepCount] = this.choiceCount
  }
}

/** Best lengths by state number, `Infinity` between sweeps; live states; where in the next list a state stands. */
let lengthByState = new Float64Array(256).fill(Infinity)
let nextLengthByState = new Float64Array(256).fill(Infinity)
let entryByState = new Int32Array(256)
let live = new Int32Array(256)
let nextLive = new Int32Array(256)

/** Per step and live state after it: the live state before it, and the choice. Written only when asked for. */
let cameFrom = new Int32Array(1024)
let cameBy = new Int32Array(1024)
const firstEntry: number[] = []

function makeRoom(): void {
  if (numberedStates() <= lengthByState.length) return
  const size = 2 * numberedStates()
  const numbers = (old: Float64Array): Float64Array<ArrayBuffer> => {
    const larger = new Float64Array(size).fill(Infinity)
    larger.set(old)
    return larger
  }
  const indices = (old: Int32Array): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(size)
    larger.set(old)
    return larger
  }
  lengthByState = numbers(lengthByState)
  nextLengthByState = numbers(nextLengthByState)
  entryByState = indices(entryByState)
  live = indices(live)
  nextLive = indices(nextLive)
}

function makeTraceRoom(entries: number): void {
  if (entries <= cameFrom.length) return
  const from = new Int32Array(2 * entries)
  from.set(cameFrom)
  cameFrom = from
  const by = new Int32Array(2 * entries)
  by.set(cameBy)
  cameBy = by
}

export interface SweptTour {
  readonly length: number
  /** The choice taken at each step. */
  readonly taken: readonly number[]
}

/**
 * The shortest way through a sweep by dynamic programming over the states of the frontier; undefined when there
 * is none. Ties: the choice offered first, from the state reached first. Cost: live states times choices.
 */
export function sweptTour(sweep: Sweep): SweptTour | undefined {
  const { entry, length } = sweepThrough(sweep, true)
  if (entry === -1) return undefined
  const taken = new Array<number>(sweep.stepCount).fill(0)
  for (let s = sweep.stepCount - 1, at = entry; s >= 0; s--) {
    const trace = (firstEntry[s] ?? 0) + at
    taken[s] = cameBy[trace] ?? 0
    at = cameFrom[trace] ?? 0
  }
  return { length, taken }
}

/** As `sweptTour`, without remembering the way: Infinity when there is none. */
export function sweptLength(sweep: Sweep): number {
  return sweepThrough(sweep, false).length
}

function sweepThrough(sweep: Sweep, isTraced: boolean): { readonly entry: number; readonly length: number } {
  const first = untouchedFrontier(sweep.width)
  makeRoom()
  live[0] = first
  lengthByState[first] = 0
  let liveCount = 1
  let entries = 0
  for (let s = 0; s < sweep.stepCount; s++) {
    firstEntry[s] = entries
    liveCount = advanced(sweep, { s, liveCount, entries: isTraced ? entries : -1 })
    entries += liveCount
  }
  let entry = -1
  let length = Infinity
  for (let i = 0; i < liveCount; i++) {
    const state = live[i] ?? 0
    const reached = lengthByState[state] ?? Infinity
    if (reached < length && isFinished(state)) {
      length = reached
      entry = i
    }
    lengthByState[state] = Infinity
  }
  return { entry, length }
}

interface Advance {
  readonly s: number
  readonly liveCount: number
  /** Where this step's trace begins; -1 = none is kept. */
  readonly entries: number
}

/** Takes every choice of step s from every live state; returns how many states are live after it. */
function advanced(sweep: Sweep, { s, liveCount, entries }: Advance): number {
  let nextCount = 0
  const lastChoice = sweep.firstChoice[s + 1] ?? 0
  for (let choice = sweep.firstChoice[s] ?? 0; choice < lastChoice; choice++) {
    const step = sweep.step[choice]
    if (!step) continue
    const length = sweep.length[choice] ?? 0
    if (entries !== -1) makeTraceRoom(entries + nextCount + liveCount)
    let table = step.to
    for (let i = 0; i < liveCount; i++) {
      const state = live[i] ?? 0
      let next = table[state]
      if (next === undefined || next < 0) {
        if (next === impossible) continue
        next = after(step, state)
        makeRoom()
        table = step.to
        if (next < 0) continue
      }
      const reached = (lengthByState[state] ?? Infinity) + length
      const known = nextLengthByState[next] ?? Infinity
      if (reached >= known) continue
      nextLengthByState[next] = reached
      if (known === Infinity) {
        nextLive[nextCount] = next
        entryByState[next] = nextCount++
      }
      if (entries === -1) continue
      const trace = entries + (entryByState[next] ?? 0)
      cameFrom[trace] = i
      cameBy[trace] = choice
    }
  }
  swapSides(liveCount)
  return nextCount
}

/** What came next becomes what is live; the lengths behind are wiped for the step after. */
function swapSides(liveCount: number): void {
  for (let i = 0; i < liveCount; i++) lengthByState[live[i] ?? 0] = Infinity
  const lengths = lengthByState
  lengthByState = nextLengthByState
  nextLengthByState = lengths
  const states = live
  live = nextLive
  nextLive = states
}
