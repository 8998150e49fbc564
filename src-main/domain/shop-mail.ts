import type { SealedRecord } from './recipient.ts'

/** The mail server of the shop, through which manifests leave for couriers who want them by e-mail. */
export interface ShopMail {
  readonly host: string
  readonly port: number
  /** TLS from the first byte, or asked for before anything is said; `none` only to this very machine. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user?: string | undefined
  /** One address, the sender of every mail. */
  readonly from: string
  /** PEM certificates to trust beside the system's, for a mail server of one's own. */
  readonly certificates?: string | undefined
  readonly sealedPassword?: SealedRecord | undefined
}

/** Owner of the sealed password. */
export const shopMailOwner = 'shop-mail'
