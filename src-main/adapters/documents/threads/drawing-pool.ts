import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { receivedFailure, type DrawingAnswer, type DrawingRequest, type DrawingResult } from './drawing-messages.ts'

interface Job {
  readonly request: Omit<DrawingRequest, 'shared'>
  readonly shared: object | undefined
  readonly resolve: (answer: DrawingAnswer) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  job: Job | undefined
  /** What it was last sent to draw from. */
  holds: object | undefined
}

/** The thread's entry: as TypeScript beside us in the source tree, as JavaScript beside or above us in a bundle. */
function workerEntry(): URL {
  const places = ['./drawing-worker.ts', './drawing-worker.js', '../drawing-worker.js']
  const entry = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url))
  if (!entry) throw new DrawingThreadLost('the drawing thread is missing from this build')
  return entry
}

/** A thread ended over its paper, or could not be started: the paper itself may be as good as any. */
export class DrawingThreadLost extends Error {}

/**
 * What a thread may hold. Fonts and the paper at hand take 40 MB, with every script in use 120; without a limit a thread
 * would let several hundred MB of finished papers lie about before it cleans up.
 */
const memory = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 160 }
/** Idle threads end after this. */
const msIdle = 20_000

/**
 * Up to `size` drawing threads, started when first needed. A thread draws one paper at a time; the rest waits its turn.
 * A thread that dies fails its paper with DrawingThreadLost and is replaced by the next one. Idle threads do not keep the process alive.
 */
export class DrawingPool {
  readonly #size: number
  readonly #fontsFolder: string
  readonly #entry: URL | undefined
  readonly #threads = new Set<Thread>()
  readonly #waiting: Job[] = []
  readonly #ids = new WeakMap<object, number>()
  #lastId = 0
  #ending: NodeJS.Timeout | undefined

  constructor(size: number, fontsFolder: string, entry?: URL) {
    this.#size = size
    this.#fontsFolder = fontsFolder
    this.#entry = entry
  }

  run(request: Job['request'], shared?: object): Promise<DrawingAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, shared, resolve, reject })
      this.#startNext()
    })
  }

  #startNext(): void {
    clearTimeout(this.#ending)
    while (this.#waiting.length > 0) {
      const thread = this.#freeThread()
      const job = thread && this.#waiting.shift()
      if (!thread || !job) return
      thread.job = job
      thread.worker.ref()
      thread.worker.postMessage({
        ...job.request,
        shared: this.#sharedFor(thread, job.shared),
      } satisfies DrawingRequest)
    }
    this.#ending = setTimeout(() => this.#endIdle(), msIdle).unref()
  }

  /** One that waits, best the one that holds what the next paper is drawn from; else a new one while there may be more. */
  #freeThread(): Thread | undefined {
    const idle = [...this.#threads].filter(({ job }) => job === undefined)
    const next = this.#waiting[0]
    return idle.find(({ holds }) => holds === next?.shared) ?? idle[0] ?? (this.#threads.size < this.#size ? this.#newThread() : undefined) // prettier-ignore
  }

  #sharedFor(thread: Thread, value: object | undefined): DrawingRequest['shared'] {
    if (!value) return undefined
    const id = this.#ids.get(value) ?? ++this.#lastId
    this.#ids.set(value, id)
    if (thread.holds === value) return { id }
    thread.holds = value
    return { id, value }
  }

  #newThread(): Thread {
    const worker = new Worker(this.#entry ?? workerEntry(), {
      workerData: { fontsFolder: this.#fontsFolder },
      resourceLimits: memory,
    })
    const thread: Thread = { worker, job: undefined, holds: undefined }
    worker.on('message', (result: DrawingResult) => this.#answered(thread, result))
    worker.on('messageerror', () => void worker.terminate())
    worker.on('error', (cause) => this.#lost(thread, cause))
    worker.on('exit', () => this.#lost(thread))
    this.#threads.add(thread)
    return thread
  }

  #answered(thread: Thread, result: DrawingResult): void {
    const { job } = thread
    thread.job = undefined
    thread.worker.unref()
    if (result.kind === 'done') job?.resolve(result.answer)
    else job?.reject(receivedFailure(result))
    this.#startNext()
  }

  /** Comes once for a death by error (then `exit` finds nothing left to do), once for any other end. */
  #lost(thread: Thread, cause?: unknown): void {
    if (!this.#threads.delete(thread)) return
    thread.job?.reject(new DrawingThreadLost('a drawing thread ended', { cause }))
    this.#startNext()
  }

  #endIdle(): void {
    for (const { worker, job } of this.#threads) if (job === undefined) void worker.terminate()
  }
}
