/**
 * A set of ids as short text for a cursor: gaps between ascending ids in base 36, and `*n` for a run of n further ids
 * that follow one another. 5,000 products in a row are a few signs, scattered ones some three signs each.
 */
export function idSetText(ids: Iterable<number>): string {
  const sorted = [...new Set(ids)].sort((a, b) => a - b)
  const parts: string[] = []
  let last = 0
  let run = 0
  const endRun = (): void => {
    if (run > 0) parts.push(`*${run.toString(36)}`)
    run = 0
  }
  for (const id of sorted) {
    if (id === last + 1 && parts.length > 0) run += 1
    else {
      endRun()
      parts.push((id - last).toString(36))
    }
    last = id
  }
  endRun()
  return parts.join('.')
}

/** The exact inverse of idSetText; text that is none of ours gives what can be read of it. */
export function idSetOf(text: string): Set<number> {
  const ids = new Set<number>()
  let last = 0
  for (const part of text.split('.').filter((entry) => entry !== '')) {
    const isRun = part.startsWith('*')
    const value = Number.parseInt(isRun ? part.slice(1) : part, 36)
    if (!Number.isSafeInteger(value)) continue
    const count = isRun ? value : 1
    for (let step = 0; step < count; step += 1) {
      last += isRun ? 1 : value
      ids.add(last)
    }
  }
  return ids
}
