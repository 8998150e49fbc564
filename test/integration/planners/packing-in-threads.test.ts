import { afterAll, expect, test } from 'vitest'
import { workerPlanners } from '../../../src-main/adapters/planners/worker-planners.ts'
import { planPacking, type PackingProblem } from '../../../src-main/engines/packing/index.ts'
import { packingProblem } from '../../contract/planner-problems.ts'

const planners = workerPlanners({ threads: 2 })
afterAll(() => planners.close())

test('many orders are told order by order up to the last, and are planned as in one piece', async () => {
  const problem = packingProblem(200)
  const told: number[] = []
  const { orders } = await planners.pack(problem, { onProgress: (done) => told.push(done) })
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(200)
  const plain = ({ orders: planned }: Pick<ReturnType<typeof planPacking>, 'orders'>): unknown =>
    planned.map(({ ms: _ms, ...order }) => order)
  expect(plain({ orders })).toEqual(plain(planPacking(problem)))
})

test('packing that is cancelled under way ends, and the next call works', async () => {
  const long: PackingProblem = packingProblem(20_000)
  let told = 0
  const planned = planners.pack(long, { onProgress: () => told++, isCancelled: () => told > 0 })
  await expect(planned).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
  expect((await planners.pack(packingProblem(3))).orders).toHaveLength(3)
})
