import process from 'node:process'
import fc from 'fast-check'
import { planRoutes, verifyRoutes, type DeliverProblem } from '../../../src-main/engines/delivery/index.ts'
import { bestPlan, driver } from '../../property/engines/delivery/brute-force.ts'
import { deliverProblems, matrixProblems, wishfulProblems } from '../../property/engines/delivery/problems.ts'

/**
 * `node test/quality/delivery/random-cases.ts [cases] [seed]`: plans that many random problems of every kind (a million
 * without a number) and counts plans that break a rule by `verifyRoutes`, are better than the best of all plans, or are
 * called optimal and are not. Exit 1 when one does; its problem is printed.
 */
const cases = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 1)
const perRun = 5_000

const kinds = [
  { name: 'plain', problems: deliverProblems(16), share: 0.3, isProved: false },
  { name: 'matrix', problems: matrixProblems(10), share: 0.3, isProved: false },
  { name: 'wishes', problems: wishfulProblems(9), share: 0.2, isProved: false },
  { name: 'tiny', problems: matrixProblems(4), share: 0.2, isProved: true },
]

function faultOf(problem: DeliverProblem, isProved: boolean, number: number): string | undefined {
  const result = planRoutes(problem, { seed: number, iterations: 20 })
  const [fault] = verifyRoutes(problem, result)
  if (fault) return JSON.stringify(fault)
  if (!isProved) return undefined
  const ways = (problem.matrix ?? []).map((row) => row.map((way) => way ?? Infinity))
  const times = problem.times?.map((row) => row.map((way) => way ?? Infinity)) ?? ways
  const best = bestPlan(problem, driver(problem, { lengths: ways, times }))
  const served = problem.stops.length - result.unserved.length
  if (served !== best.served) return `served ${served}, could serve ${best.served}`
  const isShorter = problem.objective === 'distance' && result.distance < best.distance
  if (isShorter) return `distance ${result.distance} below the least, ${best.distance}`
  return result.optimal && result.distance !== best.distance
    ? `optimal at ${result.distance}, not ${best.distance}`
    : undefined
}

let done = 0
let broken = 0
for (const { name, problems, share, isProved } of kinds) {
  const wanted = Math.round(cases * share)
  for (let from = 0; from < wanted; from += perRun) {
    const numRuns = Math.min(perRun, wanted - from)
    for (const problem of fc.sample(problems, { numRuns, seed: seed * 1_000_003 + from })) {
      const fault = faultOf(problem, isProved, done++)
      if (fault === undefined) continue
      broken++
      console.error(`${name}: ${fault}\n${JSON.stringify(problem)}`)
    }
  }
  console.log(`${name}: ${wanted} cases, ${broken} broken so far, ${Math.round(process.cpuUsage().user / 1e6)} CPU-s`)
}
process.exitCode = broken > 0 ? 1 : 0
