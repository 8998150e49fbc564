import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** A file that was dropped on the window and waits for the screen that looks at it. */
export const useDroppedFile = defineStore('dropped-file', () => {
  const file = shallowRef<File>()
  const take = (): File | undefined => {
    const taken = file.value
    file.value = undefined
    return taken
  }
  return { file, take }
})
