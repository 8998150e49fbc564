import type { EpochMs } from '../kernel/time.ts'
import type { Service } from './order.ts'
import type { SealedRecord } from './recipient.ts'

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

/** An address as the customer gave it to the storefront; more may be missing than on a label. */
export interface DeliveryAddress {
  readonly name: string
  readonly company?: string | undefined
  readonly lines: readonly string[]
  readonly postcode?: string | undefined
  readonly city: string
  readonly region?: string | undefined
  readonly country: string
  readonly phone?: string | undefined
  /** Degrees, WGS 84. */
  readonly coordinates?: { readonly lat: number; readonly lon: number } | undefined
}

/** The sealed part of UserInformation, as the storefront told it. */
export interface UserDetails {
  readonly name: string
  readonly contact: { readonly email?: string | undefined; readonly phone?: string | undefined }
  readonly deliveryAddresses: readonly DeliveryAddress[]
  readonly deliveryWishes: { readonly service?: Service | undefined; readonly instructions?: string | undefined }
}

/** User information opened: the document of docs/protocol/user-information.schema.json. */
export type UserInformationDocument = Omit<UserInformation, 'personal' | 'emailToken'> & UserDetails
