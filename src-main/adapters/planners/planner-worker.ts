// The entry of a planning thread. It waits for requests, runs the engines, and answers.
import { performance } from 'node:perf_hooks'
import { parentPort, threadId } from 'node:worker_threads'
import { type EngineRun, runEngine } from './engine-calls.ts'
import { isFlagged, type PlannerAnswer, type PlannerRequest, sentFailure } from './planner-messages.ts'

/** People see progress at most this often; more messages would only cost time. */
const msBetweenMessages = 50

const answer = (message: PlannerAnswer): void => parentPort?.postMessage(message)

function sparingly(report: EngineRun['onProgress']): EngineRun['onProgress'] {
  let lastMs = Number.NEGATIVE_INFINITY
  return (done, total) => {
    const now = performance.now()
    if (done < total && now - lastMs < msBetweenMessages) return
    lastMs = now
    report(done, total)
  }
}

parentPort?.on('message', (request: PlannerRequest) => {
  const { call, input, seed, budgetMs, from, cancelFlag } = request
  const isCancelled = (): boolean => isFlagged(cancelFlag)
  const onProgress = sparingly((done, total) => answer({ kind: 'progress', done, total }))
  try {
    answer({
      kind: 'done',
      output: runEngine(call, input, { seed, budgetMs, from, isCancelled, onProgress }),
      threadId,
    })
  } catch (error) {
    answer({ kind: 'failed', failure: sentFailure(error) })
  }
})
