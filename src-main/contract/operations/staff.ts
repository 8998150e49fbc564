import { z } from 'zod'
import { beforeSignIn, command, managers, query } from '../operation.ts'

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(60)
const role = z.enum(['manager', 'packer', 'picker'])
const pin = z.string().regex(/^\d{4,12}$/, 'expected 4 to 12 digits')

export interface StaffView {
  readonly id: string
  readonly name: string
  readonly role: z.output<typeof role>
  readonly hasPin: boolean
  /** Too many wrong PINs: a manager unlocks it or sets another. */
  readonly isPinLocked: boolean
  /** Works here no more; only ever true where a manager asks for everybody. */
  readonly hasLeft: boolean
}

/** Who works here, as what, and who stands at a station. */
export const staffOperations = {
  /** Adds somebody, or changes name, role or PIN of whoever has the id, or else the name. */
  'staff.save': command<{ readonly staffId: string }>()(
    managers,
    z.object({ staffId: id.optional(), name, role, pin: pin.optional() }),
  ),
  /** Whoever works here, by name. */
  'staff.list': query<readonly StaffView[]>()(beforeSignIn, z.object({})),
  /** Those who left too. */
  'staff.everybody': query<readonly StaffView[]>()(managers, z.object({})),
  /** Signs in nowhere from now on; what they did keeps their name. */
  'staff.leave': command<null>()(managers, z.object({ staffId: id })),
  'staff.come-back': command<null>()(managers, z.object({ staffId: id })),
  /** Takes the lock off a PIN that was guessed too often. */
  'staff.unlock': command<null>()(managers, z.object({ staffId: id })),
  /** Proves a PIN; at a station this person stands there from now on. */
  'staff.sign-in': command<{ readonly staffId: string; readonly name: string; readonly role: string }>()(
    beforeSignIn,
    z.object({ name: z.string().max(60), pin: z.string().max(12) }),
  ),
  /** The station forgets who stood there. */
  'staff.sign-out': command<null>()(beforeSignIn, z.object({})),
  /** Somebody touched the screen: whoever is signed in stays so. */
  'staff.stay': query<{ readonly isHere: boolean }>()(beforeSignIn, z.object({})),
}
