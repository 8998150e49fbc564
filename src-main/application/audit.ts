import { uuidV7 } from '../kernel/ids.ts'
import type { AuditEntry } from '../domain/people.ts'
import type { System } from '../ports/system.ts'
import type { Caller } from './workshop.ts'

/** A fresh id from the injected clock and random bytes. */
export const newId = (system: System): string => uuidV7(system.clock, system.random)

/** What the audit log keeps of a change: who did what to which record; facts are counts and codes, never values. */
export interface Deed {
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly facts?: { readonly [key: string]: string | number } | undefined
}

export function auditEntry(system: System, caller: Pick<Caller, 'actor'>, deed: Deed): AuditEntry {
  return { id: newId(system), at: system.clock.now(), actor: caller.actor, ...deed }
}
