import { z } from 'zod'
import type { DrawnFloorView, FloorCheckView, FloorPicksView, FloorView, TestedTourView } from '../floor-views.ts'
import { command, everywhere, managers, query } from '../operation.ts'

const fileText = z.string().max(50_000_000)
const locationCode = z.string().min(1).max(40)
/** A kilometre each way from the floor's origin. */
const coordinate = z.int().min(-1_000_000).max(1_000_000)
const index = z.int().min(0).max(999)
const place = z.tuple([index, z.number().min(-1_000_000).max(1_000_000)])

const drawn = z.object({
  floor: z.object({
    aisleX: z.array(coordinate).min(1).max(200),
    crossY: z.array(coordinate).min(2).max(50),
    missing: z
      .array(
        z.union([
          z.strictObject({ cross: index, afterAisle: index }),
          z.strictObject({ aisle: index, afterCross: index }),
        ]),
      )
      .max(10_000),
    depot: place,
    packingTable: place,
  }),
  locations: z
    .array(z.object({ code: locationCode, place, side: z.enum(['L', 'R']), shelf: z.int().min(0).max(99) }))
    .max(50_000),
})

const renamed = z
  .array(z.object({ from: locationCode, to: locationCode }))
  .max(50_000)
  .default([])

const numbers = z.object({
  aisles: z.int().min(1).max(100),
  aisleLengthMm: z.int().min(1000).max(200_000),
  pitchMm: z.int().min(800).max(50_000),
  bayMm: z.int().min(200).max(10_000),
  levels: z.int().min(1).max(20),
})

const range = z.object({
  codes: z.string().min(1).max(90),
  aisle: index,
  fromMm: coordinate,
  toMm: coordinate,
  sides: z.enum(['left', 'right', 'zigzag', 'round']).default('zigzag'),
  levels: z.int().min(1).max(20).default(1),
})

/** The floor: drawn, checked, saved, and looked at. */
export const floorOperations = {
  'floor.get': query<FloorView | null>()(everywhere, z.object({})),
  /** `confirmed` is needed where stock would lie at places that are not drawn any more. */
  'floor.import': command<{ locations: number }>()(
    managers,
    z.object({ json: fileText, confirmed: z.boolean().default(false) }),
  ),
  /** A file as a drawing, without saving it. */
  'floor.read': query<DrawnFloorView>()(managers, z.object({ json: fileText })),
  /** The floor in force, or a drawing, as a file that `floor.import` takes. */
  'floor.export': query<{ readonly json: string }>()(managers, z.object({ drawn: drawn.optional() })),
  /** Stock of renamed places goes along. `revision`: what the drawing began with, the empty string for none. */
  'floor.save': command<{ readonly locations: number; readonly left: number; readonly revision: string }>()(
    managers,
    drawn.extend({ renamed, revision: z.string().max(64).optional(), confirmed: z.boolean().default(false) }),
  ),
  'floor.check': query<FloorCheckView>()(managers, drawn.extend({ renamed })),
  /** Numbers left out are the usual ones of the template. */
  'floor.template': query<DrawnFloorView>()(
    managers,
    z.object({ template: z.enum(['one-block', 'two-blocks', 'stockroom', 'u-shape']), numbers: numbers.partial().default({}) }), // prettier-ignore
  ),
  /** The places of a range such as A-01..A-24, laid out on a drawing or, without one, on the floor in force. */
  'floor.range': query<Pick<DrawnFloorView, 'locations'>>()(
    managers,
    z.object({ range, floor: drawn.shape.floor.optional() }),
  ),
  /** Picks by location, from `from` up to `to`, epoch milliseconds; without them the last `days`. */
  'floor.picks': query<FloorPicksView>()(
    managers,
    z.object({ from: z.int().optional(), to: z.int().optional(), days: z.int().min(1).max(3660).default(30) }),
  ),
  'floor.test-tour': query<TestedTourView>()(
    managers,
    z.object({ drawn: drawn.optional(), locations: z.array(locationCode).max(500) }),
  ),
}
