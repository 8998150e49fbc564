import { dispatchScenes } from './dispatch.ts'
import { orderScenes } from './orders.ts'
import type { Scene } from './scene.ts'

/** Every scene, a file for each area of the program; names are taken once. */
export const scenes: readonly Scene[] = [...dispatchScenes, ...orderScenes]
