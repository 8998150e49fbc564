import { ref, type Ref } from 'vue'
import { useMutationObserver } from '@vueuse/core'
import type { Inks } from './piece-look.ts'

/** The theme's inks as they are now, as colours that a canvas and three understand. */
export function readInks(): Inks {
  const style = getComputedStyle(document.documentElement)
  const ink = (name: string, otherwise: string): string => asHex(style.getPropertyValue(name)) ?? otherwise
  const isDark = document.documentElement.classList.contains('dark')
  return {
    ink: ink('--ui-text-highlighted', isDark ? '#ffffff' : '#111111'),
    muted: ink('--ui-text-muted', '#777777'),
    paper: ink('--ui-bg', isDark ? '#18181b' : '#ffffff'),
    accent: ink('--ui-primary', '#2563eb'),
  }
}

/** Any colour of CSS (oklch too) as `#rrggbb`, by painting one dot with it. */
function asHex(colour: string): string | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d')
  if (!context || colour.trim() === '') return undefined
  context.fillStyle = resolved(colour)
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** Variables within variables, which a canvas does not know. */
function resolved(colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** A number that changes with the theme. */
export function useTheme(): Ref<number> {
  const theme = ref(0)
  useMutationObserver(document.documentElement, () => theme.value++, { attributeFilter: ['class', 'style'] })
  return theme
}
