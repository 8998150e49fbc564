import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isoDay } from '../../../src-main/kernel/time.ts'
import { lastCopyGoneAt, toLetGo, usualBackupPlan, type KeptBackup } from '../../../src-main/domain/backup.ts'

const dayMs = 86_400_000
const start = Date.UTC(2026, 0, 1, 3)
const dayOf = (at: number): string => isoDay(at, 'Europe/Berlin')
const madeOn = (day: number, more: Partial<KeptBackup> = {}): KeptBackup => {
  const madeAt = start + Math.round(day * dayMs)
  return {
    name: `b-${String(Math.round(day * 1000)).padStart(7, '0')}`,
    madeAt,
    bytes: 1,
    orders: 1,
    verifiedAt: madeAt,
    ...more,
  }
}
const left = (kept: readonly KeptBackup[], plan = usualBackupPlan): readonly KeptBackup[] => {
  const gone = new Set(toLetGo(kept, plan, dayOf))
  return kept.filter((one) => !gone.has(one.name))
}

describe('what a plan keeps', () => {
  test('is seven days, four weeks and twelve months of a shop that makes one each day', () => {
    const kept = left(Array.from({ length: 800 }, (_, day) => madeOn(day)))
    const days = kept.map((one) => dayOf(one.madeAt))
    expect(days.slice(-7)).toEqual(Array.from({ length: 7 }, (_, i) => dayOf(start + (793 + i) * dayMs)))
    expect(new Set(days.map((day) => day.slice(0, 7))).size).toBe(12)
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12)
  })

  test('is the same whether it is thinned each day or once', () => {
    let kept: readonly KeptBackup[] = []
    for (let day = 0; day < 500; day++) kept = left([...kept, madeOn(day)])
    // Thinned each day, the newest of a week or month is the one that was newest then.
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12)
    expect(kept.at(-1)?.name).toBe(madeOn(499).name)
  })

  test('is everything made on the newest day', () => {
    expect(left([madeOn(1), madeOn(1.1), madeOn(1.2)])).toHaveLength(3)
    expect(left([madeOn(1), madeOn(1.1), madeOn(2)])).toHaveLength(2)
  })

  test('is never counted by spoilt ones, which go once a good one is newer', () => {
    const spoilt = madeOn(3, { spoiltAt: start })
    expect(left([madeOn(1), spoilt])).toHaveLength(2)
    expect(left([madeOn(1), spoilt, madeOn(4)]).map((one) => one.name)).not.toContain(spoilt.name)
    expect(left([spoilt])).toEqual([spoilt])
  })

  test('always has the newest good one, whatever the plan and whatever there is', () => {
    const one = fc.record({ day: fc.integer({ min: 0, max: 900 }), isSpoilt: fc.boolean() })
    const count = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(
        fc.uniqueArray(one, { selector: ({ day }) => day, maxLength: 60 }),
        count,
        count,
        count,
        (days, ...keep) => {
          const kept = days.map(({ day, isSpoilt }) => madeOn(day, isSpoilt ? { spoiltAt: start } : {}))
          const [keepDaily = 0, keepWeekly = 0, keepMonthly = 0] = keep
          const stays = left(kept, { isDaily: true, keepDaily, keepWeekly, keepMonthly })
          const good = kept.filter((one) => one.spoiltAt === undefined).sort((a, b) => b.madeAt - a.madeAt)
          if (good[0]) expect(stays).toContain(good[0])
        },
      ),
      { seed: 20261122, numRuns: 300 },
    )
  })
})

test('what is erased today is gone from the last backup by the day that is said', () => {
  const now = start + 400 * dayMs
  const goneAt = lastCopyGoneAt(now, usualBackupPlan)
  let kept: readonly KeptBackup[] = Array.from({ length: 401 }, (_, day) => madeOn(day))
  for (let day = 401; start + day * dayMs <= goneAt; day++) kept = left([...kept, madeOn(day)])
  expect(kept.filter((one) => one.madeAt <= now)).toEqual([])
})
