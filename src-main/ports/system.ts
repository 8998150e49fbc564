import type { RandomBytes } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'

export type { Clock, RandomBytes }

/** SHA-256 over UTF-8 text or bytes, as lower-case hex. */
export interface Hasher {
  sha256(content: string | Uint8Array): string
}

/** What the machine gives and a test decides. */
export interface System {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly hasher: Hasher
}

/** How far a long action has come; `done` of `total` steps of `step`. */
export interface Progress {
  readonly step: string
  readonly done: number
  readonly total: number
}

/** Handed to every use case that may take over a second. */
export interface Watch {
  report(progress: Progress): void
  readonly isCancelled: () => boolean
}
