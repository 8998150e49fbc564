/** Finds many byte patterns in one walk over the bytes; the values whose patterns were met. */
export type PatternSearch<Value> = (bytes: Buffer) => ReadonlySet<Value>

interface Pattern<Value> {
  readonly bytes: Buffer
  readonly value: Value
}

const bits = 22

/**
 * A search for all the patterns at once: their first four bytes stand in a table of bits (so that most places cost one
 * look), and by these four bytes in a map. Patterns have four bytes or more.
 */
export function patternSearch<Value>(patterns: readonly Pattern<Value>[]): PatternSearch<Value> {
  const byStart = Map.groupBy(patterns, ({ bytes }) => bytes.readUInt32LE(0))
  const table = new Uint8Array(1 << bits)
  for (const start of byStart.keys()) table[slotOf(start)] = 1
  return (bytes) => {
    const met = new Set<Value>()
    const last = bytes.length - 4
    for (let at = 0; at <= last; at++) {
      // Reading past a view's end would be undefined: `last` keeps all four inside.
      const start = (byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24)) >>> 0 // prettier-ignore
      if (table[slotOf(start)] !== 1) continue
      for (const pattern of byStart.get(start) ?? []) {
        if (met.has(pattern.value)) continue
        if (standsAt(bytes, at, pattern.bytes)) met.add(pattern.value)
      }
    }
    return met
  }
}

/** From the end: patterns of one start differ there, and a call of `compare` costs more than the few looks it takes. */
function standsAt(bytes: Buffer, at: number, pattern: Buffer): boolean {
  if (at + pattern.length > bytes.length) return false
  for (let i = pattern.length - 1; i >= 4; i--) if (bytes[at + i] !== pattern[i]) return false
  return true
}

const byteAt = (bytes: Buffer, at: number): number => bytes[at] ?? 0
const slotOf = (start: number): number => Math.imul(start, 0x9e3779b1) >>> (32 - bits)
