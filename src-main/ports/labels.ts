import type { CourierKeySet } from '../domain/carrier.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { EpochMs } from '../kernel/time.ts'
import type { Jwk } from './vault.ts'

/** Seals recipients for labels: JWE compact, ECDH-ES on P-256, A256GCM (LABELS, "Sealed block"). */
export interface LabelSealing {
  /**
   * The block that the label's QR code holds. Leaves instructions out, the last sentence first, when the
   * block would not fit the label's space; what was cut ends in an ellipsis. Throws ERR_SEALED_TOO_LONG when even that does not help.
   */
  seal(recipient: Recipient, options: { key: CourierKeySet; parcelNumber: string; expiresAt: EpochMs }): Promise<string>
  /**
   * Opens a block with a private JWK set. Throws ERR_SEALED_BLOCK_INVALID (tampered, truncated, no block),
   * _FOREIGN (sealed for another key), _EXPIRED, _MOVED (its parcel number is not the given one).
   * With `kind: 'counter'` it opens what `sealForCounter` made; the order code stands for the parcel number.
   */
  open(
    block: string,
    options: {
      privateKeys: readonly Jwk[]
      parcelNumber?: string | undefined
      now: EpochMs
      kind?: 'label' | 'counter' | undefined
    },
  ): Promise<OpenedLabel>
  /** What a block says of itself, unchecked: whose key it was sealed for. Undefined when it is no block. */
  peek(block: string): { readonly kid: string; readonly parcelNumber: string; readonly expiresAt: EpochMs } | undefined
  /** Seals the recipient for the shop's own counter, for selection documents with `sealing = selection`. */
  sealForCounter(
    recipient: Recipient,
    options: { counterKey: Jwk; orderCode: string; expiresAt: EpochMs },
  ): Promise<string>
}

export interface OpenedLabel {
  readonly parcelNumber: string
  readonly expiresAt: EpochMs
  readonly recipient: Recipient
}
