import type { Size } from '../../../../../src-main/kernel/units.ts'
import type { Say } from './findings.ts'
import { contactsOf, cuts, gridOf, type Contacts, type Grid, type Solid } from './grid.ts'
import { mayLie } from './lying.ts'
import { overloaded } from './loads.ts'

/** Fit, orientation, disjoint interiors, support, centre, loads and sequence of the pieces of one carton. */
export function checkPlaces(
  solids: readonly Solid[],
  { room, minSupport }: { readonly room: Size; readonly minSupport: number },
  say: Say,
): void {
  if (!checkEach(solids, room, say)) return
  const grid = gridOf(solids)
  const contacts = contactsOf(solids, grid)
  checkDisjoint(solids, grid, say)
  checkFalling(solids, grid, say)
  for (const number of overloaded(solids, contacts)) say('load', nameOf(solids, number))
  if (minSupport === 0) return
  for (const number of solids.keys()) checkSupport(solids, { number, contacts, minSupport }, say)
}

const nameOf = (solids: readonly Solid[], number: number): string => solids[number]?.item.sku ?? ''

/** Each piece for itself. False where the numbers are no lengths, so that nothing else can be reckoned with them. */
function checkEach(solids: readonly Solid[], room: Size, say: Say): boolean {
  let isSane = true
  for (const { item, from, to } of solids) {
    const extent: Size = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
    if (![...from, ...extent].every(Number.isInteger) || Math.min(...extent) <= 0) isSane = false
    if (!isSane || Math.min(...from) < 0 || to[0] > room[0] || to[1] > room[1] || to[2] > room[2])
      say('fit', `${item.sku} from ${from.join()} to ${to.join()} in ${room.join()}`)
    if (!mayLie(item, extent)) say('orientation', `${item.sku} as ${extent.join()}`)
  }
  return isSane
}

/** Slab by slab: in none may two pieces claim the same cell. */
function checkDisjoint(solids: readonly Solid[], grid: Grid, say: Say): void {
  const owner = new Int32Array(grid.cells)
  for (const height of cuts(solids, 2)) {
    owner.fill(-1)
    for (const [number, { from, to }] of solids.entries()) {
      if (from[2] > height || to[2] <= height) continue
      for (const cell of grid.under[number] ?? []) {
        const before = owner[cell] ?? -1
        if (before >= 0) return say('overlap', `${nameOf(solids, before)} and ${nameOf(solids, number)} at ${height}`)
        owner[cell] = number
      }
    }
  }
}

/** Put in turn by turn from above, a piece comes to lie on what is there already, never below it. */
function checkFalling(solids: readonly Solid[], grid: Grid, say: Say): void {
  const surface = new Float64Array(grid.cells).fill(-Infinity)
  for (const [number, { from, to }] of solids.entries()) {
    const cells = grid.under[number] ?? []
    if (cells.some((cell) => (surface[cell] ?? 0) > from[2])) say('sequence', `${nameOf(solids, number)} comes late`)
    for (const cell of cells) surface[cell] = Math.max(surface[cell] ?? 0, to[2])
  }
}

function checkSupport(
  solids: readonly Solid[],
  given: { readonly number: number; readonly contacts: readonly Contacts[]; readonly minSupport: number },
  say: Say,
): void {
  const { number, contacts, minSupport } = given
  const solid = solids[number]
  if (!solid || solid.from[2] === 0) return
  const { from, to } = solid
  const resting = [...(contacts[number] ?? [])]
  // Whole numbers only: the share is taken in millionths.
  const wanted = Math.round(minSupport * 1_000_000) * (to[0] - from[0]) * (to[1] - from[1])
  const rests = (on: typeof resting): number => on.reduce((sum, [, mm2]) => sum + mm2 * 1_000_000, 0)
  if (rests(resting) < wanted) say('support', nameOf(solids, number))
  else if (rests(resting.filter(([below]) => below < number)) < wanted) say('sequence', nameOf(solids, number))
  const holdsCentre = (below: number): boolean =>
    ([0, 1] as const).every((axis) => {
      const twiceCentre = from[axis] + to[axis]
      const other = solids[below]
      return other !== undefined && 2 * other.from[axis] <= twiceCentre && twiceCentre <= 2 * other.to[axis]
    })
  if (!resting.some(([below]) => holdsCentre(below))) say('centre', nameOf(solids, number))
}
