import type { AccessProblem } from '../../../ports/storefront-probe.ts'

export type TypedAddress = { readonly url: URL } | { readonly problem: AccessProblem }

/** Behind the shop's own address when people copy it from where they stand. */
const pastedEnds =
  /\/(wp-json|wp-admin|wp-login\.php|index\.php|shop|cart|my-account|\.well-known)(\/.*)?$|\/(orders|products)(:open)?$/

/**
 * The base address from whatever a person typed or pasted. Without a scheme https is meant, on loopback http. Only http
 * and https are ever asked; a name and password in an address would be sent along and written down.
 */
export function typedAddress(typed: string): TypedAddress {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return { problem: 'address-invalid' }
  if (/^[^/]+@/.test(text)) return { problem: 'address-has-credentials' }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return { problem: 'scheme-not-allowed' }
  // `file:/etc/passwd`, `javascript:...`: a scheme without slashes; `shop.example:8443` is none.
  if (scheme === undefined && /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return { problem: 'scheme-not-allowed' }
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:|\/|$)/i.test(text)
  const full = scheme === undefined ? `${isHere ? 'http' : 'https'}://${text}` : text
  if (!URL.canParse(full)) return { problem: 'address-invalid' }
  const url = new URL(full)
  if (url.username !== '' || url.password !== '') return { problem: 'address-has-credentials' }
  if (isMisleading(url.hostname)) return { problem: 'address-invalid' }
  const folder = url.pathname.replace(pastedEnds, '').replace(/\/+$/, '')
  return { url: new URL(url.origin + folder) }
}

/** No shop lives here: addresses without a host, and those where machines tell secrets about themselves. */
const isMisleading = (host: string): boolean =>
  host === '' || host.endsWith('.') || nobody.has(host) || secretive.some((pattern) => pattern.test(host))

/** Every address of this machine at once, in both ways of writing. */
const nobody: ReadonlySet<string> = new Set(['0.0.0.0', '[::]', '[::ffff:0:0]'])
/** Link-local addresses, the same dressed as IPv6, and the one that a large host answers its own machines at. */
const secretive = [/^169\.254\./, /^\[::ffff:a9fe:/i, /^\[fe[89ab][0-9a-f]:/i, /^\[fd00:ec2::/i]

/** The base address as text, without a slash at the end. */
export const baseText = (url: URL): string => url.href.replace(/\/$/, '')
