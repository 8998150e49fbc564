/**
 * Edit distance with swaps of neighbours (optimal string alignment: Damerau 1964, in the form of
 * Boytsov 2011), or `limit + 1` as soon as it must be more than `limit`. Cost O(length x limit).
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

/** Mistakes forgiven in a word: none in short ones, where every other word is near. */
export const forgiven = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * Words of the catalogue nearest to a word that none of them holds: fewest mistakes first, then the
 * same first letter, then the alphabet. Unfinished words are compared with beginnings too.
 */
export function corrections(word: string, vocabulary: readonly string[], most = 4): readonly string[] {
  const limit = forgiven(word.length)
  if (limit === 0) return []
  const found: { candidate: string; distance: number }[] = []
  for (const candidate of vocabulary) {
    if (candidate.length < word.length - limit) continue
    const whole = editDistance(word, candidate, limit)
    const beginning =
      candidate.length > word.length ? editDistance(word, candidate.slice(0, word.length), limit) + 0.5 : limit + 1
    const distance = Math.min(whole, beginning)
    if (distance <= limit + 0.5) found.push({ candidate, distance })
  }
  const starts = (candidate: string): number => (candidate[0] === word[0] ? 0 : 1)
  found.sort(
    (a, b) =>
      a.distance - b.distance || starts(a.candidate) - starts(b.candidate) || (a.candidate < b.candidate ? -1 : 1),
  )
  return found.slice(0, most).map(({ candidate }) => candidate)
}
