import type { EpochMs } from '../../src-main/kernel/time.ts'
import type { FoundCode } from './read-codes.ts'
import { sortScanned, type Scanned } from './scanned.ts'

/** How long one of a label's two codes waits for the other. The square is the harder one, so bars wait longer. */
const barsWaitMs = 1500
const squareWaitMs = 600
/** Bars seen longer ago than this may be those of the parcel before. */
const sameMomentMs = 1000
/** A label that stays in the picture is told once; after this long out of sight it is told anew. */
const goneMs = 4000

interface InView {
  readonly block?: string | undefined
  readonly number?: string | undefined
  readonly numberAt: EpochMs
  readonly since: EpochMs
  readonly seen: EpochMs
  readonly isTold: boolean
}

/**
 * Makes one scan out of many frames: puts the bars of one frame and the square of another together, and tells each
 * label once while it is shown. Frames with two labels are passed over.
 */
export function oneByOne(onScan: (scanned: Scanned) => void): (found: readonly FoundCode[], now: EpochMs) => void {
  let view: InView | undefined
  return (found, now) => {
    const scanned = sortScanned(found)
    if (scanned.isAmbiguous || (!scanned.block && !scanned.parcelNumber && !scanned.other)) return
    view = merged(view, scanned, now)
    if (view.isTold || !isReady(view, scanned, now)) return
    view = { ...view, isTold: true }
    onScan({ block: view.block, parcelNumber: view.number, other: scanned.other, isAmbiguous: false })
  }
}

function merged(before: InView | undefined, { block, parcelNumber, other }: Scanned, now: EpochMs): InView {
  const isOther =
    before === undefined ||
    now - before.seen > goneMs ||
    other !== undefined ||
    (block !== undefined && before.block !== undefined && block !== before.block) ||
    (parcelNumber !== undefined && before.number !== undefined && parcelNumber !== before.number)
  if (isOther) return { block, number: parcelNumber, numberAt: now, since: now, seen: now, isTold: false }
  const isStale = block !== undefined && before.block === undefined && now - before.numberAt > sameMomentMs
  const number = parcelNumber ?? (isStale ? undefined : before.number)
  return {
    ...before,
    block: block ?? before.block,
    number,
    numberAt: parcelNumber === undefined ? before.numberAt : now,
    seen: now,
  }
}

function isReady({ block, number, since }: InView, { other }: Scanned, now: EpochMs): boolean {
  if (other !== undefined || (block !== undefined && number !== undefined)) return true
  return now - since >= (block === undefined ? barsWaitMs : squareWaitMs)
}
