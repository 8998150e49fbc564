import type { FlowDay, FlowReport } from '../domain/report.ts'
import type { FlowCount } from '../ports/store/report-store.ts'
import { localHours, periodOf, type AskedPeriod } from './report-period.ts'
import type { Workshop } from './workshop.ts'

/** How much came in and went out, by day and by hour of the day; days and hours are the shop's. */
export async function reportFlow(deps: Pick<Workshop, 'store' | 'system'>, asked: AskedPeriod): Promise<FlowReport> {
  const period = await periodOf(deps, asked)
  const localOf = localHours(period.settings.shop.zone)
  const counts = (await deps.store.countFlow(period.span)).map((one) => ({ ...one, ...localOf(one.quarter) }))
  const byDay = Map.groupBy(counts, (one) => one.day)
  const byHour = Map.groupBy(counts, (one) => one.hour)
  const packed = counts.filter((one) => one.what === 'packed-orders')
  const workedHours = new Set(packed.map((one) => `${one.day} ${one.hour}`)).size
  return {
    period: { from: period.from, to: period.to },
    days: period.days.map((day): FlowDay => {
      const here = byDay.get(day) ?? []
      return {
        day,
        placed: sumOf(here, 'placed'),
        packed: sumOf(here, 'packed-orders'),
        packedParcels: sumOf(here, 'packed'),
        handedOver: sumOf(here, 'handed-over'),
      }
    }),
    hours: Array.from({ length: 24 }, (_, hour) => {
      const here = byHour.get(hour) ?? []
      return { hour, placed: sumOf(here, 'placed'), packed: sumOf(here, 'packed-orders') }
    }),
    workedHours,
    ordersPerHour: workedHours === 0 ? 0 : sumOf(packed, 'packed-orders') / workedHours,
  }
}

const sumOf = (counts: readonly FlowCount[], what: FlowCount['what']): number =>
  counts.reduce((sum, one) => sum + (one.what === what ? one.count : 0), 0)
