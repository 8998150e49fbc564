/**
 * The states of a half-swept floor. A state says, for each point on the frontier, whether it has been walked to
 * an odd or an even number of times or not at all, which of those points hang together, and whether the tour is
 * already closed behind the frontier. Ratliff and Rosenthal's seven classes (1983) are the states of two points.
 *
 * States and the steps between them do not depend on lengths. They are therefore numbered once, on first use, and
 * every step is a table from state number to state number.
 */

/** How often a point has been walked to: not at all, an odd number of times, an even number of times above 0. */
const untouched = 0
const odd = 1
const even = 2

/** One point of the frontier: its degree class, and the label of its component (0 when untouched). */
interface Point {
  readonly degree: number
  readonly component: number
}

interface State {
  readonly points: readonly Point[]
  readonly isClosed: boolean
}

const states: State[] = []
const numberByKey = new Map<string, number>()

/** What leaving the frontier asks of a point. */
export const leaving = { not: 0, even: 1, evenTouched: 2, odd: 3 } as const
export type Leaving = (typeof leaving)[keyof typeof leaving]

/**
 * How the stretch between two points is walked: not at all; once; twice; from the first point to the last place
 * and back; from the second point to the first place and back; from both, leaving out the largest gap.
 */
export const stretch = { none: 0, once: 1, twice: 2, fromFirst: 3, fromSecond: 4, fromBoth: 5 } as const
export type Stretch = (typeof stretch)[keyof typeof stretch]

/** A step: stretch between the point `at` and its successor, which may be new; then `at` may leave. */
export interface StepShape {
  readonly at: number
  readonly isSuccessorNew: boolean
  /** None = nothing is walked, only the point leaves. */
  readonly stretch: Stretch | undefined
  readonly leaving: Leaving
}

/** A step as a table: `to[state]` is the next state, `impossible`, or `unknown` until asked for. */
export interface Step {
  readonly shape: StepShape
  to: Int32Array
}

export const impossible = -2
const unknown = -1
const steps: (Step | undefined)[] = []

/** The numbered table of a step; the same shape gives the same object. */
export function stepOf(shape: StepShape): Step {
  const walked = shape.stretch ?? 6
  const key = ((shape.at * 2 + (shape.isSuccessorNew ? 1 : 0)) * 7 + walked) * 4 + shape.leaving
  const known = steps[key]
  if (known) return known
  const made: Step = { shape, to: new Int32Array(64).fill(unknown) }
  steps[key] = made
  return made
}

/** The state after the step, or a negative number when the step is impossible there. */
export function after(step: Step, state: number): number {
  if (state >= step.to.length) grow(step, state)
  const known = step.to[state] ?? unknown
  if (known !== unknown) return known
  const from = states[state]
  const next = from ? taken(from, step.shape) : undefined
  const number = next ? numberOf(next) : impossible
  step.to[state] = number
  return number
}

/** The state of a frontier of untouched points before anything was walked. */
export function untouchedFrontier(pointCount: number): number {
  const points = Array.from({ length: pointCount }, () => ({ degree: untouched, component: 0 }))
  return numberOf({ points, isClosed: false })
}

/** True for the one good end: the frontier is empty and everything walked hangs together. */
export function isFinished(state: number): boolean {
  const known = states[state]
  return known !== undefined && known.points.length === 0 && known.isClosed
}

/** How many states have been numbered so far. */
export const numberedStates = (): number => states.length

function grow(step: Step, state: number): void {
  const larger = new Int32Array(Math.max(2 * step.to.length, state + 1)).fill(unknown)
  larger.set(step.to)
  step.to = larger
}

/** Components are renumbered by first appearance, so that equal frontiers are one state. */
function numberOf(state: State): number {
  const labels = new Map<number, number>()
  const points = state.points.map(({ degree, component }) => {
    if (degree === untouched) return { degree, component: 0 }
    const label = labels.get(component) ?? labels.size + 1
    labels.set(component, label)
    return { degree, component: label }
  })
  const key = points.map(({ degree, component }) => `${degree}.${component}`).join(' ') + (state.isClosed ? '!' : '')
  const known = numberByKey.get(key)
  if (known !== undefined) return known
  const made = states.push({ points, isClosed: state.isClosed }) - 1
  numberByKey.set(key, made)
  return made
}

function taken(state: State, shape: StepShape): State | undefined {
  const points = state.points.slice()
  if (shape.isSuccessorNew) points.splice(shape.at + 1, 0, { degree: untouched, component: 0 })
  const walked = shape.stretch ?? stretch.none
  if (walked !== stretch.none) {
    // A closed tour hangs together nowhere with what lies ahead: nothing more may be walked.
    if (state.isClosed) return undefined
    walkStretch(points, shape.at, walked)
  }
  if (shape.leaving === leaving.not) return { points, isClosed: state.isClosed }
  return withoutPoint({ points, isClosed: state.isClosed }, shape.at, shape.leaving)
}

function walkStretch(points: Point[], at: number, walked: Stretch): void {
  if (walked === stretch.fromFirst || walked === stretch.fromBoth) touch(points, at, 2)
  if (walked === stretch.fromSecond || walked === stretch.fromBoth) touch(points, at + 1, 2)
  if (walked !== stretch.once && walked !== stretch.twice) return
  touch(points, at, walked === stretch.once ? 1 : 2)
  touch(points, at + 1, walked === stretch.once ? 1 : 2)
  const kept = points[at]?.component ?? 0
  const merged = points[at + 1]?.component ?? 0
  points.forEach((point, i) => {
    if (point.degree !== untouched && point.component === merged) points[i] = { degree: point.degree, component: kept }
  })
}

/** Adds to a point's degree; an untouched point becomes a component of its own. */
function touch(points: Point[], at: number, times: 1 | 2): void {
  const point = points[at] ?? { degree: untouched, component: 0 }
  // Labels above the number of points are free: canonical labels never reach it.
  const component = point.degree === untouched ? points.length + 1 + at : point.component
  if (times === 2) points[at] = { degree: point.degree === untouched ? even : point.degree, component }
  else points[at] = { degree: point.degree === odd ? even : odd, component }
}

function withoutPoint(state: State, at: number, asked: Leaving): State | undefined {
  const point = state.points[at]
  if (!point || !isAllowedToLeave(point.degree, asked)) return undefined
  const points = state.points.filter((_, i) => i !== at)
  if (point.degree === untouched) return { points, isClosed: state.isClosed }
  const touched = points.filter(({ degree }) => degree !== untouched)
  if (touched.some(({ component }) => component === point.component)) return { points, isClosed: state.isClosed }
  // The component loses its last point: it must be the whole tour.
  return touched.length === 0 ? { points, isClosed: true } : undefined
}

function isAllowedToLeave(degree: number, asked: Leaving): boolean {
  if (asked === leaving.odd) return degree === odd
  return degree === even || (degree === untouched && asked === leaving.even)
}
