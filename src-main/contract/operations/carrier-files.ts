import { z } from 'zod'
import type { OwnLabels } from '../../domain/carrier.ts'
import { command, managers, query } from '../operation.ts'

const code = z.string().min(1).max(64)
const number = z.string().min(1).max(40)
/** A name and nothing else, as the browser or the command line has it. */
const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\\p{Cc}]+$/u, 'expected the name of a file without folders')

export interface UploadProfileView {
  readonly name: string
  readonly title: string
  readonly ask: readonly {
    readonly name: string
    readonly label: string
    readonly usual?: string | undefined
    readonly pattern?: string | undefined
  }[]
}

export interface OwnLabelsView {
  readonly carrier: string
  readonly name: string
  readonly ownLabels: OwnLabels | undefined
  /** Packed parcels that wait for the next collection, and how many of them have a number of the carrier's. */
  readonly waiting: number
  readonly tracked: number
}

export interface TakenAnswerView {
  readonly carrier: string
  readonly numbers: number
  readonly unchanged: number
  readonly labels: number
  /** What was left out, and why. */
  readonly left: readonly {
    readonly file: string
    readonly page?: number | undefined
    readonly line?: number | undefined
    readonly number?: string | undefined
    readonly problem: string
  }[]
}

/** Labels that carriers make on their own sites: files for them, and what they give back. */
export const carrierFileOperations = {
  'couriers.label-profiles': query<readonly UploadProfileView[]>()(managers, z.object({})),
  'couriers.own-labels': query<readonly OwnLabelsView[]>()(managers, z.object({})),
  /** `ownLabels` left out: this carrier makes none any more. */
  'couriers.set-own-labels': command<null>()(
    managers,
    z.object({
      carrier: code,
      ownLabels: z
        .object({
          profile: code,
          needsPlainUpload: z.boolean(),
          shownAtStations: z.boolean(),
          values: z.record(z.string().max(40), z.string().max(200)),
        })
        .optional(),
    }),
  ),
  /**
   * A file with names and addresses in clear for the carrier's own site. Made for the answer and kept nowhere;
   * `confirmed` is the manager's yes.
   */
  'couriers.write-upload': command<{
    readonly fileName: string
    readonly mediaType: string
    readonly base64: string
    readonly parcels: number
    readonly changed: readonly { readonly number: string; readonly column: string }[]
  }>()(
    managers,
    z.object({
      carrier: code,
      manifest: z.string().min(1).max(100).optional(),
      wave: z.string().min(1).max(100).optional(),
      except: z.array(number).max(1000).default([]),
      confirmed: z.boolean().default(false),
    }),
  ),
  /** Tables and PDFs from the carrier's site; `assign` says whose label a page is that says nothing itself. */
  'couriers.take-labels': command<TakenAnswerView>()(
    managers,
    z.object({
      carrier: code,
      files: z
        .array(z.object({ name: fileName, base64: z.string().max(35_000_000) }))
        .min(1)
        .max(500),
      assign: z
        .array(z.object({ file: fileName, page: z.int().min(1).max(2000), number }))
        .max(2000)
        .default([]),
    }),
  ),
}
