import type { EpochMs } from '../kernel/time.ts'
import type { Recipient, SealedRecord } from './recipient.ts'

/**
 * UserInformation as the back office keeps it: who ordered, made at the first access of the
 * customer's terminal. Names and addresses are in `personal` (UserDetails) and sealed.
 */
export interface UserInformation {
  readonly userId: string
  readonly kind: 'account' | 'guest'
  readonly identifiedBy: 'password' | 'guest-session' | 'external'
  readonly identifiedAt: EpochMs
  readonly locale: string
  readonly personal: SealedRecord | undefined
  /** Keyed hash of the e-mail address, by which a returning guest is recognised. */
  readonly emailToken?: string | undefined
}

/** The sealed part of UserInformation, as the storefront told it. */
export interface UserDetails {
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly deliveryAddresses: readonly Recipient[]
  readonly deliveryWishes?: string | undefined
}
