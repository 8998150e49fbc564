import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { createI18n } from 'vue-i18n'

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
  { code: 'ja', name: '日本語' },
] as const

type Messages = { readonly [key: string]: string | Messages }

// A glob and not imports: translations are files of the product, beside the ones that other doors read.
const files = import.meta.glob<Messages>('../../resources/translations/*.json', { eager: true, import: 'default' })
const messages = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.replace(/^.*\/|\.json$/g, ''), content]),
)

type Language = (typeof languages)[number]['code']

/** Where lines begin. Drawings, maps and charts stay as they are; everything else turns with it. */
const directions: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', de: 'ltr', ja: 'ltr' }

const fromSystem = (): Language => languages.find(({ code }) => navigator.language.startsWith(code))?.code ?? 'en'
const chosen = useLocalStorage<Language>('backroom.language', fromSystem())

export const i18n = createI18n({ legacy: false, locale: chosen.value, fallbackLocale: 'en', messages })

function tellPage(code: Language): void {
  document.documentElement.lang = code
  document.documentElement.dir = directions[code]
}
tellPage(chosen.value)

/** The language of the interface; kept on this machine. */
export function useLanguage() {
  function choose(code: Language): void {
    chosen.value = code
    i18n.global.locale.value = code
    tellPage(code)
  }
  return { locale: chosen, direction: computed(() => directions[chosen.value]), choose }
}
