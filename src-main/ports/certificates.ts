import type { EpochMs } from '../kernel/time.ts'
import type { TrustFacts } from '../domain/station-network.ts'

/** How terminals reach this machine: private addresses (IPv4) and names of the local network. */
export interface HostNames {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
}

/** What an HTTPS server shows and signs with. All PEM. */
export interface ServerIdentity {
  /** The server's own, then the authority's. */
  readonly chain: string
  readonly privateKey: string
  readonly authority: string
  readonly trust: TrustFacts
  /** From then on `identityFor` answers another certificate. */
  readonly renewFrom: EpochMs
}

/**
 * The shop's own small authority, made at first use and good for ten years, and the station's certificate under it:
 * ECDSA P-256, 397 days, for exactly the names asked for. The authority may only speak for private addresses and names
 * of a local network, so that whoever steals it cannot pass for any other site at a terminal that trusts it. Private
 * keys lie sealed by the vault; a shop key that was replaced brings a new authority.
 */
export interface Certificates {
  /**
   * The same answer for the same names until `renewFrom`. Names that the authority may not speak for are left out.
   * Throws ERR_SHOP_KEY_MISSING while the vault is locked, ERR_DISK.
   */
  identityFor(host: HostNames, shopName: string): Promise<ServerIdentity>
}
