import { AppError } from '../../kernel/errors.ts'
import { budgetOf } from '../../kernel/budget.ts'
import { seededRandom } from '../../kernel/random.ts'
import { distanceBound, fewestRoutes } from './bounds.ts'
import { checkDelivery } from './check-delivery.ts'
import { exactPlan } from './exact-plan.ts'
import { withFewerRoutes } from './fewer-routes.ts'
import { modelOf, modelWithout, type Model } from './model.ts'
import type { PlanSnapshot } from './plan-state.ts'
import { plannedRoute, resultRoutes, unservedStops, type PlannedRoutes } from './result.ts'
import { firstPlan, improvedPlan, isBetter, type Search } from './search.ts'
import { singleRoute } from './single-route.ts'
import type { DeliverProblem, DeliverResult, PlanOptions } from './types.ts'
import { hasWishes, wishesOf, type Wishes } from './wishes/wish-model.ts'
import { DayCosts } from './wishes/wish-plan.ts'
import { wishfulPlan, type WishPlan } from './wishes/wish-search.ts'

/** Search steps when none are asked for, by the kind of problem: about a second for 100 stops. */
const ruinsPerStop = 800
const kicksPerStop = 200
const mostKicks = 40_000
/** A ruin looks at every stop, so many stops get fewer ruins: together about this many looks, but never too few. */
const mostLooks = 20_000_000
const fewestRuins = 2_000
/** Where only a budget of unknown length is given, the first cooling is this much shorter than usual. */
const firstCoolingShare = 16
/** A step with wishes takes about this many times as long as one without, or more. */
const wishfulShare = 16
/** Routes with more stops than this are long; the share of the budget before a route less is tried; steps for that. */
const longRoute = 12
const firstShare = 0.65
const mostReducing = 4_000
/** Share of the steps that looking for fewer routes may take. */
const reductionShare = 0.4

type ResultOf = (plan: PlannedRoutes) => DeliverResult
type TellingOptions = PlanOptions & { readonly tell: ((plan: PlannedRoutes) => void) | undefined }

/**
 * Plans which vehicle serves which stops in which order: as many stops as possible, then (when asked) as few routes as
 * can be found, then the least distance. Up to eight stops are solved exactly, one vehicle without capacity and windows
 * as a travelling-salesman problem, everything else by ruin and recreate. What cannot be served is data (`unserved`, with the reason).
 *
 * Routes come in the order of the vehicles and, within a kind, of their first stops in the problem. Distances are in
 * the metric's unit, arrivals in seconds (or the metric's unit without a speed), counted like the windows. Same
 * problem, seed and budget: same result. Throws ERR_INPUT_INVALID (`path`, `expected`). Cost: the budget's steps,
 * each about O(10 * stops). Sources: README.md of this folder.
 */
export function planRoutes(problem: DeliverProblem, options: PlanOptions = {}): DeliverResult {
  const startedMs = options.now?.() ?? 0
  const issue = checkDelivery(problem)
  if (issue) throw new AppError('ERR_INPUT_INVALID', { path: issue.path, expected: issue.expected })
  const { model, unserved } = modelOf(problem)
  const resultOf: ResultOf = ({ routes, absent, lowerBound, isBest, reach }) => {
    const total = routes.reduce((sum, { distance }) => sum + distance, 0)
    const left = unservedStops(problem, model, { kinds: routes.map(({ kind }) => kind), absent, reach })
    return {
      id: problem.id,
      routes: resultRoutes(problem, model, routes),
      distance: total / model.scale,
      lowerBound: Math.min(total, lowerBound) / model.scale,
      optimal: isBest && lowerBound >= total && absent.length === 0,
      unserved: inOrder(problem, [...unserved, ...left]),
      ms: (options.now?.() ?? 0) - startedMs,
    }
  }
  const tell = options.onPlan && ((plan: PlannedRoutes) => options.onPlan?.(resultOf(plan)))
  return resultOf(
    hasWishes(problem) ? wished(problem, model, { ...options, tell }) : planned(model, { ...options, tell }),
  )
}

function inOrder(problem: DeliverProblem, unserved: DeliverResult['unserved']): DeliverResult['unserved'] {
  const rank = new Map(problem.stops.map((stop, i) => [stop.id, i]))
  return unserved.slice().sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0))
}

function planned(model: Model, { tell, ...options }: TellingOptions): PlannedRoutes {
  if (model.size < 2) return { routes: [], absent: [], lowerBound: 0, isBest: true }
  const exact = exactPlan(model)
  if (exact) return { ...routesOf(model, exact.plan), lowerBound: exact.lowerBound, reach: exact.reach }
  const random = seededRandom(options.seed ?? 1)
  const stops = model.size - 1
  const single = singleRoute(model, {
    random,
    budget:
      options.budget ??
      budgetOf({
        iterations: options.iterations ?? Math.min(mostKicks, kicksPerStop * stops),
        isCancelled: options.isCancelled,
      }),
  })
  if (single) return { ...routesOf(model, single.plan), lowerBound: single.lowerBound }
  const usual = usualRuins(stops)
  const plan = searched(
    model,
    {
      random,
      ...searchLimits(options, usual),
      onBetter: (better) => tell?.({ ...routesOf(model, better), lowerBound: 0 }),
    },
    Math.round((options.iterations ?? usual) * reductionShare),
  )
  return { ...routesOf(model, plan), lowerBound: boundOf(model, plan.absent, plan.distance) }
}

