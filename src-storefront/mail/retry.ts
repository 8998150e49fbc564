const firstMs = 1000
const longestMs = 3_600_000

/**
 * Wait before the next try: 1 s after the first, twice as long after each, an hour at most, and up to half of it
 * shorter, so that a server that comes back is not met by everything at once. `random` is from 0 to below 1.
 */
export function retryDelayMs(tries: number, random: number): number {
  const fullMs = Math.min(longestMs, firstMs * 2 ** Math.min(tries, 30))
  return Math.max(firstMs, Math.round(fullMs * (1 - random / 2)))
}
