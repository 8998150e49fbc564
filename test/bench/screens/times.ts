/** Milliseconds of one kind of thing done many times. */
export interface Times {
  readonly what: string
  readonly ms: number[]
}

export const at = (ms: readonly number[], share: number): number => {
  const sorted = [...ms].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
}

export const rowOf = ({ what, ms }: Times): object => ({
  what,
  times: ms.length,
  'p50 ms': at(ms, 0.5),
  'p95 ms': at(ms, 0.95),
  'max ms': at(ms, 1),
})
