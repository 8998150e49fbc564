import { afterAll, describe, expect, test } from 'vitest'
import { verifyRoutes } from '../../src-main/engines/delivery/index.ts'
import { verifyPacking } from '../../src-main/engines/packing/index.ts'
import { verifyTour } from '../../src-main/engines/picking/index.ts'
import type { Planners, PlanOptions } from '../../src-main/ports/planners.ts'
import {
  batchProblems,
  deliverProblems,
  packingProblem,
  scarceProblem,
  tourProblems,
  walkFloor,
} from './planner-problems.ts'

/** A plan as text, without the only fields that may differ. */
export const bytesOf = (plan: unknown): string =>
  JSON.stringify(plan, (key, value: unknown) => (key === 'ms' ? undefined : value))

/** Every call of a Planners with small problems, as text. */
export async function plansOf(planners: Planners, options?: PlanOptions): Promise<Record<string, string>> {
  return {
    pack: bytesOf(await planners.pack(packingProblem(24), options)),
    scarce: bytesOf(await planners.pack(scarceProblem(12), options)),
    tours: bytesOf(await planners.tours(tourProblems, options)),
    batches: bytesOf(await planners.batches(batchProblems, options)),
    deliveries: bytesOf(await planners.deliveries(deliverProblems, options)),
    walk: bytesOf(await planners.walk(walkFloor, [[0, 0], [2, 50], [2, 150], [4, 0]])), // prettier-ignore
  }
}

/** What every adapter of the `Planners` port promises. */
export function plannersSuite(name: string, makePlanners: () => Planners): void {
  describe(name, () => {
    const planners = makePlanners()
    afterAll(() => planners.close())
    planTests(planners)
    failureTests(planners)
  })
}

function planTests(planners: Planners): void {
  test('the same seed gives the same plans, byte for byte but for the ms; without one the seed is 1', async () => {
    expect(await plansOf(planners)).toEqual(await plansOf(planners, { seed: 1 }))
  })

  test('plans hold: nothing overlaps, tours visit all picks, routes serve all stops', async () => {
    const problem = packingProblem(10)
    expect(verifyPacking(problem, await planners.pack(problem))).toEqual([])
    const tours = await planners.tours(tourProblems)
    expect(tours.flatMap((tour, at) => verifyTour(tourProblems[at]!, tour))).toEqual([])
    const routes = await planners.deliveries(deliverProblems)
    expect(routes.flatMap((plan, at) => verifyRoutes(deliverProblems[at]!, plan))).toEqual([])
  })

  test('results come in the order of the problems', async () => {
    const { orders } = await planners.pack(packingProblem(25))
    expect(orders.map((order) => order.id)).toEqual(packingProblem(25).orders.map((order) => order.id))
    const tours = await planners.tours(tourProblems)
    expect(tours.map((tour) => tour.id)).toEqual(tourProblems.map((problem) => problem.id))
  })

  test('totals are those of all orders', async () => {
    const { orders, totals } = await planners.pack(packingProblem(25))
    const parcels = orders.flatMap((order) => order.parcels)
    const outerCm3 = parcels.reduce((sum, parcel) => sum + parcel.outerCm3, 0)
    expect(totals).toMatchObject({ parcels: parcels.length, outerCm3, unpacked: 0 })
  })

  test('limited cartons are counted over the whole problem', async () => {
    const { orders, totals } = await planners.pack(scarceProblem(12))
    const used = orders.flatMap((order) => order.parcels.map((parcel) => parcel.carton))
    for (const code of ['M', 'L']) expect(used.filter((carton) => carton === code).length).toBeLessThanOrEqual(2)
    expect(totals.unpacked).toBeGreaterThan(0)
  })

  test('nothing to plan is a plan', async () => {
    expect(await planners.pack(packingProblem(0))).toMatchObject({ orders: [], totals: { parcels: 0 } })
    expect(await planners.tours([])).toEqual([])
    expect(await planners.batches([])).toEqual([])
    expect(await planners.deliveries([])).toEqual([])
  })

  test('a walk names each corner once and says how long it is', async () => {
    const walked = await planners.walk(walkFloor, [[0, 0], [1, 100], [1, 40]]) // prettier-ignore
    expect(walked.length).toBe(30 + 100 + 60)
    expect(walked.points.at(0)).toEqual([0, 0])
    expect(walked.points.at(-1)).toEqual([30, 40])
    const repeated = walked.points.filter((point, at) => String(point) === String(walked.points[at - 1]))
    expect(repeated).toEqual([])
  })

  test('a time limit ends the search with a plan that holds', async () => {
    const [plan] = await planners.deliveries(deliverProblems.slice(0, 1), { budgetMs: 30 })
    expect(verifyRoutes(deliverProblems[0]!, plan!)).toEqual([])
  })
}

function failureTests(planners: Planners): void {
  test('a problem that breaks its form is refused with the place, and the next call works', async () => {
    const problem = { ...tourProblems[0]!, start: [9, 0] as const }
    await expect(planners.tours([...tourProblems, problem])).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      details: { path: `problems[${tourProblems.length}].start` },
    })
    expect(await planners.tours(tourProblems.slice(0, 1))).toHaveLength(1)
  })

  test('cancelling before the start plans nothing', async () => {
    const isCancelled = (): boolean => true
    await expect(planners.pack(packingProblem(5), { isCancelled })).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    await expect(planners.deliveries(deliverProblems, { isCancelled })).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
  })

  test('cancelling under way ends the call, and the next call works', async () => {
    let asked = 0
    const isCancelled = (): boolean => ++asked > 2
    const long = planners.deliveries(deliverProblems, { isCancelled, budgetMs: 20_000 })
    await expect(long).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    expect(await planners.tours(tourProblems.slice(0, 1))).toHaveLength(1)
  })

  test('progress rises and ends at the whole', async () => {
    const told: (readonly [number, number])[] = []
    await planners.tours(tourProblems, { onProgress: (done, total) => told.push([done, total]) })
    const done = told.map(([each]) => each)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(told.at(-1)).toEqual([tourProblems.length, tourProblems.length])
  })

  test('a search for batches tells how far it is in whole steps that rise and end at the whole', async () => {
    for (const options of [{}, { budgetMs: 300 }]) {
      const told: (readonly [number, number])[] = []
      await planners.batches(batchProblems, { ...options, onProgress: (done, total) => told.push([done, total]) })
      const done = told.map(([each]) => each)
      const total = 100 * batchProblems.length
      expect(done).toEqual(done.toSorted((a, b) => a - b))
      expect(done.every((each) => Number.isInteger(each))).toBe(true)
      expect(told.length).toBeGreaterThan(1)
      expect(told.every(([, of]) => of === total)).toBe(true)
      expect(told.at(-1)).toEqual([total, total])
    }
  })

  test('a search for batches that is cancelled under way ends, and the next call works', async () => {
    let told = 0
    const options = { budgetMs: 20_000, onProgress: () => told++, isCancelled: () => told > 0 }
    await expect(planners.batches(batchProblems, options)).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    expect(await planners.batches(batchProblems)).toHaveLength(batchProblems.length)
  })
}
