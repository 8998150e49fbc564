import { AppError } from '../kernel/errors.ts'
import type { Staff } from '../domain/people.ts'
import { auditEntry, newId } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault'>

export interface StaffInput {
  /** Absent: whoever has the name, else somebody new. */
  readonly staffId?: string | undefined
  readonly name: string
  readonly role: Staff['role']
  readonly pin?: string | undefined
}

/**
 * Adds a member of staff or changes name, role and PIN; staff without a PIN cannot sign in at a station. A new PIN takes
 * the lock off. Throws ERR_STAFF_NOT_FOUND for an id nobody has, ERR_INPUT_INVALID for a name that somebody else who
 * works here has, since people sign in by it, and for a PIN that is among the first to be tried.
 */
export async function saveStaff(deps: Deps, caller: Caller, input: StaffInput): Promise<{ readonly staffId: string }> {
  const all = await deps.store.loadStaff()
  const known = input.staffId === undefined ? present(all, input.name) : findOrThrow(all, input.staffId)
  const namesake = all.find((one) => one.id !== known?.id && one.leftAt === undefined && sameName(one.name, input.name))
  if (namesake) throw new AppError('ERR_INPUT_INVALID', { path: 'name', reason: 'name-taken' })
  if (input.pin !== undefined && isObvious(input.pin))
    throw new AppError('ERR_INPUT_INVALID', { path: 'pin', reason: 'obvious-pin' })
  const pinHash = input.pin === undefined ? known?.pinHash : await deps.vault.hashPin(input.pin)
  const staff: Staff = {
    ...known,
    id: known?.id ?? newId(deps.system),
    name: input.name,
    role: input.role,
    pinHash,
    pinLockedAt: input.pin === undefined ? known?.pinLockedAt : undefined,
  }
  await save(deps, caller, { staff, action: 'save-staff', facts: { role: staff.role, ...(input.pin !== undefined && { newPin: 1 }) } }) // prettier-ignore
  return { staffId: staff.id }
}

/** From now on this person signs in nowhere; the log keeps naming what they did. Throws ERR_STAFF_NOT_FOUND. */
export async function letStaffLeave(deps: Deps, caller: Caller, staffId: string): Promise<void> {
  const staff = findOrThrow(await deps.store.loadStaff(), staffId)
  await save(deps, caller, { staff: { ...staff, leftAt: deps.system.clock.now() }, action: 'staff-leaves' })
}

/** Takes a leaving back. Throws ERR_STAFF_NOT_FOUND, ERR_INPUT_INVALID where somebody else has the name by now. */
export async function takeStaffBack(deps: Deps, caller: Caller, staffId: string): Promise<void> {
  const all = await deps.store.loadStaff()
  const staff = findOrThrow(all, staffId)
  if (all.some((one) => one.id !== staffId && one.leftAt === undefined && sameName(one.name, staff.name)))
    throw new AppError('ERR_INPUT_INVALID', { path: 'name', reason: 'name-taken' })
  await save(deps, caller, { staff: { ...staff, leftAt: undefined }, action: 'staff-comes-back' })
}

/** Throws ERR_STAFF_NOT_FOUND. */
export async function unlockPin(deps: Deps, caller: Caller, staffId: string): Promise<void> {
  const staff = findOrThrow(await deps.store.loadStaff(), staffId)
  await save(deps, caller, { staff: { ...staff, pinLockedAt: undefined }, action: 'unlock-pin' })
}

/** After too many wrong PINs for one name; nobody of that name: nothing happens. */
export async function lockPin(deps: Deps, caller: Pick<Caller, 'actor'>, name: string): Promise<void> {
  const staff = present(await deps.store.loadStaff(), name)
  if (!staff || staff.pinHash === undefined || staff.pinLockedAt !== undefined) return
  await save(deps, caller, { staff: { ...staff, pinLockedAt: deps.system.clock.now() }, action: 'lock-pin' })
}

/**
 * Who a PIN belongs to. Throws ERR_STAFF_NOT_FOUND when nobody who works here has the name, ERR_NOT_ALLOWED
 * (`wrong-pin`, or `pin-locked` whatever the PIN is) otherwise.
 */
export async function signIn(deps: Deps, input: { readonly name: string; readonly pin: string }): Promise<Staff> {
  const staff = present(await deps.store.loadStaff(), input.name)
  if (!staff) throw new AppError('ERR_STAFF_NOT_FOUND', {})
  if (staff.pinLockedAt !== undefined) throw new AppError('ERR_NOT_ALLOWED', { reason: 'pin-locked' })
  if (staff.pinHash === undefined || !(await deps.vault.checkPin(input.pin, staff.pinHash)))
    throw new AppError('ERR_NOT_ALLOWED', { reason: 'wrong-pin' })
  return staff
}

interface SavedStaff {
  readonly staff: Staff
  readonly action: string
  readonly facts?: { readonly [key: string]: string | number } | undefined
}

const save = (deps: Deps, caller: Pick<Caller, 'actor'>, { staff, action, facts }: SavedStaff): Promise<void> =>
  deps.store.saveStaff(
    staff,
    auditEntry(deps.system, caller, { action, entity: 'staff', entityId: staff.id, ...(facts && { facts }) }),
  )

function findOrThrow(all: readonly Staff[], staffId: string): Staff {
  const staff = all.find(({ id }) => id === staffId)
  if (!staff) throw new AppError('ERR_STAFF_NOT_FOUND', {})
  return staff
}

const sameName = (a: string, b: string): boolean =>
  a.trim().normalize('NFKC').toLowerCase() === b.trim().normalize('NFKC').toLowerCase()

const present = (all: readonly Staff[], name: string): Staff | undefined =>
  all.find((one) => one.leftAt === undefined && sameName(one.name, name))

/** One digit again and again, or digits one after the other, up or down: what everybody tries first. */
function isObvious(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  return [0, 1, -1].some((step) => steps.every((one) => one === step))
}
