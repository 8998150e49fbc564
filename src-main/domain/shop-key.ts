/** The ways to the shop key; each wraps it once. */
export type WayKind = 'keychain' | 'key-file' | 'passphrase' | 'recovery-key'

/**
 * `opens` = this way opens the shop here by itself, `asks` = somebody must give the words, `not-here` = it is set up,
 * but its file or keychain is not here.
 */
export interface WayState {
  readonly kind: WayKind
  readonly state: 'opens' | 'asks' | 'not-here'
}

/** Why the system's keychain cannot keep a secret here; `none` = this door has no keychain at all. */
export type KeychainLack = 'none' | 'locked' | 'plain-text' | 'unknown-backend'

export interface KeychainStatus {
  readonly isAvailable: boolean
  /** What keeps the secrets, as the system names it: `gnome_libsecret`, `kwallet6` ...; `system` where it has no name. */
  readonly backend: string
  readonly lack?: KeychainLack | undefined
}

export interface KeysState {
  readonly hasKey: boolean
  readonly isOpen: boolean
  /** Which way opened it; undefined while it is closed. */
  readonly openedBy: WayKind | undefined
  readonly ways: readonly WayState[]
  readonly keychain: KeychainStatus
}

/** Signs of a passphrase: whoever stole the wrapped key tries them by machine. */
export const shortestPassphrase = 12
