import type { KeysState, WayKind } from '../domain/shop-key.ts'
import type { ShopKeyMaker } from './vault.ts'

/** What somebody who wants in brings along. */
export type Words = { readonly passphrase: string } | { readonly recoveryKey: string }

/** The X25519 private key that backups are sealed for, and the wrapped slots through which it is reached. */
export interface BackupKeys {
  readonly identity: Uint8Array
  readonly slots: string
}

/**
 * Care of the shop key while the program runs. Everything but `state` and `unlock` needs it open and throws
 * ERR_SHOP_KEY_MISSING otherwise.
 */
export interface ShopKeyCare extends ShopKeyMaker {
  state(): Promise<KeysState>
  /** Throws ERR_SHOP_KEY_MISSING (`reason`: wrong, way-not-set-up). A passphrase costs a third of a second. */
  unlock(words: Words): Promise<void>
  /** Sets or replaces the passphrase. Throws ERR_INPUT_INVALID for one shorter than `shortestPassphrase`. */
  setPassphrase(passphrase: string): Promise<void>
  addKeyFile(): Promise<void>
  /** Throws ERR_KEYCHAIN_MISSING where the system keeps no secrets safely. */
  addKeychain(): Promise<void>
  /**
   * Takes one way away, and its file. Throws ERR_LAST_WAY_IN for the recovery key, which is only ever replaced, and for
   * the last way besides it: paper in a drawer is no way to open a shop every morning.
   */
  remove(kind: WayKind): Promise<void>
  /** A new recovery key in place of the old one; answered this once, kept nowhere. */
  newRecoveryKey(): Promise<{ readonly recoveryKey: string }>
  /**
   * A new shop key and new ways to it: key file and keychain by themselves, a passphrase must be given where there is
   * one (ERR_INPUT_INVALID without), the recovery key is new. Written in one step. Data keys stay wrapped by the
   * former key, which opens them still, until `rewrapped` is called.
   */
  rotate(options: { readonly passphrase?: string | undefined }): Promise<{ readonly recoveryKey: string }>
  /** True between `rotate` and `rewrapped`, also after a crash in between. */
  needsRewrap(): boolean
  /** Forgets the former key; to be called once every data key was wrapped anew. */
  rewrapped(): Promise<void>
  /** Lets go of the open key, for a shop that is removed; its files go with the shop's. */
  forget(): void
  backupKeys(): Promise<BackupKeys>
}
