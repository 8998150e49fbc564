import { createHmac } from 'node:crypto'
import type { ApiKey } from './api-key.ts'

/** RFC 3986, section 2.3: only letters, digits and `-._~` stay as they are. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

export interface ToSign {
  readonly method: string
  /** Without a query. */
  readonly url: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

/**
 * The signature base string of RFC 5849, section 3.4.1: method, address and all parameters, sorted by encoded name and
 * then value.
 */
export function signatureBase({ method, url, parameters }: ToSign): string {
  const pairs = parameters
    .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return [method.toUpperCase(), percentEncoded(url), percentEncoded(pairs.join('&'))].join('&')
}

export interface Stamp {
  /** Seconds of the host's clock. */
  readonly timestamp: number
  /** Never used before. */
  readonly nonce: string
}

/** One-legged OAuth 1.0a with HMAC-SHA256: there is no token, so the signing key is the secret and an ampersand. */
export function signedUrl(url: URL, method: string, { key, stamp }: { key: ApiKey; stamp: Stamp }): URL {
  const parameters: [string, string][] = [
    ...url.searchParams,
    ['oauth_consumer_key', key.key],
    ['oauth_nonce', stamp.nonce],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(stamp.timestamp)],
  ]
  const base = signatureBase({ method, url: url.origin + url.pathname, parameters })
  const signature = createHmac('sha256', `${key.secret}&`).update(base).digest('base64')
  const signed = new URL(url)
  const added = [...parameters.slice(-4), ['oauth_signature', signature] as const]
  // Appended as text: setting one by one would rewrite what is there, and the trace of the plain form with it.
  const query = added.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&')
  signed.search = url.search === '' ? query : `${url.search}&${query}`
  return signed
}
