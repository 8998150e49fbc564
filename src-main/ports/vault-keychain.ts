import type { KeychainStatus } from '../domain/shop-key.ts'

/**
 * The system's own safe for secrets of one user. A keychain that would keep them in plain text is none: `status` says
 * so, and nothing is given to it.
 */
export interface Keychain {
  status(): Promise<KeychainStatus>
  /** Text that only this user of this system can turn back. Throws ERR_KEYCHAIN_MISSING. */
  protect(secret: string): Promise<string>
  /**
   * What `protect` was given, and whether the system wants it protected anew; undefined when it was protected elsewhere
   * or by somebody else, was changed, or there is no keychain now.
   */
  reveal(held: string): Promise<{ readonly secret: string; readonly shouldRenew: boolean } | undefined>
}
