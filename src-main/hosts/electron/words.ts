import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DesktopLanguage } from '../../contract/desktop.ts'

/** Words of the interface for what the system shows: menu, tray, notifications. `n` stands in for `{n}`. */
export type Words = (key: string, n?: number) => string

/** From the same files as the screens. Plural forms are separated by ` | `, as there: one, then many. */
export function wordsIn(programFolder: string, language: DesktopLanguage): Words {
  const texts: unknown = JSON.parse(
    readFileSync(join(programFolder, `resources/translations/${language}.json`), 'utf8'),
  )
  return (key, n) => {
    const found = key.split('.').reduce<unknown>(
      (part, name) =>
        typeof part === 'object' && part !== null ? (part as { readonly [name: string]: unknown })[name] : undefined, // an object
      texts,
    )
    // A word that is missing is seen in the menu by its name; a test compares the names with the files.
    const forms = (typeof found === 'string' ? found : key).split(' | ')
    const form = (n === 1 ? forms[0] : forms.at(-1)) ?? key
    return form.replaceAll('{n}', String(n ?? ''))
  }
}
