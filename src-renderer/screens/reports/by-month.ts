/** More days than this are shown by month: bars would be thinner than a line. */
const mostDays = 62

/** Groups of days that are one bar each: a day, or a month of a long period. */
export function barsOf<Day extends { readonly day: string }>(
  days: readonly Day[],
): readonly { readonly key: string; readonly isMonth: boolean; readonly days: readonly Day[] }[] {
  if (days.length <= mostDays) return days.map((day) => ({ key: day.day, isMonth: false, days: [day] }))
  return [...Map.groupBy(days, ({ day }) => day.slice(0, 7))].map(([key, group]) => ({
    key,
    isMonth: true,
    days: group,
  }))
}

export const sumOf = <Day>(days: readonly Day[], of: (day: Day) => number): number =>
  days.reduce((sum, day) => sum + of(day), 0)
