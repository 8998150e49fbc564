import { computed, watchEffect } from 'vue'
import { useColorMode, useLocalStorage } from '@vueuse/core'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Percent of the usual size; everything is measured in it, so that larger text has larger fields around it. */
export const textSizes = [100, 112, 125, 150] as const
export type TextSize = (typeof textSizes)[number]

const textSize = useLocalStorage<TextSize>('backroom.text-size', 100)
watchEffect(() => {
  document.documentElement.style.fontSize = textSize.value === 100 ? '' : `${textSize.value}%`
})

/** How this machine shows everything. The theme lies where the switch of the side bar keeps it too. */
export function useAppearance() {
  const { store: mode } = useColorMode()
  const theme = computed<Theme>({
    get: () => (mode.value === 'light' || mode.value === 'dark' ? mode.value : 'auto'),
    set: (chosen) => (mode.value = chosen),
  })
  return { theme, textSize }
}
