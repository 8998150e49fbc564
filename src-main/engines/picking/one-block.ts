import type { AisleVisits } from './aisle-visits.ts'

/**
 * Length of the shortest walk that comes back, on one whole block of at least two aisles: Ratliff and Rosenthal 1983
 * written out. Column by column five numbers are kept, the least lengths by what the floor behind may look like from
 * the two crossings ahead: both walked to oddly often (`uu`); only the lower one, evenly (`e0`); only the upper one
 * (`oe`); both evenly, hanging together (`ee1`) or not yet (`ee2`). No block is walked twice end to end (Dunn et al.
 * 2025). The range of the visits must be two rows. Cost: some forty additions per aisle.
 */
export function oneBlockLength(visits: AisleVisits): number {
  const { frame, head, next, offset, left, right, low } = visits
  const { rows, x } = frame
  const height = (frame.y[low + 1] ?? 0) - (frame.y[low] ?? 0)
  let [uu, e0, oe, ee1, ee2] = [Infinity, Infinity, Infinity, Infinity, Infinity]
  for (let column = left; ; column++) {
    const cell = column * rows + low
    let node = head[cell] ?? -1
    const needsLower = node !== -1 && offset[node] === 0
    const upperNode = head[cell + 1] ?? -1
    const needsUpper = upperNode !== -1 && offset[upperNode] === 0
    if (needsLower) node = next[node] ?? -1
    const isFirst = column === left
    if (node === -1) {
      // Nothing inside: pass through once, or not at all.
      const once = Math.min(e0, oe, ee1, ee2) + height
      ee1 = Math.min(ee1, uu + height)
      uu = Math.min(uu, once)
      if (isFirst) uu = height
    } else {
      const lowest = offset[node] ?? 0
      let highest = lowest
      let gap = 0
      for (node = next[node] ?? -1; node !== -1; node = next[node] ?? -1) {
        const here = offset[node] ?? 0
        if (here - highest > gap) gap = here - highest
        highest = here
      }
      const fromLower = 2 * highest
      const fromUpper = 2 * (height - lowest)
      const fromBoth = gap > 0 ? 2 * (height - gap) : Infinity
      const least = Math.min(fromLower, fromUpper, fromBoth)
      const once = Math.min(e0, oe, ee1, ee2) + height
      const parted = Math.min(ee2 + least, e0 + Math.min(fromUpper, fromBoth), oe + Math.min(fromLower, fromBoth))
      ee1 = Math.min(ee1 + least, uu + height)
      uu = Math.min(uu + least, once)
      e0 = isFirst ? fromLower : e0 + fromLower
      oe = isFirst ? fromUpper : oe + fromUpper
      ee2 = isFirst ? fromBoth : parted
      if (isFirst) uu = height
    }
    const isNothingYet = isFirst && Math.min(e0, oe, ee2) === Infinity
    if (column === right) return Math.min(needsUpper ? Infinity : e0, needsLower ? Infinity : oe, ee1)
    const twice = 2 * ((x[column + 1] ?? 0) - (x[column] ?? 0))
    // A crossing that is needed and not yet walked to is only reached along its own cross aisle.
    const bothWays = Math.min(ee2, e0, oe, isNothingYet ? 0 : Infinity) + 2 * twice
    const lower = Math.min(needsUpper ? Infinity : Math.min(e0, isNothingYet ? 0 : Infinity), ee1) + twice
    const upper = Math.min(needsLower ? Infinity : Math.min(oe, isNothingYet ? 0 : Infinity), ee1) + twice
    uu += twice
    ee1 += 2 * twice
    e0 = lower
    oe = upper
    ee2 = bothWays
  }
}
