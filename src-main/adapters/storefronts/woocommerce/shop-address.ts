import { AppError } from '../../../kernel/errors.ts'

/** How a shop's REST routes are addressed: `/wp-json/...` or, without pretty permalinks, `/?rest_route=/...`. */
export type RouteStyle = 'pretty' | 'plain'

/**
 * The shop's own address from whatever a person pasted: with or without a slash, with a subfolder, with `/wp-json/...`,
 * `/wp-admin/...` or `?rest_route=...` behind it. Throws ERR_INPUT_INVALID for what is no http or https address.
 */
export function shopAddress(text: string): URL {
  const trimmed = text.trim()
  const expected = 'an address that begins with https://'
  if (!URL.canParse(trimmed)) throw new AppError('ERR_INPUT_INVALID', { path: 'address', expected })
  const url = new URL(trimmed)
  if (!/^https?:$/.test(url.protocol)) throw new AppError('ERR_INPUT_INVALID', { path: 'address', expected })
  // A name or password in the address would be sent to wherever it points, beside the keys.
  if (url.username !== '' || url.password !== '') {
    throw new AppError('ERR_INPUT_INVALID', { path: 'address', expected: 'an address without a name and password' })
  }
  const folder = url.pathname.replace(/\/(wp-json|wp-admin|wp-login\.php|index\.php)(\/.*)?$/, '').replace(/\/+$/, '')
  return new URL(`${url.origin}${folder}/`)
}

/** What old versions look for in an address before they look at a key, also where the route is in the query. */
const keyTrace = '_via=wp-json/wc/'

/**
 * The full address of a REST path such as `wc/v3/orders`. Until 11.0 WooCommerce looks at keys only if the address holds
 * `wp-json/wc/` somewhere (class-wc-rest-authentication.php, is_request_to_rest_api); the plain form says it in a
 * parameter that nothing reads.
 */
export function routeUrl(base: URL, style: RouteStyle, path: string): URL {
  if (style === 'pretty') return new URL(`wp-json/${path}`, base)
  return new URL(`?rest_route=/${path}&${keyTrace}`, base)
}
