import type { PrintReason } from '../../../domain/print-job.ts'

/** What a ZPL printer answers to `~HS` (Zebra, ZPL II Programming Guide, "Host Status Return"). */
export interface HostStatus {
  readonly isPaperOut: boolean
  readonly isPaused: boolean
  readonly labelLengthDots: number
  /** Formats that wait in the receive buffer. */
  readonly formats: number
  readonly isBufferFull: boolean
  /** A format has begun and not ended. */
  readonly isPartial: boolean
  readonly hasLostSettings: boolean
  readonly isTooCold: boolean
  readonly isTooHot: boolean
  readonly isHeadOpen: boolean
  readonly isRibbonOut: boolean
  readonly usesRibbon: boolean
  /** Labels of the present batch that are still to come. */
  readonly labelsLeft: number
}

/** Each line of an answer stands between these signs, whatever stands before or between them. */
const begin = '\u0002'
const end = '\u0003'
export const statusLines = 3

const linesOf = (said: string): readonly string[] =>
  said
    .split(end)
    .slice(0, -1)
    .flatMap((part) => (part.includes(begin) ? [part.slice(part.lastIndexOf(begin) + 1)] : []))

export const countLines = (said: string): number => linesOf(said).length

/** Undefined for anything that is not those three lines. The last three count: an older answer may lie before them. */
export function readHostStatus(said: string): HostStatus | undefined {
  const lines = linesOf(said)
    .slice(-statusLines)
    .map((fields) => fields.split(','))
  const [first = [], second = []] = lines
  if (lines.length < statusLines || first.length < 12 || second.length < 9) return undefined
  const fields = [...first.slice(0, 12), ...second.slice(0, 9)]
  if (!fields.every((field) => /^\s*[0-9A-Fa-f]{1,8}\s*$/.test(field))) return undefined
  const isSet = (row: readonly string[], at: number): boolean => row[at]?.trim() === '1'
  return {
    isPaperOut: isSet(first, 1),
    isPaused: isSet(first, 2),
    labelLengthDots: Number(first[3]),
    formats: Number(first[4]),
    isBufferFull: isSet(first, 5),
    isPartial: isSet(first, 7),
    hasLostSettings: isSet(first, 9),
    isTooCold: isSet(first, 10),
    isTooHot: isSet(first, 11),
    isHeadOpen: isSet(second, 2),
    isRibbonOut: isSet(second, 3),
    usesRibbon: isSet(second, 4),
    labelsLeft: Number(second[8]),
  }
}

/** What keeps it from printing, gravest first. */
export function faultsOf(status: HostStatus): readonly PrintReason[] {
  const found: readonly (readonly [boolean, PrintReason])[] = [
    [status.isHeadOpen, 'head-open'],
    [status.isPaperOut, 'paper-out'],
    [status.isRibbonOut && status.usesRibbon, 'ribbon-out'],
    [status.hasLostSettings, 'settings-lost'],
    [status.isTooHot, 'too-hot'],
    [status.isTooCold, 'too-cold'],
    [status.isBufferFull, 'buffer-full'],
    [status.isPaused, 'paused'],
  ]
  return found.flatMap(([isSo, reason]) => (isSo ? [reason] : []))
}

/** Nothing is left to come out. */
export const isEmpty = (status: HostStatus): boolean =>
  status.formats === 0 && status.labelsLeft === 0 && !status.isPartial

/** Dots per inch in what `~HI` answers: `ZTC ZD420-203dpi ZPL,V84.20,8,8176KB` has 8 dots to the millimetre. */
export function readDpi(said: string): number | undefined {
  const dots = Number(linesOf(said)[0]?.split(',')[2])
  return { 6: 152, 8: 203, 12: 300, 24: 600 }[dots]
}
