import type { Workshop } from '../../application/workshop.ts'
import type { Door, Standing } from '../../contract/operation.ts'
import { usualStations } from '../../domain/station-network.ts'
import { canSignIn, type Actor, type Staff } from '../../domain/people.ts'

/** Who calls: at a station the actor is the terminal, until somebody signs in there. */
export interface Seated {
  readonly door: Door
  readonly actor: Actor
  /** Beyond this machine nobody works without having signed in. */
  readonly isRemote?: boolean | undefined
}

export interface Present {
  /** The person where somebody signed in, else the caller as it came. */
  readonly actor: Actor
  /** The terminal, at a station. */
  readonly terminal?: Actor | undefined
  /** Undefined at doors that need no role. */
  readonly standing?: Standing | undefined
  readonly person?: Pick<Staff, 'id' | 'name' | 'role'> | undefined
}

/**
 * Who stands at which terminal. In memory: a restart signs everybody out. Whoever left, was taken their PIN or has not
 * touched the screen for the shop's minutes stands there no more; a new role counts from the next call on.
 */
export interface Seats {
  present(who: Seated): Promise<Present>
  signIn(terminal: Actor, staffId: string): void
  signOut(terminal: Actor): void
  /** Somebody touched the screen. */
  touch(terminal: Actor): void
}

const minuteMs = 60_000

export function seats({ store, system }: Pick<Workshop, 'store' | 'system'>): Seats {
  const byTerminal = new Map<Actor, { readonly staffId: string; touchedAt: number }>()

  async function personAt(terminal: Actor, staff: readonly Staff[]): Promise<Staff | undefined> {
    const seat = byTerminal.get(terminal)
    if (!seat) return undefined
    const { lockMinutes } = (await store.findSettings())?.stations ?? usualStations
    const person = staff.find(({ id }) => id === seat.staffId)
    const isIdle = system.clock.now() - seat.touchedAt >= lockMinutes * minuteMs
    if (person && person.leftAt === undefined && person.pinHash !== undefined && !isIdle) return person
    byTerminal.delete(terminal)
    return undefined
  }

  return {
    async present({ door, actor, isRemote }) {
      if (door !== 'station') return { actor }
      const staff = await store.loadStaff()
      const person = await personAt(actor, staff)
      if (person) {
        const { id, name, role } = person
        return { actor: `staff:${id}`, terminal: actor, standing: role, person: { id, name, role } }
      }
      // A shop without PINs, on one machine: whoever is at it may pick and pack, as the terminal.
      const isOpen = isRemote !== true && !staff.some((one) => canSignIn({ ...one, pinLockedAt: undefined }))
      return { actor, terminal: actor, standing: isOpen ? 'packer' : 'nobody' }
    },
    signIn: (terminal, staffId) => void byTerminal.set(terminal, { staffId, touchedAt: system.clock.now() }),
    signOut: (terminal) => void byTerminal.delete(terminal),
    touch(terminal) {
      const seat = byTerminal.get(terminal)
      if (seat) seat.touchedAt = system.clock.now()
    },
  }
}
