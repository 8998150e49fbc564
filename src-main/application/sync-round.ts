import { canonicalJson, toJson } from '../kernel/json.ts'
import type { AppError } from '../kernel/errors.ts'
import type { Connection } from '../ports/store/order-store.ts'
import type { System } from '../ports/system.ts'
import { logged, type LogLine, type Moved } from './sync-log.ts'
import type { Reconciled } from './reconcile-orders.ts'
import type { IntakeCounts } from './import-orders.ts'

/** Why a round with a storefront failed, as facts from which a door makes a sentence. */
export interface RoundFailure {
  readonly at: number
  readonly code: string
  /** What the host did, see HostFailure. */
  readonly what?: string | undefined
  readonly host?: string | undefined
  readonly status?: number | undefined
  /** Rounds in a row that have failed. */
  readonly times: number
  /** Before this moment only a person's asking tries again. */
  readonly retryAt: number
}

/** What is kept on a connection of its rounds: the last good one in numbers, and the failure since, if there is one. */
export interface RoundNotes {
  /** Absent before the first good round. */
  readonly at?: number | undefined
  readonly read?: number | undefined
  readonly new?: number | undefined
  readonly changed?: number | undefined
  readonly unchanged?: number | undefined
  readonly refused?: number | undefined
  /** The first refused entries: the storefront's id and the place of what could not be read. */
  readonly refusals?: readonly { readonly id: string; readonly path: string; readonly expected: string }[] | undefined
  readonly reconciled?: (Omit<Reconciled, 'refused'> & { readonly at: number }) | undefined
  readonly failure?: RoundFailure | undefined
  /** What came and went, newest first. */
  readonly log?: readonly LogLine[] | undefined
}

const mostRefusals = 5
const shortestRetryMs = 15_000
const longestRetryMs = 15 * 60_000

/** Never throws: notes that cannot be read are as good as none. */
export function notesOf(connection: Pick<Connection, 'lastSyncSummary'>): RoundNotes {
  try {
    // Written by this file alone.
    return JSON.parse(connection.lastSyncSummary ?? '{}') as RoundNotes
  } catch {
    return {}
  }
}

/** The same notes for those who do not ask for the log: they are read each time something changes. */
export function withoutLog(lastSyncSummary: string): string {
  const { log: _log, ...notes } = notesOf({ lastSyncSummary })
  return notesText(notes)
}

export const notesText = (notes: RoundNotes): string => canonicalJson(toJson(notes))

export const goodRound = (
  before: RoundNotes,
  round: {
    readonly at: number
    readonly orders: IntakeCounts
    readonly reconciled: Reconciled | undefined
    readonly moved: Moved
  },
): RoundNotes => {
  const { refused: alsoRefused, ...reconciled } = round.reconciled ?? { refused: [] }
  const refused = [...round.orders.refused, ...alsoRefused]
  return {
    at: round.at,
    read: round.orders.read,
    new: round.orders.new,
    changed: round.orders.changed,
    unchanged: round.orders.unchanged,
    refused: refused.length,
    refusals: refused
      .slice(0, mostRefusals)
      .map(({ id, index, path, expected }) => ({ id: id ?? `#${index + 1}`, path, expected })),
    reconciled: 'compared' in reconciled ? { ...reconciled, at: round.at } : before.reconciled,
    log: logged(before.log ?? [], { at: round.at, moved: round.moved }),
  }
}

/** The last good round's numbers stay; the pause grows with each failure in a row, jittered, and is as long as the host asks. */
export function failedRound(
  system: Pick<System, 'clock' | 'random'>,
  before: RoundNotes,
  { cause, moved }: { readonly cause: AppError; readonly moved: Moved },
): RoundNotes {
  const at = system.clock.now()
  const times = (before.failure?.times ?? 0) + 1
  const jitter = (system.random.bytes(1)[0] ?? 0) / 255
  const pauseMs = Math.min(longestRetryMs, shortestRetryMs * 2 ** Math.min(times - 1, 10)) * (0.75 + jitter / 2)
  const { what, host, status, retryAfterMs } = cause.details
  const failed = {
    code: cause.code,
    ...(typeof what === 'string' ? { what } : {}),
    ...(typeof host === 'string' ? { host } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  }
  const retryAt = at + Math.round(Math.max(pauseMs, typeof retryAfterMs === 'number' ? retryAfterMs : 0))
  return {
    ...before,
    failure: { at, ...failed, times, retryAt },
    log: logged(before.log ?? [], { at, moved, failure: failed }),
  }
}
