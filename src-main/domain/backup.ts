import type { EpochMs } from '../kernel/time.ts'

/** How often and how long backups are kept. */
export interface BackupPlan {
  readonly isDaily: boolean
  readonly keepDaily: number
  readonly keepWeekly: number
  readonly keepMonthly: number
  /** A second place such as a stick or a network folder; each backup is copied there too. */
  readonly secondFolder?: string | undefined
}

export const usualBackupPlan: BackupPlan = { isDaily: true, keepDaily: 7, keepWeekly: 4, keepMonthly: 12 }

/** One finished backup. It got its name only after it had been read back whole. */
export interface KeptBackup {
  readonly name: string
  readonly madeAt: EpochMs
  readonly bytes: number
  /** Undefined for a file whose entry in the list was lost. */
  readonly orders?: number | undefined
  /** When it was last read back and found good. */
  readonly verifiedAt: EpochMs
  /** When it was read back and found bad; such a one is never counted on, and never the reason to delete another. */
  readonly spoiltAt?: EpochMs | undefined
  /** When a copy of it arrived in the second folder, read back byte by byte. */
  readonly copiedAt?: EpochMs | undefined
}

/** What can be said about a shop's backups without reading one. */
export interface BackupsState {
  readonly plan: BackupPlan
  /** Newest first. */
  readonly kept: readonly KeptBackup[]
  readonly folder: string
  readonly lastVerifiedAt: EpochMs | undefined
  readonly second: 'none' | 'present' | 'missing'
  /** When the newest copy in the second folder was made; undefined when there is none. */
  readonly lastCopiedAt: EpochMs | undefined
  readonly failure: { readonly at: EpochMs; readonly code: string; readonly reason?: string | undefined } | undefined
  readonly isDue: boolean
  /** When the last copy of what is erased today will be gone, by the plan; undefined while nothing is kept. */
  readonly lastCopyGoneAt: EpochMs | undefined
}

const dayMs = 86_400_000

/**
 * Names of the backups that the plan lets go: all but the newest of each of the last `keepDaily` days, `keepWeekly`
 * weeks (from Monday) and `keepMonthly` months that have one. All of the newest day stay: somebody made them before
 * something that may still go wrong. The newest good one always stays; a spoilt one goes as soon as a good one is newer. `dayOf` answers the shop's local day as `2026-11-22`.
 */
export function toLetGo(
  kept: readonly KeptBackup[],
  plan: Pick<BackupPlan, 'keepDaily' | 'keepWeekly' | 'keepMonthly'>,
  dayOf: (at: EpochMs) => string,
): readonly string[] {
  const newestFirst = [...kept].sort((a, b) => b.madeAt - a.madeAt || b.name.localeCompare(a.name))
  const good = newestFirst.filter((one) => one.spoiltAt === undefined)
  const newest = good[0]
  if (!newest) return []
  const today = dayOf(newest.madeAt)
  const stays = new Set(good.filter((one) => dayOf(one.madeAt) === today).map((one) => one.name))
  const keepNewestOf = (count: number, spanOf: (day: string) => string): void => {
    const seen = new Set<string>()
    for (const one of good) {
      const span = spanOf(dayOf(one.madeAt))
      if (seen.has(span)) continue
      if (seen.size === count) return
      seen.add(span)
      stays.add(one.name)
    }
  }
  keepNewestOf(plan.keepDaily, (day) => day)
  keepNewestOf(plan.keepWeekly, mondayOf)
  keepNewestOf(plan.keepMonthly, (day) => day.slice(0, 7))
  return newestFirst
    .filter((one) => !stays.has(one.name) && (one.spoiltAt === undefined || one.madeAt < newest.madeAt))
    .map((one) => one.name)
}

/** 1970-01-05 was a Monday. */
const mondayOf = (day: string): string =>
  String(Math.floor((Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs) - 4) / 7))

/**
 * By when no backup holds any more what is erased at `now`: the longest that the plan keeps one made until then. A shop
 * that makes no more backups keeps its newest, and what is in it, for as long as that lasts.
 */
export function lastCopyGoneAt(now: EpochMs, plan: BackupPlan): EpochMs {
  const days = Math.max(plan.keepDaily, plan.keepWeekly * 7, plan.keepMonthly * 31)
  return now + (days + 1) * dayMs
}
