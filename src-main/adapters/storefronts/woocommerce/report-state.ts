import { z } from 'zod'
import type { FulfilmentStatus } from '../../../domain/fulfilment.ts'
import type { StatusReport } from '../../../domain/outbox.ts'
import type { WireMeta } from './wire.ts'

/** Our own field at an order. It holds ids, numbers and SKUs, nothing personal; see reports.ts for how it is used. */
export const stateKey = '_backroom_reports'

const told = z.tuple([z.string(), z.number()])
const state = z.object({
  v: z.literal(1),
  /** Ids of the reports that are done. */
  done: z.array(z.string()).default([]),
  /** Newest kind and sequence of the order as a whole, and of each parcel by its id. */
  order: told.optional(),
  parcels: z.record(z.string(), told).default({}),
  /** What was promised: letter and contents of each package; SKUs percent-encoded, so that no backslash is stored. */
  packages: z
    .array(
      z.object({ id: z.string(), letter: z.string(), items: z.array(z.tuple([z.string(), z.number(), z.string()])) }),
    )
    .default([]),
})

export type ReportState = z.output<typeof state>

const none: ReportState = { v: 1, done: [], parcels: {}, packages: [] }
/** An order lives for weeks and has some thirty reports. */
const mostKept = 300

/** What an order remembers of our reports; what cannot be read counts as nothing. */
export function reportStateOf(meta: readonly WireMeta[]): ReportState {
  const value = meta.find(({ key }) => key === stateKey)?.value
  if (typeof value !== 'string') return none
  try {
    const parsed = state.safeParse(JSON.parse(value))
    return parsed.success ? parsed.data : none
  } catch {
    return none // somebody edited it: the notes still say what was told
  }
}

export const reportStateText = (value: ReportState): string => JSON.stringify(value)

/** The newest that is known of the parcel a report is about, or of the order. */
export function presentOf(
  present: ReportState,
  report: Pick<StatusReport, 'parcelId'>,
): { readonly kind: FulfilmentStatus; readonly sequence: number } | undefined {
  const entry = report.parcelId === undefined ? present.order : present.parcels[report.parcelId]
  // Only reports of ours are written there, and they carry a kind of ours.
  return entry && { kind: entry[0] as FulfilmentStatus, sequence: entry[1] }
}

/** The state after a report. The packages of one that lists them replace those before. */
export function stateAfter(present: ReportState, report: StatusReport): ReportState {
  const entry: [string, number] = [report.kind, report.sequence]
  const packages = report.contents?.map(({ parcelId, letter, contents }) => ({
    id: parcelId,
    letter,
    items: contents.map(
      ({ externalLineId, quantity, sku }): [string, number, string] => [externalLineId, quantity, encodeURIComponent(sku)], // prettier-ignore
    ),
  }))
  return {
    ...present,
    done: [...present.done, report.id].slice(-mostKept),
    ...(report.parcelId === undefined
      ? { order: entry }
      : { parcels: { ...present.parcels, [report.parcelId]: entry } }),
    ...(packages && { packages }),
  }
}

/** A SKU as it was before it was encoded; what somebody edited is given as it stands. */
export function skuOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

/** The SKU a line had when its packages were promised: what is left of it when its product is deleted. */
export function promisedSku(present: ReportState, lineId: string): string | undefined {
  const item = present.packages.flatMap(({ items }) => items).find(([id]) => id === lineId)
  return item && skuOf(item[2])
}

/** True once every package is where its customer wanted it. */
export function isAllDelivered(present: ReportState): boolean {
  if (present.order?.[0] === 'delivered') return true
  const living = present.packages.filter(({ id }) => present.parcels[id]?.[0] !== 'cancelled')
  return living.length > 0 && living.every(({ id }) => present.parcels[id]?.[0] === 'delivered')
}
