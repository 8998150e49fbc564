import type { Size } from '../kernel/units.ts'
import type { Carton } from './carton.ts'

/** Inner sizes that dealers of cartons keep in stock everywhere: parts of the 600 x 400 mm module and what lies between. */
const offeredSizes: readonly Size[] = [
  [160, 110, 80],
  [200, 150, 90],
  [200, 200, 110],
  [250, 175, 100],
  [250, 250, 150],
  [300, 200, 100],
  [300, 215, 180],
  [300, 300, 200],
  [350, 250, 120],
  [380, 285, 180],
  [400, 300, 150],
  [400, 300, 250],
  [430, 310, 100],
  [500, 300, 200],
  [500, 400, 300],
  [600, 300, 150],
  [600, 400, 200],
  [600, 400, 400],
]

/** Board is so thick that a side grows by this much; the flaps lie double. */
const wallMm = 6
const flapsMm = 12
/** What a carton carries by its volume, up to what one person lifts. */
const gramsPerLitre = 550
const mostGrossG = 30_000

/** Where the shop owns none to compare with: single-wall board weighs about this much, and costs a few cents. */
const usualGramsPerM2 = 550
const usualMinorPerM2 = 90

const surfaceM2 = ([length, width, height]: Size): number =>
  (2 * (length * width + length * height + width * height)) / 1_000_000

/**
 * Common cartons that the shop does not own, priced and weighed like its own by the board they take. None that is
 * within a few millimetres of one it owns. The codes are sizes, such as `300x200x100`.
 */
export function offeredCartons(owned: readonly Carton[], extra: readonly Size[] = []): readonly Carton[] {
  const plain = owned.filter((carton) => !carton.insulated)
  const board = plain.reduce((sum, carton) => sum + surfaceM2(carton.outerMm), 0)
  const minorPerM2 = board > 0 ? plain.reduce((sum, carton) => sum + carton.costMinor, 0) / board : usualMinorPerM2
  const gramsPerM2 = board > 0 ? plain.reduce((sum, carton) => sum + carton.tareG, 0) / board : usualGramsPerM2
  const sizes = [...extra, ...offeredSizes].map((size): Size => {
    const [length, width, height] = size
    return length >= width ? [length, width, height] : [width, length, height]
  })
  const isKnown = (size: Size): boolean => owned.some((carton) => isNear(carton.innerMm, size))
  return sizes
    .filter((size, index) => !isKnown(size) && sizes.findIndex((other) => isNear(other, size)) === index)
    .map((innerMm) => {
      const outerMm: Size = [innerMm[0] + wallMm, innerMm[1] + wallMm, innerMm[2] + flapsMm]
      const litres = (innerMm[0] * innerMm[1] * innerMm[2]) / 1_000_000
      const code = innerMm.join('x')
      return {
        code,
        name: code,
        innerMm,
        outerMm,
        tareG: Math.ceil(surfaceM2(outerMm) * gramsPerM2),
        maxGrossG: Math.min(mostGrossG, Math.max(2_000, Math.round(litres * gramsPerLitre))),
        costMinor: Math.ceil(surfaceM2(outerMm) * minorPerM2),
        insulated: false,
        paddingMm: 0,
        coolantMm3: 0,
        coolantG: 0,
      }
    })
}

const nearMm = 8
const isNear = (a: Size, b: Size): boolean => a.every((side, axis) => Math.abs(side - (b[axis] ?? 0)) <= nearMm)
