import type { PackingCarton, PackingItem, PackingProblem } from '../../../../../src-main/engines/packing/index.ts'
import { grossLimit, obstaclesOf, type Obstacle } from './alone.ts'
import { asksMm3, lengthAndGirth, roomOf } from './lying.ts'

interface Given {
  readonly problem: PackingProblem
  /** Cartons left once this order is packed, by code. */
  readonly left: ReadonlyMap<string, number>
  readonly parcels: number
}

interface Refused {
  readonly reason: string
  readonly facts: { readonly [name: string]: string | number }
}

/** Is the reason for leaving this piece behind true, and are its facts? Answers what is wrong with it. */
export function wrongWith({ reason, facts }: Refused, item: PackingItem, given: Given): string | undefined {
  const { cartons, rules } = given.problem
  const { carrier } = rules
  const tried = cartons.map((carton) => ({ carton, obstacles: obstaclesOf(item, carton, rules) }))
  const without = (...kinds: readonly Obstacle[]): typeof tried =>
    tried.filter(({ obstacles }) => kinds.every((kind) => !obstacles.has(kind)))
  const admitting = tried.filter(({ obstacles }) => obstacles.size === 0)
  const { ownBox, temperature, dangerousG } = item.handling
  if (Number(facts['value']) <= Number(facts['limit'])) return 'the value is within the limit'
  switch (reason) {
    case 'contradictory-rules':
      return ownBox && temperature !== 'ambient' ? undefined : 'nothing contradicts'
    case 'no-insulated-carton':
      if (ownBox || temperature === 'ambient' || cartons.length === 0) return 'needs no insulated carton'
      return without('insulation').length === 0 ? undefined : 'there is an insulated carton'
    case 'too-many-parcels':
      if (!ownBox && admitting.length === 0) return 'no carton admits it at all'
      return given.parcels === carrier?.maxParcels && facts['limit'] === carrier.maxParcels
        ? undefined
        : `${given.parcels} parcels`
    case 'no-carton-left':
      return noneLeft(admitting, { given, facts, ownBox })
    case 'too-long':
      return ownBox ? ownBoxTooLong(item, given) : tooLong(item, { without, facts })
    case 'too-heavy':
      if (facts['measure'] === 'dangerous')
        return dangerousG === facts['value'] && carrier?.maxDangerousG === facts['limit'] ? undefined : 'not dangerous'
      if (ownBox) return item.weightG > (carrier?.maxGrossG ?? Infinity) ? undefined : 'light enough'
      return tooHeavy(item, { roomy: without('insulation', 'carrier', 'sides'), facts, carrier })
    case 'too-much-volume':
      return tooVoluminous(item, { strong: without('insulation', 'carrier', 'sides', 'weight'), facts, ownBox })
    default:
      return `nothing confirms ${reason}`
  }
}

type Tried = readonly { readonly carton: PackingCarton; readonly obstacles: ReadonlySet<Obstacle> }[]

function noneLeft(
  admitting: Tried,
  { given, facts, ownBox }: { given: Given; facts: Refused['facts']; ownBox: boolean },
): string | undefined {
  if (ownBox) return 'needs no carton'
  if (given.problem.cartons.length === 0) return undefined
  if (admitting.length === 0) return 'no carton admits it at all'
  const still = admitting.find(({ carton }) => (given.left.get(carton.code) ?? Infinity) > 0)
  if (still) return `${still.carton.code} is left`
  const inAll = admitting.reduce((sum, { carton }) => sum + (carton.available ?? 0), 0)
  return facts['limit'] === inAll ? undefined : `${inAll} cartons in all`
}

function ownBoxTooLong({ sizeMm }: PackingItem, { problem: { rules } }: Given): string | undefined {
  if (sizeMm === null) return 'has no sides'
  const { length, girth } = lengthAndGirth(sizeMm)
  const isPast = length > (rules.carrier?.maxLengthMm ?? Infinity) || girth > (rules.carrier?.maxGirthMm ?? Infinity)
  return isPast ? undefined : 'the carrier takes it'
}

function tooLong(
  item: PackingItem,
  { without, facts }: { without: (...kinds: readonly Obstacle[]) => Tried; facts: Refused['facts'] },
): string | undefined {
  const warm = without('insulation')
  const named = warm.find(({ carton }) => carton.code === facts['carton'])
  if (!named) return 'the carton named is none that could be taken'
  if (without('insulation', 'carrier', 'sides').length > 0) return 'it lies in a carton'
  if (facts['of'] === 'carton') {
    const { length, girth } = lengthAndGirth(named.carton.outerMm)
    if (without('insulation', 'carrier').length > 0) return 'the carrier takes a carton'
    return [length, girth].includes(Number(facts['value'])) ? undefined : 'the carton has no such measure'
  }
  const sides = [item.sizeMm ?? [], ...item.handling.foldedMm].flat()
  // Padding can leave less than nothing of a side; it is told as 0.
  const room = roomOf(named.carton).map((side) => Math.max(0, side))
  return sides.includes(Number(facts['value'])) && room.includes(Number(facts['limit'])) ? undefined : 'no such sides'
}

function tooHeavy(
  item: PackingItem,
  { roomy, facts, carrier }: { roomy: Tried; facts: Refused['facts']; carrier: Parameters<typeof grossLimit>[1] },
): string | undefined {
  const named = roomy.find(({ carton }) => carton.code === facts['carton'])?.carton
  if (!named) return 'the carton named is none that it lies in'
  if (roomy.some(({ obstacles }) => !obstacles.has('weight'))) return 'a carton bears it'
  const gross = item.weightG + named.tareG + named.coolantG
  return facts['value'] === gross && facts['limit'] === grossLimit(named, carrier) ? undefined : `weighs ${gross}`
}

function tooVoluminous(
  item: PackingItem,
  { strong, facts, ownBox }: { strong: Tried; facts: Refused['facts']; ownBox: boolean },
): string | undefined {
  if (ownBox) return 'its own box holds it'
  const named = strong.find(({ carton }) => carton.code === facts['carton'])?.carton
  if (!named) return 'the carton named is none that bears it'
  if (strong.some(({ obstacles }) => !obstacles.has('volume'))) return 'a carton has the volume'
  const asks = Math.ceil((asksMm3(item) + named.coolantMm3) / 1000)
  return facts['value'] === asks ? undefined : `asks for ${asks} cm3`
}
