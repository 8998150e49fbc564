import { AppError } from '../../kernel/errors.ts'
import { budgetOf, type Budget } from '../../kernel/budget.ts'
import { seededRandom } from '../../kernel/random.ts'
import { distanceBound, fewestRoutes } from './bounds.ts'
import { checkDelivery } from './check-delivery.ts'
import { exactPlan, type ExactPlan } from './exact-plan.ts'
import { withFewerRoutes } from './fewer-routes.ts'
import { modelOf, modelWithout, type Model } from './model.ts'
import type { PlanSnapshot } from './plan-state.ts'
import { resultRoutes, unservedStops } from './result.ts'
import { firstPlan, improvedPlan, isBetter, type Search } from './search.ts'
import { singleRoute, type BoundedPlan } from './single-route.ts'
import type { DeliverProblem, DeliverResult, PlanOptions } from './types.ts'

/** Search steps when none are asked for, by the kind of problem: about a second for 100 stops, few for 1,000. */
const ruinsPerStop = 300
const kicksPerStop = 200
const mostKicks = 40_000
/** A ruin looks at every stop, so many stops get fewer ruins: together about this many looks, but never too few. */
const mostLooks = 6_000_000
const fewestRuins = 2_000
/** Where only a budget of unknown length is given, the first cooling is this much shorter than usual. */
const firstCoolingShare = 16
/** Share of the steps that looking for fewer routes may take. */
const reductionShare = 0.4

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
  const { plan, lowerBound, reach } = planned(model, options)
  const routes = resultRoutes(problem, model, plan.routes)
  const total = plan.routes.reduce((sum, route) => sum + route.distance, 0)
  const isFewest = !model.fewestFirst || plan.routes.length === fewestRoutes(model)
  const bound = Math.min(total, lowerBound)
  return {
    id: problem.id,
    routes,
    distance: total / model.scale,
    lowerBound: bound / model.scale,
    optimal: bound === total && plan.absent.length === 0 && isFewest,
    unserved: inOrder(problem, [...unserved, ...unservedStops(problem, model, { ...plan, reach })]),
    ms: (options.now?.() ?? 0) - startedMs,
  }
}

function inOrder(problem: DeliverProblem, unserved: DeliverResult['unserved']): DeliverResult['unserved'] {
  const rank = new Map(problem.stops.map((stop, i) => [stop.id, i]))
  return unserved.slice().sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0))
}

function planned(model: Model, options: PlanOptions): BoundedPlan & Partial<Pick<ExactPlan, 'reach'>> {
  if (model.size < 2) return { plan: { routes: [], absent: [], distance: 0 }, lowerBound: 0 }
  const exact = exactPlan(model)
  if (exact) return exact
  const random = seededRandom(options.seed ?? 1)
  const stops = model.size - 1
  const budgetFor = (iterations: number): Budget =>
    options.budget ?? budgetOf({ iterations, isCancelled: options.isCancelled })
  const single = singleRoute(model, {
    random,
    budget: budgetFor(options.iterations ?? Math.min(mostKicks, kicksPerStop * stops)),
  })
  if (single) return single
  const usual = Math.min(ruinsPerStop * Math.max(stops, 20), Math.max(fewestRuins, Math.ceil(mostLooks / stops)))
  const plan = searched(
    model,
    { random, ...searchLimits(options, usual) },
    Math.round((options.iterations ?? usual) * reductionShare),
  )
  const isWhole = model.distance.every(Number.isInteger)
  const bound = distanceBound(plan.absent.length === 0 ? model : modelWithout(model, plan.absent))
  return { plan, lowerBound: Math.min(plan.distance, isWhole ? Math.ceil(bound - 1e-6) : bound) }
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

/** `reducing`: most steps that looking for fewer routes may take. */
function searched(model: Model, search: Search, reducing: number): PlanSnapshot {
  const first = firstPlan(model, search.random)
  if (!model.fewestFirst || first.absent.length > 0) {
    return improvedPlan(model, first, { ...search, mostRoutes: Infinity })
  }
  const fewer = withFewerRoutes(model, first, { ...search, most: reducing })
  const improved = improvedPlan(model, fewer, { ...search, mostRoutes: fewer.routes.length })
  return isBetter(improved, fewer) ? improved : fewer
}
