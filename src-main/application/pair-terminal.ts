import { AppError } from '../kernel/errors.ts'
import type { Staff, Terminal } from '../domain/people.ts'
import { auditEntry, newId } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault'>

const tokenBytes = 32

/** Pairs a terminal and answers its token, once; only the hash is kept. */
export async function pairTerminal(
  deps: Deps,
  caller: Caller,
  name: string,
): Promise<{ readonly terminalId: string; readonly token: string }> {
  const token = Array.from(deps.system.random.bytes(tokenBytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const terminal: Terminal = {
    id: newId(deps.system),
    name,
    tokenHash: deps.system.hasher.sha256(token),
    pairedAt: deps.system.clock.now(),
  }
  await deps.store.saveTerminal(
    terminal,
    auditEntry(deps.system, caller, { action: 'pair-terminal', entity: 'terminal', entityId: terminal.id }),
  )
  return { terminalId: terminal.id, token }
}

/** The terminal behind a token, or undefined when there is none or it was revoked. */
export async function findTerminal(
  deps: Pick<Workshop, 'store' | 'system'>,
  token: string,
): Promise<Terminal | undefined> {
  const terminal = await deps.store.findTerminalByTokenHash(deps.system.hasher.sha256(token))
  return terminal?.revokedAt === undefined ? terminal : undefined
}

/** Takes a terminal's access away. Throws ERR_NOT_PAIRED when there is no such terminal. */
export async function revokeTerminal(deps: Deps, caller: Caller, terminalId: string): Promise<void> {
  const terminal = (await deps.store.loadTerminals()).find((candidate) => candidate.id === terminalId)
  if (!terminal) throw new AppError('ERR_NOT_PAIRED', { terminal: terminalId })
  await deps.store.saveTerminal(
    { ...terminal, revokedAt: deps.system.clock.now() },
    auditEntry(deps.system, caller, { action: 'revoke-terminal', entity: 'terminal', entityId: terminal.id }),
  )
}

/** Adds a member of staff or changes role and PIN; staff without a PIN cannot sign in at a station. */
export async function saveStaff(
  deps: Deps,
  caller: Caller,
  input: { readonly name: string; readonly role: Staff['role']; readonly pin?: string | undefined },
): Promise<{ readonly staffId: string }> {
  const known = (await deps.store.loadStaff()).find((candidate) => candidate.name === input.name)
  const pinHash = input.pin === undefined ? known?.pinHash : await deps.vault.hashPin(input.pin)
  const staff: Staff = {
    id: known?.id ?? newId(deps.system),
    name: input.name,
    role: input.role,
    ...(pinHash !== undefined ? { pinHash } : {}),
  }
  await deps.store.saveStaff(
    staff,
    auditEntry(deps.system, caller, {
      action: 'save-staff',
      entity: 'staff',
      entityId: staff.id,
      facts: { role: staff.role },
    }),
  )
  return { staffId: staff.id }
}

/** Who a PIN belongs to. Throws ERR_NOT_ALLOWED when the PIN is not theirs, ERR_STAFF_NOT_FOUND when nobody has the name. */
export async function signIn(deps: Deps, input: { readonly name: string; readonly pin: string }): Promise<Staff> {
  const staff = (await deps.store.loadStaff()).find((candidate) => candidate.name === input.name)
  if (!staff) throw new AppError('ERR_STAFF_NOT_FOUND', {})
  if (staff.pinHash === undefined || !(await deps.vault.checkPin(input.pin, staff.pinHash)))
    throw new AppError('ERR_NOT_ALLOWED', { reason: 'wrong-pin' })
  return staff
}
