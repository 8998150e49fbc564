import type { EpochMs } from '../kernel/time.ts'

export type Role = 'manager' | 'packer' | 'picker'

export interface Staff {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** scrypt, `salt:hash` in base64url; absent = cannot sign in at a station yet. */
  readonly pinHash?: string | undefined
  /** Too many wrong PINs: nobody signs in with this one until a manager unlocks it or sets another. */
  readonly pinLockedAt?: EpochMs | undefined
  /** Works here no more; the name stays, because the log names who did what. */
  readonly leftAt?: EpochMs | undefined
}

/** Whether this person can sign in at a station as things stand. */
export const canSignIn = (staff: Staff): boolean =>
  staff.pinHash !== undefined && staff.leftAt === undefined && staff.pinLockedAt === undefined

/** A paired tablet or browser. It holds a token; we hold only its hash. */
export interface Terminal {
  readonly id: string
  readonly name: string
  readonly tokenHash: string
  readonly pairedAt: EpochMs
  readonly revokedAt?: EpochMs | undefined
  /** To the minute; absent before the first visit. */
  readonly lastSeenAt?: EpochMs | undefined
}

/** Who did something, as it stands in the audit log: `staff:<id>`, `station:<id>`, `cli:<system user>`, `courier:<code>`. */
export type Actor = string

export interface AuditEntry {
  readonly id: string
  readonly at: EpochMs
  readonly actor: Actor
  readonly action: string
  readonly entity: string
  readonly entityId: string
  /** Facts without personal values. */
  readonly facts?: { readonly [key: string]: string | number } | undefined
}
