import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useBridge } from '../bridge/index.ts'
import { useSession } from './session.ts'

/** What couriers are called, by their code. Read once, and again when a code turns up that nobody knew then. */
export const useCourierNames = defineStore('courier-names', () => {
  const bridge = useBridge()
  const session = useSession()
  const names = ref<ReadonlyMap<string, string>>(new Map())
  const asked = new Set<string>()

  async function load(): Promise<void> {
    // Without an answer the code stands there, which everybody here knows too.
    const couriers = await bridge.call('couriers.list', {}).catch(() => [])
    names.value = new Map(couriers.map(({ code, name }) => [code, name]))
  }

  function nameOf(code: string): string {
    const name = names.value.get(code)
    if (name === undefined && !asked.has(code) && session.may('couriers.list')) {
      asked.add(code)
      void load()
    }
    return name ?? code
  }
  return { nameOf }
})
