import { AppError } from '../kernel/errors.ts'
import type { Floor, Location, MissingPassage } from './floor.ts'
import { crossClearMm, placeRange } from './location-range.ts'

/**
 * `one-block`: cross aisles in front and behind; `two-blocks`: one more in the middle; `stockroom`: aisles that end at
 * the back wall; `u-shape`: one way in, along the back, and out again.
 */
export const floorTemplates = ['one-block', 'two-blocks', 'stockroom', 'u-shape'] as const
export type FloorTemplate = (typeof floorTemplates)[number]

/** What one can measure with a tape in an afternoon; lengths in millimetres. */
export interface TemplateNumbers {
  readonly aisles: number
  /** From the front cross aisle to the back one. */
  readonly aisleLengthMm: number
  /** From the middle of one aisle to the middle of the next: walk way plus two shelves back to back. */
  readonly pitchMm: number
  /** Width of one bay along the aisle. */
  readonly bayMm: number
  /** Shelves above each other. */
  readonly levels: number
}

export const usualNumbers: Readonly<Record<FloorTemplate, TemplateNumbers>> = {
  'one-block': { aisles: 6, aisleLengthMm: 15_000, pitchMm: 3_000, bayMm: 1_200, levels: 4 },
  'two-blocks': { aisles: 8, aisleLengthMm: 30_000, pitchMm: 3_000, bayMm: 1_200, levels: 4 },
  stockroom: { aisles: 3, aisleLengthMm: 6_000, pitchMm: 2_200, bayMm: 1_000, levels: 5 },
  'u-shape': { aisles: 2, aisleLengthMm: 10_000, pitchMm: 4_000, bayMm: 1_000, levels: 4 },
}

export interface DrawnFloor {
  readonly floor: Floor
  readonly locations: readonly Location[]
}

/**
 * A floor with places named `A-01-1` (aisle, bay, level), odd bays on the left and even ones on the right, as most
 * warehouses number theirs. Start at the front of the first aisle; packing beside it, in the u at its other end. Throws
 * ERR_INPUT_INVALID for aisles too short for one bay.
 */
export function floorFromTemplate(template: FloorTemplate, numbers: TemplateNumbers): DrawnFloor {
  const aisles = template === 'u-shape' ? 2 : numbers.aisles
  const back = numbers.aisleLengthMm
  const middle = Math.round(back / 2)
  const floor: Floor = {
    aisleX: Array.from({ length: aisles }, (_, j) => j * numbers.pitchMm),
    crossY: template === 'two-blocks' ? [0, middle, back] : [0, back],
    missing: closedIn(template, aisles),
    depot: [0, 0],
    packingTable: [template === 'u-shape' ? 1 : Math.min(1, aisles - 1), 0],
  }
  const fromMm = crossClearMm
  const toMm = template === 'stockroom' ? back : back - crossClearMm
  const walls = template === 'two-blocks' ? 2 * crossClearMm : 0
  const perSide = Math.floor((toMm - fromMm - walls) / numbers.bayMm)
  if (perSide < 1)
    throw new AppError('ERR_INPUT_INVALID', { path: 'aisleLengthMm', expected: 'aisles that hold at least one bay' })
  const bays = 2 * perSide
  const width = Math.max(2, String(bays).length)
  const numbered = (bay: number): string => String(bay).padStart(width, '0')
  const locations = floor.aisleX.flatMap((_, aisle) =>
    placeRange(floor, {
      codes: `${letterOf(aisle)}-${numbered(1)}..${letterOf(aisle)}-${numbered(bays)}`,
      aisle,
      fromMm,
      toMm,
      sides: 'zigzag',
      levels: numbers.levels,
    }),
  )
  return { floor, locations }
}

function closedIn(template: FloorTemplate, aisles: number): readonly MissingPassage[] {
  if (template === 'u-shape') return [{ cross: 0, afterAisle: 0 }]
  if (template !== 'stockroom') return []
  return Array.from({ length: aisles - 1 }, (_, afterAisle) => ({ cross: 1, afterAisle }))
}

/** A to Z, then AA, AB ... */
const letterOf = (aisle: number): string =>
  (aisle >= 26 ? letterOf(Math.floor(aisle / 26) - 1) : '') + String.fromCharCode(65 + (aisle % 26))
