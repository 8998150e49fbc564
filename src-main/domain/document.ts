import type { EpochMs } from '../kernel/time.ts'

export type DocumentKind =
  | 'selection'
  | 'delivery'
  | 'pick-sheet'
  | 'slip'
  | 'label'
  | 'counter-slip'
  | 'run-sheet'
  | 'manifest'
  | 'sealed-block'
  | 'carrier-label'

/** A stored, issued thing: JSON as text in the store, everything else as a file below `documents/`. Immutable. */
export interface IssuedDocument {
  readonly id: string
  readonly kind: DocumentKind
  /** The wave, parcel, order or manifest it is about. */
  readonly subjectId: string
  readonly version: number
  readonly issuedAt: EpochMs
  readonly fingerprint: string
  /** File name without anything personal, `231-07B.pdf`. */
  readonly fileName: string
  readonly mediaType: string
  readonly sha256: string
  /** JSON text for `selection` and `delivery`, the JWE for `sealed-block`; otherwise the bytes are in the file store. */
  readonly text?: string | undefined
  /**
   * The order whose person it names in clear: the file is ciphertext under that order's data key, and ends with it.
   * Absent where it names nobody, or the recipient only inside a sealed block.
   */
  readonly keptFor?: string | undefined
  readonly withdrawnAt?: EpochMs | undefined
}

/** Which terminal fetched or was sent which version, and when. */
export interface DocumentFetch {
  readonly documentId: string
  readonly terminal: string
  readonly at: EpochMs
}
