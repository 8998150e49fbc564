import type { Workshop } from '../one-carton/fill.ts'
import type { ChoiceBound } from '../bounds/choice.ts'
import type { Box } from '../model/box.ts'
import { leastPriceOf } from '../model/price.ts'
import { sumOver, volumeOf, weightOf, type Counts } from '../model/scene.ts'
import { timesChosen, waysToChoose } from './choices.ts'
import { bestSingle, type Frame, type GroupPlan } from './plan.ts'

/** Plans for which more choices of cartons than this would have to be walked through are not proven. */
const mostChoices = 1000

/**
 * True only with a proof that the plan is best in number of parcels and price, in the mode's order.
 * Fewest: the number is proven and every cheaper choice of as many cartons is too little by its sums or by
 * its linear programme, or (one parcel) refused. Cheapest: also no choice of more cartons can be cheaper.
 */
export function isPriceProven(
  shop: Workshop,
  counts: Counts,
  { plan, frame, isFewest, choices }: { plan: GroupPlan; frame: Frame; isFewest: boolean; choices: ChoiceBound },
): boolean {
  if (!isFewest || plan.filled.length === 0) return false
  const parcels = plan.filled.length
  const price = plan.filled.reduce((sum, filled) => sum + filled.price, 0)
  const isBestOfItsNumber =
    parcels === 1
      ? bestSingle(shop, counts, frame.stock).isBest
      : isCheapestChoice(shop, counts, { parcels, price, choices })
  if (!isBestOfItsNumber || shop.scene.rules.mode === 'fewest') return isBestOfItsNumber
  const cheapestBox = Math.min(...shop.scene.boxes.map((box) => leastPriceOf(box.carton, shop.scene.rules)))
  return price <= (parcels + 1) * cheapestBox
}

interface Room {
  readonly price: number
  readonly tareG: number
  readonly solid: number
  readonly netG: number
  readonly netMm3: number
}

/** Walks through every choice of `parcels` cartons; true when none of those that are cheaper has room enough. */
function isCheapestChoice(
  shop: Workshop,
  counts: Counts,
  { parcels, price, choices }: { readonly parcels: number; readonly price: number; readonly choices: ChoiceBound },
): boolean {
  const { scene } = shop
  if (waysToChoose(scene.boxes.length, parcels) > mostChoices) return false
  const need = {
    netG: sumOver(scene, counts, weightOf),
    netMm3: sumOver(scene, counts, volumeOf),
    solid: sumOver(scene, counts, (kind) => kind.solidMm3),
  }
  const isEnough = (room: Room): boolean =>
    room.solid >= need.solid && room.netG >= need.netG && room.netMm3 >= need.netMm3
  const leastPrice = (room: Room): number =>
    scene.rules.objective === 'billable' ? Math.max(room.price, need.netG + room.tareG) : room.price
  const walk = (from: number, chosen: readonly Box[], room: Room): boolean => {
    if (chosen.length === parcels)
      return leastPrice(room) >= price || !isEnough(room) || choices.isTooLittle(timesChosen(scene.boxes, chosen))
    return scene.boxes.slice(from).every((box, at) => walk(from + at, [...chosen, box], withBox(room, box, shop)))
  }
  return walk(0, [], { price: 0, tareG: 0, solid: 0, netG: 0, netMm3: 0 })
}

function withBox(room: Room, box: Box, shop: Workshop): Room {
  return {
    price: room.price + leastPriceOf(box.carton, shop.scene.rules),
    tareG: room.tareG + box.carton.tareG + box.carton.coolantG,
    solid: room.solid + box.usableMm3,
    netG: room.netG + box.netG,
    netMm3: room.netMm3 + box.netMm3,
  }
}
