import type { SelectionStop } from '../../../domain/selection.ts'

/** What the locations on an aisle have in common before the bay: `A-03` of `A-03-07-2-1`. Unknown when they differ. */
export function aisleNames(aisles: number, stops: readonly SelectionStop[]): readonly (string | undefined)[] {
  return Array.from({ length: aisles }, (_, aisle) => {
    const names = new Set(
      stops.filter((stop) => stop.place[0] === aisle).map((stop) => stop.location.split('-').slice(0, -3).join('-')),
    )
    const [name] = names
    return names.size === 1 && name !== '' ? name : undefined
  })
}

/** Stops that follow each other on one aisle. */
export interface AisleVisit {
  readonly aisle: number
  readonly stops: readonly SelectionStop[]
  /** Which way the map shows the walk along it: `up` is away from the first cross aisle. */
  readonly way: 'up' | 'down' | undefined
}

/** The tour cut where it changes the aisle; an aisle comes again when the tour does. */
export function aisleVisits(stops: readonly SelectionStop[]): readonly AisleVisit[] {
  const visits: SelectionStop[][] = []
  for (const stop of stops) {
    const last = visits.at(-1)
    if (last?.[0]?.place[0] === stop.place[0]) last.push(stop)
    else visits.push([stop])
  }
  return visits.map((visit) => {
    const climb = (visit.at(-1)?.place[1] ?? 0) - (visit[0]?.place[1] ?? 0)
    return { aisle: visit[0]?.place[0] ?? 0, stops: visit, way: climb > 0 ? 'up' : climb < 0 ? 'down' : undefined }
  })
}
