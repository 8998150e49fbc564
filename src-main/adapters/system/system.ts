import { createHash, randomBytes } from 'node:crypto'
import type { System } from '../../ports/system.ts'

/** The machine's own clock, random bytes and SHA-256: the one place that reads them. */
export const realSystem: System = {
  clock: { now: () => Date.now() },
  random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
  hasher: { sha256: (content) => createHash('sha256').update(content).digest('hex') },
}

/** Milliseconds that only ever go forward, for measuring. */
export const monotonicMs = (): number => performance.now()