const usualRuins = (stops: number): number =>
  Math.min(ruinsPerStop * Math.max(stops, 20), Math.max(fewestRuins, Math.ceil(mostLooks / stops)))

function routesOf(model: Model, { routes, absent }: PlanSnapshot): Omit<PlannedRoutes, 'lowerBound'> {
  const isBest = !model.fewestFirst || routes.length === fewestRoutes(model)
  return { routes: routes.map((route) => plannedRoute(model, route)), absent, isBest }
}

/** A bound on the distance of plans that leave the same stops out, at most `distance`. */
function boundOf(model: Model, absent: readonly number[], distance: number): number {
  const isWhole = model.distance.every(Number.isInteger)
  const bound = distanceBound(absent.length === 0 ? model : modelWithout(model, absent))
  return Math.min(distance, isWhole ? Math.ceil(bound - 1e-6) : bound)
}

/** Every trip a vehicle of its own: no plan with the wishes is shorter than the best without. */
function withoutWishes(model: Model, { trips }: Wishes): Model {
  const kinds = model.kinds.map((kind, k) => ({ ...kind, count: kind.count * (trips[k] ?? 1) }))
  return { ...model, kinds, fewestFirst: false }
}

/** What has wishes is never proven unless they cost nothing and the way is as short as the bound without them. */
function wished(problem: DeliverProblem, model: Model, { tell, ...options }: TellingOptions): PlannedRoutes {
  const wishes = wishesOf(problem, model)
  const isPlainCost = wishes.balance === 0 && wishes.compactness === 0 && !model.fewestFirst
  const costs = new DayCosts(model, wishes)
  const answer = ({ days, absent }: WishPlan, lowerBound: (distance: number) => number): PlannedRoutes => ({
    routes: days.map((day) => costs.routeOf(day)),
    absent,
    lowerBound: lowerBound(days.reduce((sum, { way }) => sum + way, 0)),
    isBest: isPlainCost && days.every(({ price }) => price === 0),
  })
  const iterations = options.iterations ?? Math.ceil(usualRuins(model.size - 1) / wishfulShare)
  const plan = wishfulPlan(costs, {
    random: seededRandom(options.seed ?? 1),
    budget: options.budget ?? budgetOf({ iterations, isCancelled: options.isCancelled }),
    onBetter: (better) => tell?.(answer(better, () => 0)),
  })
  const free = plan.absent.length === 0 ? exactPlan(withoutWishes(model, wishes)) : undefined
  const exact = free?.plan.absent.length === 0 ? free.lowerBound : 0
  return answer(plan, (distance) => Math.max(Math.min(exact, distance), boundOf(model, plan.absent, distance)))
}

/** One cooling over the whole budget where it knows how far it is, else coolings that double. */
function searchLimits(options: PlanOptions, usual: number): Omit<Search, 'random'> {
  const { budget, isCancelled } = options
  const iterations = options.iterations ?? usual
  if (budget === undefined) return { budget: budgetOf({ iterations, isCancelled }), growth: 1 }
  if (options.iterations !== undefined) return { budget, iterations, growth: 1 }
  if (budget.share !== undefined) return { budget, growth: 1 }
  return { budget, iterations: Math.ceil(usual / firstCoolingShare), growth: 2 }
}

/**
 * One cooling; where routes with windows are few and long, the end of the budget goes into a plan with one route less: annealing
 * seldom takes a long route apart, and the right number of them is worth more than all else.
 */
function shortest(
  model: Model,
  first: PlanSnapshot,
  search: Search & { readonly onBetter: (plan: PlanSnapshot) => void },
): PlanSnapshot {
  const isLong = model.hasWindows && model.size - 1 > longRoute * first.routes.length
  const canShare = isLong && search.iterations === undefined && search.budget.share !== undefined
  const plan = improvedPlan(model, first, { ...search, mostRoutes: Infinity, until: canShare ? firstShare : 1 })
  if (!canShare || plan.absent.length > 0 || plan.routes.length <= fewestRoutes(model)) {
    return canShare ? improvedPlan(model, plan, { ...search, mostRoutes: Infinity }) : plan
  }
  const mostRoutes = plan.routes.length - 1
  const fewer = withFewerRoutes(model, plan, { ...search, most: mostReducing, fewest: mostRoutes })
  const from = fewer.routes.length === mostRoutes ? fewer : plan
  const other = improvedPlan(model, from, { ...search, mostRoutes: from === fewer ? mostRoutes : Infinity })
  return isBetter(other, plan) ? other : plan
}

/** `reducing`: most steps that looking for fewer routes may take. */
function searched(
  model: Model,
  search: Search & { readonly onBetter: (plan: PlanSnapshot) => void },
  reducing: number,
): PlanSnapshot {
  const first = firstPlan(model, search.random)
  search.onBetter(first)
  if (!model.fewestFirst || first.absent.length > 0) return shortest(model, first, search)
  const fewer = withFewerRoutes(model, first, { ...search, most: reducing })
  const improved = improvedPlan(model, fewer, { ...search, mostRoutes: fewer.routes.length })
  return isBetter(improved, fewer) ? improved : fewer
}
