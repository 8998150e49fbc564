import type { Json } from '../kernel/json.ts'
import type { PublicJwk } from '../domain/carrier.ts'
import type { SealedRecord } from '../domain/recipient.ts'

/** A key in JWK form; private halves stay inside main-process memory and files of mode 0600. */
export type Jwk = PublicJwk

/**
 * Keeps personal data unreadable at rest. AES-256-GCM with one data key per record, the owner's id
 * as additional data, the data key wrapped by the shop key (LABELS, "At rest").
 */
export interface Vault {
  /**
   * Seals under a fresh data key, or under that of the record it replaces: what lies beside that one (see `sealBeside`)
   * can still be opened. Throws ERR_SHOP_KEY_MISSING, ERR_STORE_DAMAGED.
   */
  seal(ownerId: string, value: Json, replaced?: SealedRecord): SealedRecord
  /** Opens what `seal` made for the same owner. Throws ERR_SHOP_KEY_MISSING, ERR_STORE_DAMAGED when it does not fit. */
  open(ownerId: string, record: SealedRecord): Json
  /**
   * Seals what has to end with a record, such as a paper that names its person, under the record's own data key. `about`
   * says what it is, and it opens as nothing else. Base64url. Throws ERR_SHOP_KEY_MISSING, ERR_STORE_DAMAGED.
   */
  sealBeside(owner: RecordOwner, about: string, content: Uint8Array): string
  /** Opens what `sealBeside` made of the same thing. Throws ERR_SHOP_KEY_MISSING, ERR_STORE_DAMAGED when it does not fit. */
  openBeside(owner: RecordOwner, about: string, sealed: string): Uint8Array
  /** The same data key wrapped by the shop key of now, after a rotation. Throws ERR_STORE_DAMAGED when it does not fit. */
  rewrap(ownerId: string, wrappedKey: string): string
  /** Keyed hash (HMAC-SHA-256) of a normalised text: equal texts, equal tokens; useless without the key. */
  token(kind: 'email' | 'phone' | 'address' | 'word', text: string): string
  /** Hash of a PIN or token that may be checked later; slow on purpose (scrypt) for `pin`. */
  hashPin(pin: string): Promise<string>
  checkPin(pin: string, hash: string): Promise<boolean>
  /** The shop's own signing key pair (ES256) for manifests; made on first use and kept sealed. The private half never leaves. */
  readonly shopKeys: ShopKeys
}

/** Whose record it is, and the record. */
export interface RecordOwner {
  readonly id: string
  readonly record: Pick<SealedRecord, 'wrappedKey'>
}

/** The shop's signature and counter keys. Public halves are handed out, private halves are used here. */
export interface ShopKeys {
  /** ES256 private JWK, for signing only. */
  signingKey(): Promise<Jwk>
  /** The public halves as a JWK set, handed to couriers. */
  publicJwks(): Promise<{ readonly keys: readonly Jwk[] }>
  /** ECDH P-256 private JWK with which the counter opens selection documents (`sealing = selection`). */
  counterKey(): Promise<Jwk>
}

/** Making the shop key, once, at set-up. */
export interface ShopKeyMaker {
  /** True when the shop has a key, whether or not it can be opened here. */
  has(): boolean
  /** Makes the key with a key file and a recovery key; the recovery key is answered this once and kept nowhere. */
  create(): Promise<{ readonly recoveryKey: string }>
}
