import { brokenLimit, type Box } from '../model/box.ts'
import type { Ground } from '../model/ground.ts'
import type { Kind } from '../model/kind.ts'
import { shortfallOf } from '../model/shortfall.ts'
import { cm3FromMm3 } from '../../../kernel/units.ts'
import type { PackingRules } from '../problem.ts'
import type { Facts, UnpackedReason } from '../result.ts'

/** Why a piece cannot travel, with value, limit and carton. */
export interface PieceRefusal {
  readonly reason: UnpackedReason
  readonly facts: Facts
}

/** Why a piece in its own box cannot travel, or undefined. */
export function ownBoxRefusal(kind: Kind, rules: PackingRules): PieceRefusal | undefined {
  const { carrier } = rules
  if (kind.temperature !== 'ambient')
    return { reason: 'contradictory-rules', facts: { rules: `ownBox, ${kind.temperature}` } }
  const size = kind.item.sizeMm
  const broken = size === null ? undefined : brokenLimit(size, carrier)
  if (broken) return { reason: 'too-long', facts: { ...broken } }
  if (carrier?.maxGrossG !== undefined && kind.weightG > carrier.maxGrossG)
    return { reason: 'too-heavy', facts: { value: kind.weightG, limit: carrier.maxGrossG, measure: 'gross' } }
  return dangerRefusal(kind, rules)
}

function dangerRefusal(kind: Kind, rules: PackingRules): PieceRefusal | undefined {
  const limit = rules.carrier?.maxDangerousG ?? Infinity
  if (kind.dangerousG <= limit) return undefined
  return { reason: 'too-heavy', facts: { value: kind.dangerousG, limit, measure: 'dangerous' } }
}

/** True when some carton takes the piece by itself: the common case, told without looking for reasons. */
export function travels(kind: Kind, { carried, setup }: Ground): boolean {
  const { shapes, weightG, volumeMm3, temperature } = kind
  if (dangerRefusal(kind, setup.rules)) return false
  return carried.some(
    (box) =>
      weightG <= box.netG &&
      volumeMm3 <= box.netMm3 &&
      (temperature === 'ambient' || box.carton.insulated) &&
      (shapes.length === 0 || shapes.some(({ dx, dy, dz }) => dx <= box.x && dy <= box.y && dz <= box.z)),
  )
}

/**
 * Why a piece fits no carton even by itself, or undefined. The carton named is the one that comes
 * nearest. Order of reasons: dangerous goods, insulation, sides, weight, volume.
 */
export function pieceRefusal(kind: Kind, boxes: readonly Box[], rules: PackingRules): PieceRefusal | undefined {
  const danger = dangerRefusal(kind, rules)
  if (danger) return danger
  if (boxes.length === 0) return { reason: 'no-carton-left', facts: { value: 1, limit: 0 } }
  const warm = boxes.filter((box) => kind.temperature === 'ambient' || box.carton.insulated)
  if (warm.length === 0) return { reason: 'no-insulated-carton', facts: { temperature: kind.temperature } }
  const carried = warm.filter((box) => brokenLimit(box.carton.outerMm, rules.carrier) === undefined)
  if (carried.length === 0) return allPastCarrier(warm, rules)
  const roomy = carried.filter(
    (box) => kind.shapes.length === 0 || kind.shapes.some((shape) => shortfallOf(shape, box).over <= 0),
  )
  if (roomy.length === 0) return tooLong(kind, carried)
  const strong = roomy.filter((box) => kind.weightG <= box.netG)
  if (strong.length === 0) return tooHeavy(kind, roomy)
  if (strong.every((box) => kind.volumeMm3 > box.netMm3)) return tooVoluminous(kind, strong)
  return undefined
}

function allPastCarrier(boxes: readonly Box[], rules: PackingRules): PieceRefusal {
  const least = leastBy(boxes, (box) => box.longestMm)
  return {
    reason: 'too-long',
    facts: { ...brokenLimit(least.carton.outerMm, rules.carrier), carton: least.carton.code, of: 'carton' },
  }
}

function tooLong(kind: Kind, boxes: readonly Box[]): PieceRefusal {
  const tries = boxes.flatMap((box) => kind.shapes.map((shape) => ({ box, ...shortfallOf(shape, box) })))
  const { value, limit, box } = leastBy(tries, (each) => each.over)
  return { reason: 'too-long', facts: { value, limit, carton: box.carton.code } }
}

function tooHeavy(kind: Kind, boxes: readonly Box[]): PieceRefusal {
  const box = leastBy(boxes, (each) => -each.netG)
  const value = kind.weightG + box.carton.tareG + box.carton.coolantG
  return { reason: 'too-heavy', facts: { value, limit: box.allowableG, carton: box.carton.code } }
}

function tooVoluminous(kind: Kind, boxes: readonly Box[]): PieceRefusal {
  const box = leastBy(boxes, (each) => -each.netMm3)
  const value = cm3FromMm3(kind.volumeMm3 + box.carton.coolantMm3)
  return {
    reason: 'too-much-volume',
    facts: { value, limit: Math.floor(box.allowableMm3 / 1000), carton: box.carton.code },
  }
}

/** The first entry with the least measure; `entries` is not empty. */
function leastBy<Entry>(entries: readonly Entry[], measure: (entry: Entry) => number): Entry {
  return entries.reduce((least, entry) => (measure(entry) < measure(least) ? entry : least))
}
