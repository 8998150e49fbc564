/** What a page asks for, as far as it matters here. */
export interface AskedFor {
  /** It is one of our own pages, not a document and nobody else's. */
  readonly isOwn: boolean
  /** What of `media` is asked for; absent for everything else. */
  readonly media?: readonly string[] | undefined
}

/** Our own pages may read a courier's key with the camera and copy text on a click; nobody may anything else. */
export function mayUse(permission: string, { isOwn, media = [] }: AskedFor): boolean {
  if (!isOwn) return false
  if (permission === 'media') return media.length > 0 && media.every((kind) => kind === 'video')
  return permission === 'clipboard-sanitized-write'
}
