import { createHmac } from 'node:crypto'
import { shopNow, type ApiKey, type Shop } from './shop.ts'

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

export type Visitor = { readonly key: ApiKey } | { readonly refusal: Refusal } | 'nobody'

const windowMs = 15 * 60_000

const refuse = (message: string, code = 'woocommerce_rest_authentication_error'): { readonly refusal: Refusal } => ({
  refusal: { status: 401, code, message },
})

/**
 * Who asks. Over TLS: Basic, or both keys in the query. Over plain HTTP keys in clear are not looked at (the visitor is
 * nobody, and what is not public answers 401 `woocommerce_rest_cannot_view`); there OAuth 1.0a must sign. Up to 11.0 keys
 * are looked at only where the address holds `wp-json/wc/`, whatever the route.
 */
export function visitorOf(shop: Shop, request: Request, url: URL): Visitor {
  if (!url.href.includes('wp-json/wc/')) return 'nobody'
  if (url.protocol === 'https:') {
    const basic = keysInClear(shop, request, url)
    if (basic) return basic
  }
  return signedVisitor(shop, request, url)
}

function keysInClear(shop: Shop, request: Request, url: URL): Visitor | undefined {
  let name = url.searchParams.get('consumer_key') ?? ''
  let secret = url.searchParams.get('consumer_secret') ?? ''
  const header = shop.options.stripsAuthorization ? null : request.headers.get('authorization')
  if ((name === '' || secret === '') && header?.startsWith('Basic ')) {
    const [user = '', password = ''] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':')
    name = user
    secret = password
  }
  if (name === '' || secret === '') return undefined
  const key = shop.keys.find((known) => known.key === name)
  if (!key) return undefined
  return key.secret === secret ? { key } : refuse('Consumer secret is invalid.')
}

const parameterNames = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const

function signedVisitor(shop: Shop, request: Request, url: URL): Visitor {
  const parameters = new Map(url.searchParams)
  const header = shop.options.stripsAuthorization ? null : request.headers.get('authorization')
  if (header?.startsWith('OAuth ')) {
    for (const [, name = '', value = ''] of header.matchAll(/(oauth_[a-z_]+)="([^"]*)"/g)) {
      parameters.set(name, decodeURIComponent(value))
    }
  }
  const missing = parameterNames.filter((name) => (parameters.get(name) ?? '') === '')
  if (missing.length === parameterNames.length) return 'nobody'
  if (missing.length > 0) {
    return refuse(`Missing OAuth parameters ${missing.join(', ')}`, 'woocommerce_rest_authentication_missing_parameter')
  }
  const key = shop.keys.find((known) => known.key === parameters.get('oauth_consumer_key'))
  if (!key) return refuse('Consumer key is invalid.')
  return signatureProblem(key, { method: request.method, url, parameters }) ?? freshness(shop, key, parameters)
}

/** RFC 3986 leaves only letters, digits and `-._~` as they are. */
const percent = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

interface Signed {
  readonly method: string
  readonly url: URL
  readonly parameters: ReadonlyMap<string, string>
}

function signatureProblem(key: ApiKey, { method, url, parameters }: Signed) {
  const algorithm = parameters.get('oauth_signature_method')
  if (algorithm !== 'HMAC-SHA1' && algorithm !== 'HMAC-SHA256') {
    return refuse('Invalid signature - signature method is invalid.')
  }
  const pairs = [...parameters]
    .filter(([name]) => name !== 'oauth_signature')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
  const base = [method.toUpperCase(), percent(url.origin + url.pathname), percent(pairs.join('&'))].join('&')
  const hash = algorithm === 'HMAC-SHA1' ? 'sha1' : 'sha256'
  const wanted = createHmac(hash, `${key.secret}&`).update(base).digest('base64')
  const given = decodeURIComponent((parameters.get('oauth_signature') ?? '').replaceAll(' ', '+'))
  return given === wanted ? undefined : refuse('Invalid signature - provided signature does not match.')
}

function freshness(shop: Shop, key: ApiKey, parameters: ReadonlyMap<string, string>): Visitor {
  const now = shopNow(shop)
  const at = Number(parameters.get('oauth_timestamp')) * 1000
  if (!(Math.abs(at - now) <= windowMs)) return refuse('Invalid timestamp.')
  const nonce = parameters.get('oauth_nonce') ?? ''
  for (const [old, usedAt] of key.nonces) if (usedAt < now - windowMs) key.nonces.delete(old)
  if (key.nonces.has(nonce)) return refuse('Invalid nonce - nonce has already been used.')
  key.nonces.set(nonce, at)
  return { key }
}

/** A key may read, write or both; asked before the route is. */
export function permissionProblem(key: ApiKey, method: string): Refusal | undefined {
  const isRead = method === 'GET' || method === 'HEAD'
  const may = key.permissions === 'read_write' || key.permissions === (isRead ? 'read' : 'write')
  if (may) return undefined
  const message = `The API key provided does not have ${isRead ? 'read' : 'write'} permissions.`
  return { status: 401, code: 'woocommerce_rest_authentication_error', message }
}
