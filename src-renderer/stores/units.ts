import { useLocalStorage } from '@vueuse/core'

export const unitSystems = ['metric', 'imperial'] as const
export type UnitSystem = (typeof unitSystems)[number]

/** Where inches and pounds are what people measure in. */
const fromSystem = (): UnitSystem => (/^en-(US|LR)$|^my/i.test(navigator.language) ? 'imperial' : 'metric')
const chosen = useLocalStorage<UnitSystem>('backroom.units', fromSystem())

/** The units that lengths and weights are shown in on this machine; everything is kept in millimetres and grams. */
export const useUnits = () => chosen
