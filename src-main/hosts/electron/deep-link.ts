export const linkScheme = 'backroom'

const screens = { order: '/orders/', wave: '/waves/' } as const

/**
 * The screen that a link shows, `backroom://order/231-07` -> `/orders/231-07`; undefined for anything else. A link comes
 * from a mail or a web page of anybody's: it names one thing in plain letters, without escapes, query or fragment, and
 * it never does anything but show.
 */
export function screenOfLink(link: string): string | undefined {
  const [, kind, code] =
    /^backroom:\/\/(order|wave)\/([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?)\/?$/.exec(link) ?? []
  if (code === undefined) return undefined
  return `${screens[kind === 'wave' ? 'wave' : 'order']}${code}`
}

/** The first link among the words a program was started with. */
export const linkAmong = (words: readonly string[]): string | undefined =>
  words.find((word) => word.startsWith(`${linkScheme}:`))
