/** Where a parcel goes and to whom: the personal part of an order, sealed wherever it rests. */
export interface Recipient {
  readonly name: string
  readonly company?: string | undefined
  /** Street lines in the order in which they are printed. */
  readonly lines: readonly string[]
  readonly postcode: string
  readonly city: string
  readonly region?: string | undefined
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string
  readonly phone?: string | undefined
  readonly instructions?: string | undefined
}

/** A point on the earth and how far off it may be. Personal, like the address it stands for. */
export interface GeoPoint {
  readonly lat: number
  readonly lon: number
  /** Metres; 0 = given with the order. */
  readonly accuracyM: number
  readonly source: 'order' | 'pin' | 'search' | 'postcode' | 'town'
}

/** Everything personal about one order; kept only as a SealedRecord. */
export interface PersonalData {
  readonly recipient: Recipient
  readonly email?: string | undefined
  readonly note?: string | undefined
  readonly at?: GeoPoint | undefined
}

/**
 * Personal data at rest: AES-256-GCM under a key of its own, which the shop key wraps.
 * Deleting `wrappedKey` makes `ciphertext` unreadable for good.
 */
export interface SealedRecord {
  readonly wrappedKey: string
  readonly ciphertext: string
}
