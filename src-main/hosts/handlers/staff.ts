import { letStaffLeave, lockPin, saveStaff, signIn, takeStaffBack, unlockPin } from '../../application/staff.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { StaffView, staffOperations } from '../../contract/operations/staff.ts'
import type { Staff } from '../../domain/people.ts'
import type { Handlers } from '../handlers.ts'
import type { PinGate } from './pin-gate.ts'
import type { Seats } from './seats.ts'
import type { TourClaims } from './tour-claims.ts'

export interface StaffRoom {
  readonly gate: PinGate
  readonly seats: Seats
  readonly claims: TourClaims
}

const viewOf = ({ id, name, role, pinHash, pinLockedAt, leftAt }: Staff): StaffView => ({
  id,
  name,
  role,
  hasPin: pinHash !== undefined,
  isPinLocked: pinLockedAt !== undefined,
  hasLeft: leftAt !== undefined,
})

export function staffHandlers(
  workshop: Workshop,
  { gate, seats, claims }: StaffRoom,
): Pick<Handlers, keyof typeof staffOperations> {
  const { store } = workshop
  return {
    'staff.save': (input, caller) => saveStaff(workshop, caller, input),
    'staff.list': async () => (await store.loadStaff()).filter(({ leftAt }) => leftAt === undefined).map(viewOf),
    'staff.everybody': async () => (await store.loadStaff()).map(viewOf),
    async 'staff.leave'({ staffId }, caller) {
      await letStaffLeave(workshop, caller, staffId)
      claims.releaseAll(`staff:${staffId}`)
      return null
    },
    async 'staff.come-back'({ staffId }, caller) {
      await takeStaffBack(workshop, caller, staffId)
      return null
    },
    async 'staff.unlock'({ staffId }, caller) {
      await unlockPin(workshop, caller, staffId)
      const name = (await store.loadStaff()).find(({ id }) => id === staffId)?.name
      if (name !== undefined) gate.forgive(name)
      return null
    },
    'staff.sign-in': (input, caller) =>
      gate.prove({ caller, name: input.name, onLock: () => lockPin(workshop, caller, input.name) }, async () => {
        const { id, name, role } = await signIn(workshop, input)
        if (caller.terminal !== undefined) {
          if (caller.actor !== `staff:${id}`) claims.releaseAll(caller.actor)
          seats.signIn(caller.terminal, id)
        }
        return { staffId: id, name, role }
      }),
    async 'staff.sign-out'(_input, { actor, terminal }) {
      if (terminal !== undefined) seats.signOut(terminal)
      claims.releaseAll(actor)
      return null
    },
    async 'staff.stay'(_input, { actor, terminal }) {
      if (terminal !== undefined) seats.touch(terminal)
      return { isHere: terminal !== undefined && actor !== terminal }
    },
  }
}
