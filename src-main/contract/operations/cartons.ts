import { z } from 'zod'
import type { StockedCarton } from '../../domain/carton.ts'
import type { WrittenFileView } from '../file-views.ts'
import { command, managers, query } from '../operation.ts'

const side = z.int().min(1).max(10_000)
const size = z.tuple([side, side, side])

const carton = z
  .object({
    code: z.string().min(1).max(40),
    name: z.string().min(1).max(100),
    innerMm: size,
    outerMm: size,
    tareG: z.int().min(0).max(1_000_000),
    maxGrossG: z.int().min(1).max(1_000_000),
    maxVolumeCm3: z.int().min(1).max(100_000_000).optional(),
    costMinor: z.int().min(0).max(100_000_000),
    insulated: z.boolean(),
    paddingMm: z.int().min(0).max(500),
    coolantMm3: z.int().min(0).max(1_000_000_000),
    coolantG: z.int().min(0).max(1_000_000),
    warnBelow: z.int().min(0).max(1_000_000).optional(),
  })
  .refine(({ innerMm, outerMm }) => outerMm.every((outer, axis) => outer >= (innerMm[axis] ?? 0)), {
    path: ['outerMm'],
    message: 'expected no side smaller than inside',
  })
  .refine(({ innerMm, paddingMm }) => innerMm.every((inner) => inner > paddingMm), {
    path: ['paddingMm'],
    message: 'expected less than each inner side',
  })

/** With what past orders would have come to; see application/advise-cartons.ts. */
export interface SetFiguresView {
  readonly kind: 'owned' | 'one-less' | 'one-more' | 'best'
  readonly cartons: readonly {
    readonly code: string
    readonly innerMm: readonly [number, number, number]
    readonly costMinor: number
    readonly isOwned: boolean
    readonly insulated: boolean
    readonly count: number
  }[]
  readonly parcels: number
  readonly cartonMinor: number
  readonly postageMinor: number
  readonly outerCm3: number
  readonly billableG: number
  readonly unpacked: number
}

export interface CartonAdviceView {
  readonly orders: number
  /** Only the newest orders of the period were looked at. */
  readonly isCut: boolean
  /** Orders left out: no measures, no courier. */
  readonly left: number
  readonly since: number
  readonly owned: SetFiguresView
  readonly sets: readonly SetFiguresView[]
}

/** The box types the shop owns. */
export const cartonOperations = {
  /** Adds it, or changes the one of that code; `onHand` is a count. */
  'cartons.save': command<StockedCarton>()(
    managers,
    z.object({ carton, onHand: z.int().min(0).max(10_000_000).optional() }),
  ),
  /** Answers what it was, so that it can be put back. */
  'cartons.remove': command<StockedCarton>()(managers, z.object({ code: z.string().min(1).max(40) })),
  /** As a file that `cartons.import` reads back. */
  'cartons.export': query<WrittenFileView>()(
    managers,
    z.object({ delimiter: z.enum([',', ';', '\t', '|']).default(',') }),
  ),
  /** "Which cartons should I own?" Takes a while, tells how far it is and can be cancelled. */
  'cartons.advise': query<CartonAdviceView>()(
    managers,
    z.object({
      days: z.int().min(1).max(3660).default(90),
      perKgMinor: z.int().min(0).max(1_000_000).default(50),
      sizes: z.array(size).max(20).default([]),
    }),
  ),
}
