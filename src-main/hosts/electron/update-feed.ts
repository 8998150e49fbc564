/** What a feed says of the newest version; `latest.yml` as electron-builder writes it beside the installers. */
export interface Release {
  readonly version: string
  /** A plain file name, beside the feed. */
  readonly file: string
  /** Of the whole file, base64. */
  readonly sha512: string
}

const plainVersion = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/
const plainName = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,150}\.(exe|dmg|zip|AppImage|deb)$/
const hash = /^[A-Za-z0-9+/]{86}==$/

/** The feed of each system, as electron-builder names it. */
export const feedName = (platform: NodeJS.Platform): string =>
  platform === 'darwin' ? 'latest-mac.yml' : platform === 'linux' ? 'latest-linux.yml' : 'latest.yml'

/**
 * Reads the three lines that matter of a feed; undefined where one is missing or is anything but plain: whoever can
 * write the feed shall name no other place and no other kind of file.
 */
export function readFeed(text: string): Release | undefined {
  const valueOf = (name: string): string =>
    (new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*\\r?$`, 'm').exec(text)?.[1] ?? '').replace(/^(['"])(.*)\1$/, '$2')
  const [version, file, sha512] = [valueOf('version'), valueOf('path'), valueOf('sha512')]
  return plainVersion.test(version) && plainName.test(file) && hash.test(sha512) ? { version, file, sha512 } : undefined
}

/** Only ever forward: an older version could not read what this one has written. */
export function isNewer(offered: string, own: string): boolean {
  const [left, right] = [offered, own].map((version) => version.split('.').map(Number))
  for (let part = 0; part < 3; part++) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

/** Where a feed may lie: a folder by its full path, or an address that nobody on the way can change. */
export const isFeedPlace = (place: string): boolean =>
  /^https:\/\/[^\s/]+\.[^\s]*$/.test(place) || /^(\/|[A-Za-z]:[\\/]|\\\\)\S/.test(place)
