import { useEventListener } from '@vueuse/core'
import { defineShortcuts } from '@nuxt/ui/composables'

/** As long as the shortcuts wait for the second key of a pair. */
export const pairMs = 800

/**
 * Keys of one letter for what stands on the screen. Between `g` and the letter of another screen they are silent: the
 * library would do both.
 */
export function useLetterKeys(handlers: Readonly<Record<string, () => void>>): void {
  let goneAt = -Infinity
  let lastAt = -Infinity
  useEventListener(
    window,
    'keydown',
    ({ key, timeStamp }: KeyboardEvent) => {
      if (key === 'g') goneAt = timeStamp
      else lastAt = timeStamp
    },
    { capture: true },
  )
  defineShortcuts(
    Object.fromEntries(
      Object.entries(handlers).map(([key, handler]) => [key, () => void (lastAt - goneAt < pairMs || handler())]),
    ),
  )
}
