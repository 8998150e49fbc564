/** A short working day: fewer hours say little beside each other. */
const fewest = 10

/**
 * The hours between the first and the last in which something happened, both included, with as many around them as make
 * a working day: nights in which nobody does anything are left out. All of them where nothing happened.
 */
export function hoursInUse<Hour extends { readonly placed: number; readonly packed: number }>(
  hours: readonly Hour[],
): readonly Hour[] {
  const isUsed = ({ placed, packed }: Hour): boolean => placed + packed > 0
  const first = hours.findIndex(isUsed)
  if (first < 0) return hours
  const last = hours.findLastIndex(isUsed)
  const missing = Math.max(0, fewest - (last - first + 1))
  const from = Math.max(0, Math.min(first - Math.floor(missing / 2), hours.length - fewest))
  return hours.slice(from, Math.max(last + 1, from + fewest))
}
