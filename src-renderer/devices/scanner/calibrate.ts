import { groupSeparator } from '../../../src-main/kernel/scanned-code.ts'
import { usualScanner, type ScannerSettings } from './burst.ts'
import { isModifier, signOf, type KeyPress, type KeyReading } from './key-press.ts'

/**
 * What the calibration code on the sheet says. Signs that layouts disagree about, a separator, and letters in both
 * cases; nothing that a keyboard of another country cannot write at all.
 */
export const calibrationParts = ['BackYZqw', '0189-/+.'] as const
export const calibrationCode = calibrationParts.join(groupSeparator)

export type Calibration =
  | { readonly isRead: true; readonly settings: ScannerSettings; readonly passesSeparator: boolean }
  | { readonly isRead: false }

/** Faster than a person in any case, and no tighter than a stutter of the machine. */
const [leastGapMs, mostGapMs] = [20, 80] as const
const headroom = 2

/** Learns from the keys of one scan of the calibration code: layout, what stands before and after it, separator, pace. */
export function calibrate(presses: readonly KeyPress[]): Calibration {
  const keys = presses.filter(({ key }) => !isModifier(key))
  for (const reading of ['us', 'as-typed'] as const) {
    const found = findCode(keys, reading)
    if (!found) continue
    const gaps = keys.slice(1).map((press, index) => press.at - (keys[index]?.at ?? press.at))
    const gapMs = Math.round(
      Math.min(mostGapMs, Math.max(leastGapMs, usualScanner.gapMs, Math.max(...gaps) * headroom)),
    )
    const { prefix, suffix, separator } = found
    const settings = { reading, prefix, suffix, gapMs, ...(separator !== groupSeparator && { separator }) }
    return { isRead: true, settings, passesSeparator: separator !== undefined }
  }
  return { isRead: false }
}

interface FoundCode {
  readonly prefix: readonly string[]
  readonly suffix: readonly string[]
  readonly separator: string | undefined
}

function findCode(keys: readonly KeyPress[], reading: KeyReading): FoundCode | undefined {
  const signs = keys.flatMap((press) => signOf(press, reading) ?? [])
  const [first, second] = calibrationParts.map((part) => [...part])
  if (!first || !second) return undefined
  const from = indexOf(signs, first, 0)
  if (from < 0) return undefined
  const middle = from + first.length
  // Nothing, or one sign of whatever kind, stands where the separator belongs.
  const to = [middle, middle + 1].find((start) => indexOf(signs, second, start) === start)
  if (to === undefined) return undefined
  return {
    prefix: signs.slice(0, from),
    suffix: signs.slice(to + second.length),
    separator: to > middle ? signs[middle] : undefined,
  }
}

function indexOf(signs: readonly string[], part: readonly string[], from: number): number {
  for (let start = from; start + part.length <= signs.length; start++)
    if (part.every((sign, i) => signs[start + i] === sign)) return start
  return -1
}
