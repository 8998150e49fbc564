/** How finely scores are told apart when the best are picked; ties are decided by a sort afterwards. */
const steps = 2048

/**
 * The `count` best by score, in the order they came; of those that share the last step the first ones. Cost O(number),
 * without sorting what is not picked.
 */
export function topOf<One extends { readonly score: number }>(all: readonly One[], count: number): readonly One[] {
  if (all.length <= count) return all
  let best = 0
  for (const { score } of all) if (score > best) best = score
  const stepOf = (score: number): number => Math.min(steps - 1, Math.max(0, Math.floor((score / best) * steps)))
  const perStep = new Int32Array(steps)
  for (const { score } of all) perStep[stepOf(score)] = (perStep[stepOf(score)] ?? 0) + 1
  let least = steps - 1
  let above = 0
  while (above + (perStep[least] ?? 0) < count && least > 0) above += perStep[least--] ?? 0
  let left = count - above
  return all.filter(({ score }) => {
    const step = stepOf(score)
    return step > least || (step === least && left-- > 0)
  })
}
