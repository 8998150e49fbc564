import { maskOf, octetsOf, privateNetworks } from '../../domain/station-network.ts'

/** Names of a local network that the shop's authority may speak for, beside private addresses. */
export const permittedDomains = ['local', 'lan', 'home', 'internal', 'home.arpa', 'localhost'] as const

const sequence = 0x30
/** Context-specific tags of RFC 5280: permittedSubtrees, and the two kinds of names. */
const permitted = 0xa0
const dnsName = 0x82
const ipAddress = 0x87

/** One DER value; contents here stay under 64 KiB. */
function der(tag: number, content: readonly number[]): number[] {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return [tag, ...size, ...content]
}

/** NameConstraints (RFC 5280, 4.2.1.10) that permit the above and one more name, in DER. */
export function nameConstraints(ownNames: readonly string[]): Uint8Array<ArrayBuffer> {
  const bases = [
    ...privateNetworks.map(([address, bits]) => der(ipAddress, [...octetsOf(address), ...maskOf(bits)])),
    ...[...permittedDomains, ...ownNames].map((name) => der(dnsName, [...new TextEncoder().encode(name)])),
  ]
  const subtrees = bases.flatMap((base) => der(sequence, base))
  return new Uint8Array(der(sequence, der(permitted, subtrees)))
}
