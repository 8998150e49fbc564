import { catalogueScenes } from './catalogue.ts'
import { courierScenes } from './couriers.ts'
import { dispatchScenes } from './dispatch.ts'
import { everywhereScenes } from './everywhere.ts'
import { floorScenes } from './floor.ts'
import { orderScenes } from './orders.ts'
import { reportScenes } from './reports.ts'
import { packingScenes } from './packing.ts'
import { planningScenes } from './planning.ts'
import { pickingScenes } from './picking.ts'
import { returnScenes } from './returns.ts'
import type { Scene } from './scene.ts'
import { storefrontScenes } from './storefronts.ts'

/** Every scene, a file for each area of the program; names are taken once. */
export const scenes: readonly Scene[] = [
  ...catalogueScenes,
  ...dispatchScenes,
  ...orderScenes,
  ...packingScenes,
  ...planningScenes,
  ...reportScenes,
  ...pickingScenes,
  ...returnScenes,
  ...courierScenes,
  ...storefrontScenes,
  ...floorScenes,
  ...everywhereScenes,
]
