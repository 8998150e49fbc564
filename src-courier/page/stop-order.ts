import { lastEvent, type DeliveryStatus, type Run } from '../core/run.ts'
import type { OpenedStop } from '../core/stops.ts'

const ended: readonly (DeliveryStatus | undefined)[] = ['delivered', 'failed', 'returned']

/** True when something was said about every parcel of the stop that ends it for now. */
export const isDone = (stop: OpenedStop, run: Run): boolean =>
  stop.parcels.every(({ pid }) => ended.includes(lastEvent(run, pid)?.status))

/** The first stop in delivery order that is not done; undefined at the end of the day. */
export const nextStop = (
  work: { readonly stops: readonly OpenedStop[]; readonly run: Run } | undefined,
): OpenedStop | undefined => work?.stops.find((stop) => !isDone(stop, work.run))
