import { AppError } from '../../src-main/kernel/errors.ts'
import type { EpochMs } from '../../src-main/kernel/time.ts'

export const deliveryStatuses = ['out-for-delivery', 'delivered', 'failed', 'returned'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** Why a parcel could not be delivered: a code and not a sentence, so that nobody writes a name into it. */
export const failureReasons = [
  'nobody-home',
  'refused',
  'address-wrong',
  'no-access',
  'damaged',
  'lost',
  'out-of-time',
  'other',
] as const
export type FailureReason = (typeof failureReasons)[number]

export interface DeliveryEvent {
  readonly pid: string
  readonly status: DeliveryStatus
  readonly at: EpochMs
  readonly reason?: FailureReason | undefined
}

/** What has happened to the parcels of one manifest, and how much of it the shop has been told. Nothing personal. */
export interface Run {
  readonly manifest: string
  readonly pids: readonly string[]
  /** In the order in which they happened. */
  readonly events: readonly DeliveryEvent[]
  /** How many of the events went into status files so far. */
  readonly reported: number
  /** Sequence of the last status file; 0 = none yet. */
  readonly sequence: number
}

export const startRun = (manifest: string, pids: readonly string[]): Run => ({
  manifest,
  pids,
  events: [],
  reported: 0,
  sequence: 0,
})

/** What may follow what in the courier's hands; a failed parcel may be tried again. */
const next: Readonly<Record<DeliveryStatus | 'none', readonly DeliveryStatus[]>> = {
  none: ['out-for-delivery', 'delivered', 'failed', 'returned'],
  'out-for-delivery': ['delivered', 'failed', 'returned'],
  failed: ['out-for-delivery', 'delivered', 'returned'],
  delivered: [],
  returned: [],
}

export const lastEvent = (run: Run, pid: string): DeliveryEvent | undefined =>
  run.events.findLast((event) => event.pid === pid)

/**
 * The run with one more event. Throws ERR_PARCEL_NOT_FOUND for a parcel that is not on the manifest and
 * ERR_STATUS_NOT_ALLOWED for a status that cannot follow, or a failure without a reason.
 */
export function mark(run: Run, event: DeliveryEvent): Run {
  if (!run.pids.includes(event.pid))
    throw new AppError('ERR_PARCEL_NOT_FOUND', { manifest: run.manifest, parcelNumber: event.pid })
  const before = lastEvent(run, event.pid)
  const from = before?.status ?? 'none'
  const details = { parcelNumber: event.pid, from, to: event.status }
  if (!next[from].includes(event.status)) throw new AppError('ERR_STATUS_NOT_ALLOWED', details)
  if ((event.status === 'failed') !== (event.reason !== undefined))
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { ...details, reason: 'reason-only-for-failed' })
  // A clock set back must not make a later event older than an earlier one: the shop sorts by time.
  const at = Math.max(event.at, before?.at ?? 0)
  return { ...run, events: [...run.events, { ...event, at }] }
}

/** The run without a parcel's last event, as long as no status file has told of it. Otherwise ERR_STATUS_NOT_ALLOWED. */
export function takeBack(run: Run, pid: string): Run {
  const index = run.events.findLastIndex((event) => event.pid === pid)
  if (index < run.reported)
    throw new AppError('ERR_STATUS_NOT_ALLOWED', { parcelNumber: pid, reason: 'already-reported' })
  return { ...run, events: run.events.toSpliced(index, 1) }
}

/**
 * What the next status file says, and the run after it: the events since the last file, or with `all` every event
 * again for a shop that lost one. Undefined when there is nothing to say.
 */
export function nextReport(
  run: Run,
  options: { all?: boolean } = {},
): { content: { manifest: string; sequence: number; events: readonly DeliveryEvent[] }; run: Run } | undefined {
  const events = options.all === true ? run.events : run.events.slice(run.reported)
  if (events.length === 0) return undefined
  const sequence = run.sequence + 1
  return {
    content: { manifest: run.manifest, sequence, events },
    run: { ...run, reported: run.events.length, sequence },
  }
}
