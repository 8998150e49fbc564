import { domainToASCII } from 'node:url'

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domain =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/**
 * An address as it can stand in an envelope: one address, its domain in ASCII (`müller.example` becomes
 * `xn--mller-kva.example`). Undefined for everything else: lists, names, comments, quotes, line ends, and local parts
 * outside ASCII, which few servers take.
 */
export function envelopeAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || !localPart.test(local)) return undefined
  const ascii = domainToASCII(text.slice(at + 1))
  return domain.test(ascii) ? `${local}@${ascii}` : undefined
}
