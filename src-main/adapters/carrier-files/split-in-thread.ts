import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../kernel/errors.ts'
import type { SplitPage, SplitProblem } from './split-pages.ts'

export interface SplitLimits {
  readonly mostPages: number
  /** Milliseconds a file may take. */
  readonly timeMs: number
  /** Memory by which the process may grow meanwhile. */
  readonly mostMemory: number
}

export const usualLimits: SplitLimits = { mostPages: 2000, timeMs: 60_000, mostMemory: 400 * 1024 * 1024 }

/** Small files that unpack to gigabytes grow fast: how often somebody looks. */
const lookEveryMs = 20

export type SplitAnswer =
  { readonly pages: readonly SplitPage[] } | { readonly problem: SplitProblem | 'too-slow' | 'too-large' }

/** The thread's entry: as TypeScript beside us in the source tree, as JavaScript beside or above us in a bundle. */
function workerEntry(): URL {
  const places = ['./split-pages-worker.ts', './split-pages-worker.js', '../split-pages-worker.js']
  const entry = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url))
  if (!entry) throw new AppError('ERR_INTERNAL', { missing: 'split-pages-worker' })
  return entry
}

/** Splits a PDF in a thread of its own that is ended when it takes too long or too much. Never throws for a bad file. */
export function splitInThread(bytes: Uint8Array, limits: SplitLimits = usualLimits): Promise<SplitAnswer> {
  const before = process.memoryUsage.rss()
  return new Promise((resolve) => {
    const worker = new Worker(workerEntry(), {
      workerData: { bytes, mostPages: limits.mostPages },
      resourceLimits: { maxOldGenerationSizeMb: 384 },
      // What a library has to say about a stranger's file is nobody's news, and may quote it.
      stdout: true,
      stderr: true,
    })
    const end = (answer: SplitAnswer): void => {
      clearTimeout(timer)
      clearInterval(looking)
      void worker.terminate()
      resolve(answer)
    }
    const timer = setTimeout(() => end({ problem: 'too-slow' }), limits.timeMs)
    const looking = setInterval(() => {
      if (process.memoryUsage.rss() - before > limits.mostMemory) end({ problem: 'too-large' })
    }, lookEveryMs)
    // The worker's own answer; see split-pages-worker.ts.
    worker.on('message', (answer: SplitAnswer) => end(answer))
    worker.on('error', (error) =>
      end({ problem: 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'broken' }),
    )
    worker.on('exit', () => end({ problem: 'broken' }))
  })
}
