import { packAll, type Workshop } from '../one-carton/fill.ts'
import { boxesByPrice } from './plan.ts'

/**
 * The same workshop with only those sets that one carton is found to hold: a set that is torn by other
 * rules, or that no carton takes as a whole, binds nothing any more.
 */
export function withoutImpossibleSets(shop: Workshop): Workshop {
  if (shop.scene.sets.length === 0) return shop
  const free = { ...shop, scene: { ...shop.scene, sets: [] }, known: new Map() }
  const boxes = boxesByPrice(free, 0)
  const sets = shop.scene.sets.filter((members) => {
    const counts = shop.scene.kinds.map((kind) => (members.includes(kind.index) ? kind.count : 0))
    return boxes.some((box) => packAll(free, box, counts).is === 'packed')
  })
  return { ...shop, scene: { ...shop.scene, sets } }
}
