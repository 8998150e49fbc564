import type { PackingCarton, PackingItem, PackingRules } from '../../../../../src-main/engines/packing/index.ts'
import { asksMm3, lengthAndGirth, lyings, roomOf } from './lying.ts'
import { checkPlaces } from './places.ts'

/** What can keep a piece from travelling in a carton by itself. */
export type Obstacle = 'insulation' | 'carrier' | 'sides' | 'weight' | 'volume' | 'dangerous'

/** Tries the piece alone in the carton, in every way it may lie; empty = it travels. */
export function obstaclesOf(
  item: PackingItem,
  carton: PackingCarton,
  { carrier, minSupport }: PackingRules,
): ReadonlySet<Obstacle> {
  const found = new Set<Obstacle>()
  if (item.handling.temperature !== 'ambient' && !carton.insulated) found.add('insulation')
  if (!isCarried(carton.outerMm, carrier)) found.add('carrier')
  const gross = item.weightG + carton.tareG + carton.coolantG
  if (gross > grossLimit(carton, carrier)) found.add('weight')
  if (asksMm3(item) + carton.coolantMm3 > allowableMm3(carton)) found.add('volume')
  if (item.handling.dangerousG > (carrier?.maxDangerousG ?? Infinity)) found.add('dangerous')
  const room = roomOf(carton)
  const lies = lyings(item).some((to) => {
    let isFine = true
    checkPlaces([{ item, from: [0, 0, 0], to }], { room, minSupport }, () => (isFine = false))
    return isFine
  })
  if (item.sizeMm !== null && !lies) found.add('sides')
  return found
}

export function isCarried(size: PackingCarton['outerMm'], carrier: PackingRules['carrier']): boolean {
  const { length, girth } = lengthAndGirth(size)
  return length <= (carrier?.maxLengthMm ?? Infinity) && girth <= (carrier?.maxGirthMm ?? Infinity)
}

export const grossLimit = (carton: PackingCarton, carrier: PackingRules['carrier']): number =>
  carrier?.maxGrossG === undefined ? carton.maxGrossG : Math.min(carrier.maxGrossG, carton.maxGrossG)

export function allowableMm3({ innerMm: [x, y, z], maxVolumeCm3 }: PackingCarton): number {
  return maxVolumeCm3 === undefined ? x * y * z : maxVolumeCm3 * 1000
}
