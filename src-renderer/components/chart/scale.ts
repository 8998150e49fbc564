/** A round number not below the greatest value, in four steps: 1, 2, 2.5 or 5 times a power of ten each. */
export function niceTop(most: number): number {
  if (most <= 0) return 4
  const step = most / 4
  const power = 10 ** Math.floor(Math.log10(step))
  const nice = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= step) ?? 10
  const top = nice * power * 4
  // Counts have no quarters: below four the steps are whole.
  return top < 4 && Number.isInteger(most) ? 4 : top
}

/** Which labels of so many are shown where each takes so much room: every one, every second, every seventh ... */
export function labelStep(count: number, room: number, each: number): number {
  const fitting = Math.max(1, Math.floor(room / each))
  const least = Math.ceil(count / fitting)
  return [1, 2, 3, 4, 6, 7, 14, 28].find((step) => step >= least) ?? least
}
