/**
 * A path of this shop to go back to, or `otherwise`: never another host, another scheme or a line break, however it is
 * written. What browsers read as `//host` (backslashes, tabs inside) is refused rather than repaired.
 */
export function localPath(asked: string | undefined, otherwise: string): string {
  if (asked === undefined || asked.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\'))
    return otherwise
  const base = 'http://shop.invalid'
  const url = URL.parse(asked, base)
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return otherwise
  return url.pathname + url.search
}
