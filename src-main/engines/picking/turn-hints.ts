import { aislesLeftToRight } from './walk-graph.ts'
import type { AisleFloor, Place } from './types.ts'

/** How to get from one place to the next: stay in the aisle, or turn into the n-th aisle to that side, seen facing up. */
export interface TurnHint {
  readonly side: 'same-aisle' | 'left' | 'right'
  /** 1 = the next aisle; 0 in the same aisle. */
  readonly aisles: number
  /** Up = towards higher y. `level` when the height stays the same. */
  readonly along: 'up' | 'down' | 'level'
}

/**
 * A hint for each leg between places in the order they are walked: "second aisle left, then up". Sides are those of the
 * drawn floor (left = smaller x), so that they fit the map on the sheet. Graph floors have no aisles to count: their
 * places (numbers) give no hint, and legs that touch one are left out as undefined. Cost linear, after sorting aisles.
 */
export function turnHints(floor: AisleFloor, places: readonly Place[]): readonly (TurnHint | undefined)[] {
  const columns = aislesLeftToRight(floor)
  return places.slice(1).map((to, i) => {
    const from = places[i]
    if (typeof to !== 'object' || typeof from !== 'object') return undefined
    const across = columns.indexOf(to[0]) - columns.indexOf(from[0])
    const rise = to[1] - from[1]
    return {
      side: across === 0 ? 'same-aisle' : across < 0 ? 'left' : 'right',
      aisles: Math.abs(across),
      along: rise === 0 ? 'level' : rise > 0 ? 'up' : 'down',
    }
  })
}
