import { groupSeparator } from '../../../src-main/kernel/scanned-code.ts'
import { altDigitOf, isModifier, signOf, type KeyPress, type KeyReading } from './key-press.ts'

/** How the scanner of this station types. */
export interface ScannerSettings {
  readonly reading: KeyReading
  /** Signs and named keys before and after each code, such as `['{F9}']` and `['{Enter}']`; empty = none. */
  readonly prefix: readonly string[]
  readonly suffix: readonly string[]
  /** What stands for the separator of GS1 fields when it is not ASCII 29. */
  readonly separator?: string | undefined
  /** Keys that follow each other faster than this, milliseconds, are no person's. */
  readonly gapMs: number
}

/** 35 ms is 29 keys a second: scanners are at 3 to 25 ms, the fastest typists at 60. */
export const usualScanner: ScannerSettings = { reading: 'us', prefix: [], suffix: ['{Enter}'], gapMs: 35 }

/**
 * What to do with a key; `isFirst`: remember what the field held. `pass`: none of ours. `watch`: may be the begin of a
 * scan; let it through. `begin`: it is a scan: take back what went through and hold this one. `hold`: keep it from the
 * page. `scan`: the code is complete; hold this key too.
 */
export type BurstStep =
  | { readonly does: 'pass' | 'hold' }
  | { readonly does: 'watch' | 'begin'; readonly isFirst: boolean }
  | { readonly does: 'scan'; readonly text: string }

/** What is left when a burst ends without its suffix: a scan where none is expected, else just fast typing. */
export interface Settled {
  readonly isScan: boolean
  readonly text: string
}

export interface Burst {
  press(press: KeyPress): BurstStep
  /** The Alt key was let go: a sign written by digits is complete. */
  altUp(): void
  /** Ends a burst that has been silent for longer than a scanner is; undefined when there is none. Call before `press`. */
  settle(at: number): Settled | undefined
  /** How long to wait after a held key before asking `settle`, milliseconds. */
  readonly quietMs: number
}

/** So many fast keys make a burst when no prefix says so: shorter codes are typed into the scan field like any text. */
const fewestKeys = 4
/** Windows of machines under load stutter; a code is only cut off when it stays silent for this many gaps. */
const quietGaps = 3

/** Tells scanners from people by the time between keys. Pure: it is told the time. */
export function createBurst(settings: ScannerSettings): Burst {
  let signs: string[] = []
  let isHeld = false
  let lastAt = -Infinity
  let altDigits = ''
  const quietMs = settings.gapMs * quietGaps
  const clear = (): void => {
    signs = []
    isHeld = false
  }

  function altUp(): void {
    if (altDigits !== '') signs.push(String.fromCharCode(Number(altDigits)))
    altDigits = ''
  }

  function press(key: KeyPress): BurstStep {
    if (isModifier(key.key)) return { does: 'pass' }
    const digit = altDigitOf(key)
    if (digit !== undefined && isHeld) {
      altDigits += digit
      lastAt = key.at
      return { does: 'hold' }
    }
    altUp()
    const sign = signOf(key, settings.reading)
    if (sign === undefined) return { does: 'pass' }
    if (!isHeld && key.at - lastAt > settings.gapMs) signs = []
    lastAt = key.at
    return isHeld ? next(sign) : start(sign)
  }

  function start(sign: string): BurstStep {
    const isFirst = signs.length === 0
    const isPrefix = isFirst && sign === settings.prefix[0]
    if (!isPrefix && sign.length > 1 && sign.startsWith('{')) {
      clear()
      return { does: 'pass' }
    }
    signs.push(sign)
    if (!isPrefix && signs.length < fewestKeys) return { does: 'watch', isFirst }
    isHeld = true
    return { does: 'begin', isFirst }
  }

  function next(sign: string): BurstStep {
    signs.push(sign)
    if (!endsWithSuffix()) return { does: 'hold' }
    const text = textOf(signs, settings)
    clear()
    return { does: 'scan', text }
  }

  /** Without calibration Tab will do as well as Enter. */
  function endsWithSuffix(): boolean {
    const { suffix } = settings
    const last = signs.at(-1)
    if (last === '{Enter}' || last === '{Tab}') return true
    return suffix.length > 0 && suffix.every((sign, index) => signs[signs.length - suffix.length + index] === sign)
  }

  function settle(at: number): Settled | undefined {
    if (!isHeld || at - lastAt <= quietMs) return undefined
    altUp()
    const settled = { isScan: settings.suffix.length === 0, text: textOf(signs, settings) }
    clear()
    return settled
  }
  return { press, altUp, settle, quietMs }
}

/** Without prefix and suffix, the separator as ASCII 29. */
function textOf(all: readonly string[], { prefix, suffix, separator }: ScannerSettings): string {
  const isAt = (part: readonly string[], from: number): boolean => part.every((sign, i) => all[from + i] === sign)
  const from = isAt(prefix, 0) ? prefix.length : 0
  const to = isAt(suffix, all.length - suffix.length) ? all.length - suffix.length : all.length
  return all
    .slice(from, to)
    .map((sign) => (sign === separator ? groupSeparator : sign))
    .filter((sign) => sign.length === 1)
    .join('')
}
