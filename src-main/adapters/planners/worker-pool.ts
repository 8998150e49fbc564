import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../kernel/errors.ts'
import type { EngineCall, EngineOutputs } from './engine-calls.ts'
import { tellWhere } from './planner-events.ts'
import { isFlagged, type PlannerAnswer, type PlannerRequest, receivedFailure } from './planner-messages.ts'

interface Job {
  readonly request: PlannerRequest
  readonly onProgress: (done: number, total: number) => void
  readonly resolve: (output: EngineOutputs[EngineCall]) => void
  readonly reject: (error: AppError) => void
}

/** The thread's entry: as TypeScript beside us in the source tree, as JavaScript beside or above us in a bundle. */
function workerEntry(): URL {
  const places = ['./planner-worker.ts', './planner-worker.js', '../planner-worker.js']
  const entry = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url))
  if (!entry) throw new AppError('ERR_PLANNER_FAILED', { missing: 'planner-worker' })
  return entry
}

/** Room for short-lived objects, MB: left to itself it grows to three times the memory of the plans, and gains no speed. */
const youngMb = 48

/**
 * Up to `size` threads, started when first needed and kept. A thread takes one request at a time; the
 * rest waits its turn. A thread that dies fails its request with ERR_PLANNER_FAILED and is replaced by
 * the next one. Idle threads do not keep the process alive.
 */
export class WorkerPool {
  readonly #size: number
  readonly #entry: URL
  readonly #idle: Worker[] = []
  readonly #busy = new Map<Worker, Job>()
  readonly #waiting: Job[] = []
  #isClosed = false

  constructor(size: number, entry: URL = workerEntry()) {
    this.#size = size
    this.#entry = entry
  }

  run(request: PlannerRequest, onProgress: Job['onProgress']): Promise<EngineOutputs[EngineCall]> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new AppError('ERR_PLANNER_FAILED', { closed: true }))
      this.#waiting.push({ request, onProgress, resolve, reject })
      this.#startNext()
    })
  }

  /** Ends the threads that still work under a raised flag: for those who did not look at it in time. */
  terminateCancelled(): void {
    for (const [worker, job] of this.#busy) if (isFlagged(job.request.cancelFlag)) void worker.terminate()
  }

  /** Ends all threads; what they were doing fails. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const job of this.#waiting.splice(0)) job.reject(new AppError('ERR_PLANNER_FAILED', { closed: true }))
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()))
  }

  #startNext(): void {
    while (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#busy.size < this.#size)) {
      const job = this.#waiting.shift()
      if (!job) return
      if (isFlagged(job.request.cancelFlag)) {
        job.reject(new AppError('ERR_CANCELLED'))
        continue
      }
      const worker = this.#idle.pop() ?? this.#newWorker()
      this.#busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.request)
    }
  }

  #newWorker(): Worker {
    const worker = new Worker(this.#entry, { resourceLimits: { maxYoungGenerationSizeMb: youngMb } })
    worker.on('message', (answer: PlannerAnswer) => this.#answered(worker, answer))
    worker.on('messageerror', () => void worker.terminate())
    worker.on('error', (cause) => this.#lost(worker, cause))
    worker.on('exit', () => this.#lost(worker))
    return worker
  }

  #answered(worker: Worker, answer: PlannerAnswer): void {
    const job = this.#busy.get(worker)
    if (!job) return
    if (answer.kind === 'progress') return job.onProgress(answer.done, answer.total)
    this.#busy.delete(worker)
    this.#idle.push(worker)
    worker.unref()
    if (answer.kind === 'done') {
      tellWhere({ call: job.request.call, threadId: answer.threadId })
      job.resolve(answer.output)
    } else job.reject(receivedFailure(answer.failure))
    this.#startNext()
  }

  /** Comes once for a death by error (then `exit` finds nothing left to do), once for any other end. */
  #lost(worker: Worker, cause?: unknown): void {
    const at = this.#idle.indexOf(worker)
    if (at !== -1) this.#idle.splice(at, 1)
    const job = this.#busy.get(worker)
    this.#busy.delete(worker)
    if (job) {
      const isCancelled = isFlagged(job.request.cancelFlag)
      const { call } = job.request
      job.reject(isCancelled ? new AppError('ERR_CANCELLED') : new AppError('ERR_PLANNER_FAILED', { call }, { cause }))
    }
    if (!this.#isClosed) this.#startNext()
  }
}
