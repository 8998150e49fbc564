import { computed } from 'vue'
import { useLocalStorage } from '@vueuse/core'
import { useBridge } from '../../bridge/index.ts'
import { useLoaded } from '../../stores/loaded.ts'
import { useSession } from '../../stores/session.ts'

/** In the order in which a shop needs them; the key comes with the shop, and is shown only then. */
export const steps = [
  { name: 'language', icon: 'i-lucide-languages' },
  { name: 'shop', icon: 'i-lucide-store' },
  { name: 'recovery', icon: 'i-lucide-key-round' },
  { name: 'storefront', icon: 'i-lucide-globe' },
  { name: 'catalogue', icon: 'i-lucide-tags' },
  { name: 'printers', icon: 'i-lucide-printer' },
  { name: 'cartons', icon: 'i-lucide-box' },
  { name: 'floor', icon: 'i-lucide-map' },
  { name: 'couriers', icon: 'i-lucide-truck' },
] as const

export type StepName = (typeof steps)[number]['name']
export type StepState = 'done' | 'skipped' | 'open'

/** What cannot be seen from the shop itself; kept on this machine, so that the assistant goes on where it was left. */
interface Kept {
  readonly skipped: readonly StepName[]
  readonly done: readonly StepName[]
}
const kept = useLocalStorage<Kept>('backroom.first-run', { skipped: [], done: [] })
const without = (names: readonly StepName[], name: StepName): readonly StepName[] => names.filter((one) => one !== name)

/** How far the shop is set up, read from what it owns. */
export function useSteps() {
  const bridge = useBridge()
  const session = useSession()
  const { value: facts } = useLoaded(
    () => session.settings?.shop.name,
    async () => {
      const [catalogue, cartons, floor, couriers, storefronts, printing] = await Promise.all([
        bridge.call('catalogue.list', { limit: 1 }),
        bridge.call('cartons.list', {}),
        bridge.call('floor.get', {}),
        bridge.call('couriers.list', {}),
        bridge.call('storefronts.list', {}),
        bridge.call('printers.list', {}),
      ])
      return {
        catalogue: catalogue.total,
        cartons: cartons.length,
        floor: floor?.locations.length ?? 0,
        couriers: couriers.length,
        keys: couriers.filter(({ keys }) => keys.some(({ revokedAt }) => revokedAt === undefined)).length,
        storefront: storefronts.length,
        printers: printing.printers.length,
      }
    },
  )
  const isThere = (name: StepName): boolean => {
    const known = facts.value
    if (name === 'shop') return session.settings !== undefined
    if (!session.settings || !known || name === 'language' || name === 'recovery') return false
    return name === 'couriers' ? known.couriers > 0 && known.keys > 0 : known[name] > 0
  }
  const stateOf = (name: StepName): StepState => {
    if (isThere(name) || kept.value.done.includes(name)) return 'done'
    return kept.value.skipped.includes(name) ? 'skipped' : 'open'
  }
  const left = computed(() => steps.filter(({ name }) => stateOf(name) === 'open'))
  return {
    facts,
    stateOf,
    left,
    markDone: (name: StepName) =>
      (kept.value = { skipped: without(kept.value.skipped, name), done: [...without(kept.value.done, name), name] }),
    skip: (name: StepName) =>
      (kept.value = { done: kept.value.done, skipped: [...without(kept.value.skipped, name), name] }),
    /** For a shop that begins anew. */
    forget: () => (kept.value = { skipped: [], done: kept.value.done.filter((name) => name === 'language') }),
  }
}
