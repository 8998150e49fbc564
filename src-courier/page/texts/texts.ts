import { de } from './de.ts'
import { en, type TextKey, type Texts } from './en.ts'
import { ja } from './ja.ts'

export const languages = { en, de, ja } satisfies Record<string, Texts>
export type Language = keyof typeof languages
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ja: '日本語' }

const isLanguage = (text: string): text is Language => text in languages

/** The first of these that we speak, by its main part (`de-AT` is `de`); English otherwise. */
export function chooseLanguage(wanted: readonly (string | undefined)[]): Language {
  for (const tag of wanted) {
    const main = tag?.split('-')[0] ?? ''
    if (isLanguage(main)) return main
  }
  return 'en'
}

let spoken: Language = 'en'

export const language = (): Language => spoken
export function speak(next: Language): void {
  spoken = next
}

/** A sentence in the language spoken, its gaps filled. A gap that nobody fills stays visible. */
export function t(key: TextKey, gaps: Readonly<Record<string, string | number>> = {}): string {
  return languages[spoken][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(gaps[name] ?? whole))
}

/** A sentence for a code that another program may know more of than we do: then the code itself. */
export const wordFor = (group: 'handling' | 'status' | 'reason', code: string): string => {
  const key = `${group}.${code}`
  return key in en ? t(key as TextKey) : code // just looked up
}

export type { TextKey, Texts }
