export interface ShortPeriod {
  readonly key: 'week' | 'thirty' | 'month' | 'lastMonth' | 'year'
  readonly from: string
  readonly to: string
}

const dayMs = 86_400_000
/** Calendar days have no time zone: they are counted at noon of UTC. */
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`)
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** What people ask for most, ending today but for the month that is over. */
export function shortPeriods(today: string): readonly ShortPeriod[] {
  const before = (days: number): string => dayOf(noonOf(today) - days * dayMs)
  const first = `${today.slice(0, 8)}01`
  const lastOfBefore = dayOf(noonOf(first) - dayMs)
  return [
    { key: 'week', from: before(6), to: today },
    { key: 'thirty', from: before(29), to: today },
    { key: 'month', from: first, to: today },
    { key: 'lastMonth', from: `${lastOfBefore.slice(0, 8)}01`, to: lastOfBefore },
    { key: 'year', from: before(364), to: today },
  ]
}
