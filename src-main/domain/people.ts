import type { EpochMs } from '../kernel/time.ts'

export type Role = 'manager' | 'packer' | 'picker'

export interface Staff {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** scrypt, `salt:hash` in base64url; absent = cannot sign in at a station yet. */
  readonly pinHash?: string | undefined
}

/** A paired tablet or browser. It holds a token; we hold only its hash. */
export interface Terminal {
  readonly id: string
  readonly name: string
  readonly tokenHash: string
  readonly pairedAt: EpochMs
  readonly revokedAt?: EpochMs | undefined
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
