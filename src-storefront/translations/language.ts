/** The languages that every page exists in, each under its own name. */
export const languages = ['en', 'de', 'ja'] as const
export type Language = (typeof languages)[number]
export const nameByLanguage: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ja: '日本語' }

/** The language of a tag such as `de-AT`, where the pages have it. */
export function languageOf(tag: string): Language | undefined {
  const primary = tag.split('-', 1)[0]?.toLowerCase()
  return languages.find((language) => language === primary)
}

const mostTags = 20

/**
 * The tag that a browser's `Accept-Language` asks for most among the languages of the pages; the first tag of all
 * when the pages have none of them (letters and mails may); undefined without any. Ties: as listed.
 */
export function wantedTag(header: string | undefined): string | undefined {
  const wishes = (header ?? '')
    .slice(0, 1000)
    .split(',', mostTags)
    .flatMap((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) return []
      const quality = parameters.map((text) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(text)?.[1]).find(Boolean)
      return [{ tag, quality: quality === undefined ? 1 : Number(quality) }]
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return (wishes.find(({ tag }) => languageOf(tag) !== undefined) ?? wishes[0])?.tag
}
