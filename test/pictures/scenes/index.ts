import { courierScenes } from './couriers.ts'
import { dispatchScenes } from './dispatch.ts'
import { floorScenes } from './floor.ts'
import { orderScenes } from './orders.ts'
import { returnScenes } from './returns.ts'
import type { Scene } from './scene.ts'
import { storefrontScenes } from './storefronts.ts'

/** Every scene, a file for each area of the program; names are taken once. */
export const scenes: readonly Scene[] = [
  ...dispatchScenes,
  ...orderScenes,
  ...returnScenes,
  ...courierScenes,
  ...storefrontScenes,
  ...floorScenes,
]
