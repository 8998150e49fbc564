import type { Configuration } from '../../configuration.ts'
import type { Language } from '../../translations/language.ts'
import { fill, wordsForTag, type Facts, type Words } from '../../translations/words.ts'
import { mail as german } from './de.ts'
import { mail as english } from './en.ts'
import { mail as japanese } from './ja.ts'

export type MailKey = keyof typeof english
type CountKey = MailKey extends infer K ? (K extends `${infer Base}_one` ? Base : never) : never

export const mailTexts: Readonly<Record<Language, Readonly<Record<MailKey, string>>>> = {
  en: english,
  de: german,
  ja: japanese,
}

/** The pages' words, and what only mails say. */
export interface MailWords {
  readonly shared: Words
  say(key: MailKey, facts?: Facts): string
  count(key: CountKey, count: number): string
}

/** In the language of a reader's tag, else the shop's, else English. */
export function mailWords(configuration: Configuration, tag: string): MailWords {
  const shared = wordsForTag(tag, configuration.locale, configuration)
  const texts = mailTexts[shared.language]
  const say = (key: MailKey, facts: Facts = {}): string => fill(texts[key], facts)
  return {
    shared,
    say,
    count: (key, count) => say(count === 1 ? `${key}_one` : `${key}_other`, { count }),
  }
}
