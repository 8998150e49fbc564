import type { EpochMs } from '../kernel/time.ts'

/** What the shop decided about its stations; absent = the network is closed, and the usual minutes. */
export interface StationSettings {
  readonly isOnNetwork: boolean
  readonly port: number
  /** Minutes without a touch until a station forgets who stood there. */
  readonly lockMinutes: number
}

export const usualStations: StationSettings = { isOnNetwork: false, port: 8443, lockMinutes: 5 }

/** Why the network is not open although it should be. */
export type NetworkProblem = 'not-running' | 'no-address' | 'port-taken' | 'shop-key' | 'certificate'

/** What a terminal checks us by. Fingerprints are SHA-256 over the certificate, capital hex in pairs with colons. */
export interface TrustFacts {
  /** Of the shop's own authority, which terminals are told to trust once. */
  readonly fingerprint: string
  readonly authorityUntil: EpochMs
  /** The station's certificate is renewed by itself before this. */
  readonly certificateUntil: EpochMs
}

export interface NetworkState {
  /** The manager wants it open. */
  readonly isWanted: boolean
  readonly port: number
  /** `https://...`, one for each address that is listened on, and the machine's name last. */
  readonly addresses: readonly string[]
  readonly problem: NetworkProblem | undefined
  readonly trust: TrustFacts | undefined
}
