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

/** Networks that lead nowhere beyond a house: RFC 1918, RFC 6598, and this machine. Stations are served on no other. */
export const privateNetworks = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
] as const

export const octetsOf = (address: string): number[] => address.split('.').map(Number)
export const maskOf = (bits: number): number[] =>
  [0, 8, 16, 24].map((from) => 0xff & ~(0xff >> Math.max(0, Math.min(8, bits - from))))

/** True for an IPv4 address of one of these networks. */
export function isPrivateAddress(address: string): boolean {
  const octets = octetsOf(address)
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) return false
  return privateNetworks.some(([network, bits]) => {
    const [base, mask] = [octetsOf(network), maskOf(bits)]
    return octets.every((octet, index) => (octet & (mask[index] ?? 0)) === base[index])
  })
}
