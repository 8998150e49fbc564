import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { pathToFileURL } from 'node:url'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { inProcessPlanners } from '../../src-main/adapters/planners/in-process-planners.ts'
import { workerPlanners } from '../../src-main/adapters/planners/worker-planners.ts'
import type { Planners } from '../../src-main/ports/planners.ts'
import { deliverProblems, packingProblem, tourProblems } from './planner-problems.ts'
import { plannersSuite, plansOf } from './planners-suite.ts'

plannersSuite('planners in process', inProcessPlanners)
plannersSuite('planners in one thread', () => workerPlanners({ threads: 1 }))
plannersSuite('planners in three threads', () => workerPlanners({ threads: 3 }))

/** The threads in which planning happened while `work` ran. */
async function threadsOf(work: () => Promise<unknown>): Promise<ReadonlySet<number>> {
  const threads = new Set<number>()
  const listen = (event: unknown): void => void threads.add((event as { threadId: number }).threadId) // planner-events.ts
  subscribe('backroom:planner', listen)
  await work()
  unsubscribe('backroom:planner', listen)
  return threads
}

describe('threads', () => {
  const planners = workerPlanners({ threads: 3 })
  afterAll(() => planners.close())

  test('a plan is the same in process and for any number of threads', async () => {
    const here = await plansOf(inProcessPlanners(), { seed: 3 })
    for (const workers of [1, 2, 3]) expect(await plansOf(planners, { seed: 3, workers })).toEqual(here)
  })

  test('planning runs in worker threads of this process, never in its main thread', async () => {
    expect([...(await threadsOf(() => inProcessPlanners().tours(tourProblems)))]).toEqual([0])
    const threads = await threadsOf(() => plansOf(planners))
    expect(threads.size).toBeGreaterThan(0)
    expect(threads).not.toContain(0)
  })

  test('a call takes no more threads than it was given', async () => {
    const fresh = workerPlanners({ threads: 3 })
    expect((await threadsOf(() => fresh.pack(packingProblem(60), { workers: 1 }))).size).toBe(1)
    await fresh.close()
  })

  test('calls made at the same time do not mix', async () => {
    const both = await Promise.all([planners.tours(tourProblems), planners.tours(tourProblems.toReversed())])
    expect(both[0].map((tour) => tour.id)).toEqual(both[1].map((tour) => tour.id).toReversed())
  })

  test('closing fails what is under way and refuses what comes later', async () => {
    const fresh = workerPlanners({ threads: 1 })
    const long = fresh.deliveries(deliverProblems, { budgetMs: 20_000 })
    const refused = expect(long).rejects.toMatchObject({ code: 'ERR_PLANNER_FAILED' })
    await fresh.close()
    await refused
    await expect(fresh.tours(tourProblems)).rejects.toMatchObject({ code: 'ERR_PLANNER_FAILED' })
  })
})

describe('a thread that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'planner-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Planners whose threads run this script; `received` is the request. */
  const withThread = (name: string, onRequest: string): Planners => {
    const file = join(folder, `${name}.mjs`)
    writeFileSync(
      file,
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', (received) => { ${onRequest} })`,
    )
    return workerPlanners({ threads: 1, entry: pathToFileURL(file) })
  }

  test.each([
    ['exits', 'process.exit(3)'],
    ['throws', "throw new Error('broken')"],
    ['rejects', "Promise.reject(new Error('broken'))"],
  ])(
    'that %s fails its call with ERR_PLANNER_FAILED, and the next call starts a fresh one',
    async (name, onRequest) => {
      const planners = withThread(
        name,
        `if (received.input.length === 1) { ${onRequest} } else answer(received)
      function answer() { parentPort.postMessage({ kind: 'done', output: [], threadId: 1 }) }`,
      )
      const doomed = tourProblems.slice(0, 1)
      await expect(planners.tours(doomed)).rejects.toMatchObject({
        code: 'ERR_PLANNER_FAILED',
        details: { call: 'tours' },
      })
      expect(await planners.tours(tourProblems.slice(0, 2), { workers: 1 })).toEqual([])
      await planners.close()
    },
  )

  test('that does not look at the flag is ended when the call is cancelled', async () => {
    const planners = withThread('deaf', 'for (;;) {}')
    let asked = 0
    const isCancelled = (): boolean => ++asked > 1
    await expect(planners.tours(tourProblems, { isCancelled })).rejects.toMatchObject({ code: 'ERR_CANCELLED' })
    await planners.close()
  })
})
