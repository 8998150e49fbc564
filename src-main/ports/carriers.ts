import type { CourierChannel, CourierKeySet, PublicJwk } from '../domain/carrier.ts'
import type { EpochMs } from '../kernel/time.ts'
import type { Jwk } from './vault.ts'

/** One line of a sealed manifest; `at` is personal and therefore only ever inside the sealed file. */
export interface ManifestLine {
  readonly pid: string
  readonly seq: string
  readonly stop: number
  readonly routing: string
  readonly n: number
  readonly of: number
  readonly grossG: number
  readonly handling: readonly string[]
  readonly window?: { readonly from: EpochMs; readonly to: EpochMs } | undefined
  /** SHA-256 of the parcel's sealed label block, hex. */
  readonly labelSha256: string
  /** The block itself, so that stops can be opened without scanning every label. */
  readonly label: string
  readonly at?: readonly [lat: number, lon: number] | undefined
}

/** Payload of the JWS inside `NAME.manifest.jwe`. */
export interface ManifestPayload {
  readonly number: string
  readonly closedAt: EpochMs
  readonly carrier: { readonly code: string; readonly name: string }
  readonly shop: { readonly name: string; readonly at: readonly [lat: number, lon: number] }
  readonly shopKey: PublicJwk
  readonly parcels: readonly ManifestLine[]
  /** The same list as CSV for couriers who only have a spreadsheet; written by the adapter that seals. */
  readonly csv: string
}

/** What goes into a manifest before it is sealed. */
export type ManifestContent = Omit<ManifestPayload, 'csv'>

/** A courier's signed word that a file arrived whole. */
export interface CourierReceipt {
  readonly manifest: string
  readonly receivedAt: EpochMs
  /** SHA-256 of the received file, hex. */
  readonly sha256: string
}

export type DeliveryEventStatus = 'out-for-delivery' | 'delivered' | 'failed' | 'returned'

/** What a courier's signed status file says. */
export interface CourierStatusFile {
  readonly manifest: string
  readonly sequence: number
  readonly events: readonly {
    readonly pid: string
    readonly status: DeliveryEventStatus
    readonly at: EpochMs
    readonly reason?: string | undefined
  }[]
}

/** Files exchanged with couriers. */
export interface ManifestSealing {
  /**
   * Adds the CSV, signs with the shop's key (ES256), then seals for the courier (ECDH-ES, A256GCM). Refuses a list
   * that `open` would refuse: throws ERR_INPUT_INVALID with the same reasons (a line twice, a hash that does not fit).
   */
  seal(content: ManifestContent, options: { signingKey: Jwk; key: CourierKeySet }): Promise<string>
  /**
   * Opens and checks a manifest file. Throws ERR_SEALED_BLOCK_INVALID (tampered, wrong signature, a line
   * twice, a label hash that does not fit), ERR_SEALED_BLOCK_FOREIGN (other key). `shopKey` is the pinned one;
   * without it the signature is checked against the key inside, which proves only that the file is of one piece.
   * `number` is the one it is expected to have: an old manifest under a new name is refused (`other-manifest`).
   */
  open(
    file: string,
    options: { privateKeys: readonly Jwk[]; shopKey?: PublicJwk | undefined; number?: string | undefined },
  ): Promise<ManifestPayload>
  /** Checks the courier's signature and shape. Throws ERR_STATUS_FILE_INVALID with the reason. */
  readStatusFile(file: string, options: { key: CourierKeySet }): Promise<CourierStatusFile>
  /**
   * Checks a receipt against the file it is for. Throws ERR_RECEIPT_INVALID with the reason: wrong signature,
   * another manifest, another content.
   */
  readReceipt(
    receipt: string,
    options: { key: CourierKeySet; manifest: string; content: string },
  ): Promise<CourierReceipt>
  /** Which key a status file or receipt says it was signed with, unchecked: to find the courier. */
  peekSigner(file: string): { readonly kid: string } | undefined
  /** Which key a manifest file says it is sealed for, unchecked. Undefined when it is no manifest file. */
  peekSealedFor(file: string): string | undefined
  /** Which manifest a receipt says it is for, unchecked: to find the file it is compared with. */
  peekReceipt(receipt: string): { readonly manifest: string } | undefined
  /**
   * Checks a public JWK set handed over by a courier: two P-256 public keys, one `enc`, one `sig`, no private
   * parts, points on the curve, not the same key. Throws ERR_COURIER_KEY_INVALID naming what is wrong.
   */
  readKeySet(jwks: string, addedAt: EpochMs): Promise<CourierKeySet>
  /** A fingerprint as words to compare by telephone. */
  fingerprintWords(kid: string): readonly string[]
}

/** A sealed manifest on its way: ciphertext, and names that hold its number only. */
export interface CourierFile {
  readonly fileName: string
  readonly content: string
  readonly idempotencyKey: string
  /** When it was first meant to leave; the same at every try. */
  readonly writtenAt: EpochMs
}

/** The shop's mail server with its password opened. */
export interface MailAccess {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly from: string
  /** PEM. */
  readonly certificates?: string | undefined
}

/** Brings a closed manifest to the courier. */
export interface CourierDelivery {
  /**
   * `refused` will not get better by trying again; throws ERR_COURIER_UNREACHABLE for what might.
   * Sending the same file with the same key twice has one effect.
   */
  send(channel: CourierChannel, file: CourierFile): Promise<DeliveryOutcome>
  /** The receipt that lies beside a file sent earlier (folder), if the courier has put one there. */
  findReceipt(channel: CourierChannel, fileName: string): Promise<string | undefined>
  /** Greets a mail server and signs in; sends nothing. Undefined = all is well, else a reason code such as `no-tls`. */
  tryMail(access: MailAccess): Promise<string | undefined>
}

export interface DeliveryOutcome {
  readonly outcome: 'sent' | 'waiting-for-pick-up' | 'refused'
  /** Reason code of a refusal, such as `status-403` or `plain-http`. */
  readonly problem?: string | undefined
  /** The courier's receipt as it came back, unchecked: `ManifestSealing.readReceipt` judges it. */
  readonly receipt?: string | undefined
}
