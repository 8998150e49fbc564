import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What lies over every screen; opened from the side bar, from keys and from each other. */
export const useOverlays = defineStore('overlays', () => ({
  isPaletteOpen: ref(false),
  areShortcutsShown: ref(false),
}))
