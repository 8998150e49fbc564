import { modelOf, type Model } from './model.ts'
import type { DeliverProblem, DeliverResult, DeliveryRoute } from './types.ts'
import { wishesOf } from './wishes/wish-model.ts'
import { DayCosts, type Day } from './wishes/wish-plan.ts'

/** A place in a plan: number of the route (one more than there are = a vehicle that stands) and of the stop in it. */
export interface StopPlace {
  readonly route: number
  readonly position: number
}

/** In the result's units: what all routes together would be longer and take longer on the road. */
export interface MoreWay {
  readonly distance: number
  readonly timeS: number
}

/**
 * Why a stop is served where it is. `detour`: what it adds to its route. `elsewhere`: the best other place with all
 * other stops as they are, and what it costs more (below 0 = the plan could still be better); undefined when no rule
 * leaves another place.
 */
export interface StopReason {
  readonly stop: string
  readonly here: StopPlace
  readonly detour: MoreWay
  readonly elsewhere?: (StopPlace & MoreWay) | undefined
}

/**
 * Answers for one stop of a plan; undefined when the plan does not serve it. Cost O(stops^2).
 */
export function whyHere(problem: DeliverProblem, result: DeliverResult, stop: string): StopReason | undefined {
  const { model } = modelOf(problem)
  const costs = new DayCosts(model, wishesOf(problem, model))
  const nodeOf = new Map(model.stops.map((index, i) => [problem.stops[index]?.id ?? '', i + 1]))
  const days = result.routes.map((route) => dayOf(costs, nodeOf, route))
  const node = nodeOf.get(stop) ?? -1
  const route = days.findIndex(({ nodes }) => nodes.includes(node))
  const day = days[route]
  if (!day) return undefined
  const at = day.nodes.indexOf(node)
  const rest = costs.dayOf(day.kind, day.nodes.toSpliced(at, 1))
  const here = { route, position: stopsBefore(day, at) }
  const detour = { distance: day.way - rest.way, timeS: timeOf(model, day) - timeOf(model, rest) }
  let best: { place: StopPlace; cost: number; more: MoreWay } | undefined
  const weigh = (index: number, before: Day): void => {
    for (let i = 0; i <= before.nodes.length; i++) {
      const after = costs.dayOf(before.kind, before.nodes.toSpliced(i, 0, node))
      if (after.cost === Infinity || after.nodes.join() === day.nodes.join()) continue
      const cost = after.cost - before.cost - (day.cost - rest.cost)
      if (cost >= (best?.cost ?? Infinity)) continue
      const more = {
        distance: after.way - before.way - detour.distance,
        timeS: timeOf(model, after) - timeOf(model, before) - detour.timeS,
      }
      best = { place: { route: index, position: stopsBefore(after, i) }, cost, more }
    }
  }
  if (rest.cost < Infinity) {
    days.forEach((other, index) => weigh(index, index === route ? rest : other))
    model.kinds.forEach(({ count }, kind) => {
      const isLeft = days.filter((other) => other.kind === kind).length < count
      if (isLeft && rest.nodes.length > 0) weigh(days.length, costs.dayOf(kind, []))
    })
  }
  const shown = ({ distance, timeS }: MoreWay): MoreWay => ({
    distance: distance / model.scale,
    timeS: timeS / model.scale,
  })
  return { stop, here, detour: shown(detour), elsewhere: best && { ...best.place, ...shown(best.more) } }
}

function dayOf(costs: DayCosts, nodeOf: ReadonlyMap<string, number>, route: DeliveryRoute): Day {
  const kind = costs.model.kinds.findIndex(({ id }) => id === route.vehicle)
  const reloads = new Set(route.reloadsAfter)
  const nodes = route.stops.flatMap((id, i) => [nodeOf.get(id) ?? -1, ...(reloads.has(i) ? [0] : [])])
  return costs.dayOf(kind, nodes)
}

const stopsBefore = ({ nodes }: Day, at: number): number => nodes.slice(0, at).filter((node) => node !== 0).length

function timeOf({ time, size, kinds }: Model, { kind, nodes }: Day): number {
  let sum = 0
  let left = 0
  for (const node of [...nodes, ...(nodes.length > 0 && kinds[kind]?.returns !== false ? [0] : [])]) {
    sum += time[left * size + node] ?? 0
    left = node
  }
  return sum
}
