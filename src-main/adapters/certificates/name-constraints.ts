/** What the shop's authority may speak for: private addresses of RFC 1918 and RFC 6598, this machine, local names. */
export const permittedNetworks = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
] as const
export const permittedDomains = ['local', 'lan', 'home', 'internal', 'home.arpa', 'localhost'] as const

const sequence = 0x30
/** Context-specific tags of RFC 5280: permittedSubtrees, and the two kinds of names. */
const permitted = 0xa0
const dnsName = 0x82
const ipAddress = 0x87

const octetsOf = (address: string): number[] => address.split('.').map(Number)
const maskOf = (bits: number): number[] =>
  [0, 8, 16, 24].map((from) => 0xff & ~(0xff >> Math.max(0, Math.min(8, bits - from))))

/** One DER value; contents here stay under 64 KiB. */
function der(tag: number, content: readonly number[]): number[] {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return [tag, ...size, ...content]
}

/** NameConstraints (RFC 5280, 4.2.1.10) that permit the above and one more name, in DER. */
export function nameConstraints(ownNames: readonly string[]): Uint8Array<ArrayBuffer> {
  const bases = [
    ...permittedNetworks.map(([address, bits]) => der(ipAddress, [...octetsOf(address), ...maskOf(bits)])),
    ...[...permittedDomains, ...ownNames].map((name) => der(dnsName, [...new TextEncoder().encode(name)])),
  ]
  const subtrees = bases.flatMap((base) => der(sequence, base))
  return new Uint8Array(der(sequence, der(permitted, subtrees)))
}

/** True for an address that the authority may speak for. */
export function isPermittedAddress(address: string): boolean {
  const octets = octetsOf(address)
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) return false
  return permittedNetworks.some(([network, bits]) => {
    const [base, mask] = [octetsOf(network), maskOf(bits)]
    return octets.every((octet, index) => (octet & (mask[index] ?? 0)) === base[index])
  })
}
