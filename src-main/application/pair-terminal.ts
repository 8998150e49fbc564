import { AppError } from '../kernel/errors.ts'
import type { Terminal } from '../domain/people.ts'
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

/** Seen again sooner than this is not worth a write. */
const seenEveryMs = 60_000

/** Remembers, to the minute, that a terminal was heard. */
export async function noteSeen(deps: Pick<Workshop, 'store' | 'system'>, terminal: Terminal): Promise<void> {
  const now = deps.system.clock.now()
  if (now - (terminal.lastSeenAt ?? 0) >= seenEveryMs) await deps.store.saveTerminalSeen(terminal.id, now)
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
