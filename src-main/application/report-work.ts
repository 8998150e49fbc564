import type { Carrier } from '../domain/carrier.ts'
import { postageOf } from '../domain/postage.ts'
import type { UsedCarton, WalkDay, WorkReport } from '../domain/report.ts'
import type { PackedCount, WalkSum } from '../ports/store/report-store.ts'
import { localHours, periodOf, type AskedPeriod, type Period } from './report-period.ts'
import type { Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>
type CartonRows = Awaited<ReturnType<Workshop['store']['loadCartons']>>

/** Stock that lasts fewer days than this at the rate of the period is to be ordered. */
const coverDays = 14
/** Lines of each list that are told; the longest worklist one goes through at a sitting. */
const mostRows = 200

/** What a period's work took and cost: walks, parcels, cartons, late orders, stock to count or to order. */
export async function reportWork(deps: Deps, asked: AskedPeriod): Promise<WorkReport> {
  const { store } = deps
  const period = await periodOf(deps, asked)
  const { span, now } = period
  const walks = await store.sumWalks(span)
  const packed = await store.countPacked(span)
  const { handedOver, late } = await store.findLate(span, now)
  const days = period.passedDays
  const stock = await store.findStockNeeds({ ...span, days, coverDays, limit: mostRows })
  const [cartons, carriers] = [await store.loadCartons(), await store.loadCarriers()]
  return {
    period: { from: period.from, to: period.to },
    walk: walkOf(period, walks),
    parcels: parcelsOf(packed, cartons, carriers),
    late: { handedOver, total: late.length, rows: late.slice(0, mostRows) },
    cartons: cartonsOf(packed, cartons),
    stock: { coverDays, days, ...stock },
  }
}

function walkOf(period: Period, sums: readonly WalkSum[]): WorkReport['walk'] {
  const localOf = localHours(period.settings.shop.zone)
  const byDay = Map.groupBy(sums, (one) => localOf(one.quarter).day)
  return {
    ...totalOf(period.to, sums),
    days: period.days.map((day) => totalOf(day, byDay.get(day) ?? [])),
  }
}

function totalOf(day: string, sums: readonly WalkSum[]): WalkDay {
  const sum = (of: (one: WalkSum) => number): number => sums.reduce((total, one) => total + of(one), 0)
  return {
    day,
    tours: sum((one) => one.tours),
    plannedMm: sum((one) => one.plannedMm),
    walkedMm: sum((one) => one.walkedMm),
    binOrderMm: sum((one) => one.binOrderMm),
    plannedMs: sum((one) => one.plannedMs),
    workedMs: sum((one) => one.workedMs),
  }
}

/** Cartons at what they cost today, postage at today's tariffs: what the same parcels would cost now. */
function parcelsOf(
  { spread, groups }: PackedCount,
  cartons: CartonRows,
  carriers: readonly Carrier[],
): WorkReport['parcels'] {
  const costByCode = new Map(cartons.map(({ carton }) => [carton.code, carton.costMinor]))
  const carrierByCode = new Map(carriers.map((carrier) => [carrier.code, carrier]))
  let [cartonMinor, postageMinor, unpriced, parcels] = [0, 0, 0, 0]
  for (const group of groups) {
    parcels += group.parcels
    cartonMinor += group.parcels * (costByCode.get(group.carton ?? '') ?? 0)
    // What is collected in the shop travels with nobody.
    if (group.carrierCode === undefined) continue
    const carrier = carrierByCode.get(group.carrierCode)
    const price = carrier && postageOf(carrier, group)
    if (price === undefined) unpriced += group.parcels
    else postageMinor += group.parcels * price
  }
  const orders = spread.reduce((sum, one) => sum + one.orders, 0)
  return { orders, parcels, spread, cartonMinor, postageMinor, unpriced }
}

/** The most used first. */
function cartonsOf({ groups }: PackedCount, cartons: CartonRows): readonly UsedCarton[] {
  const rowByCode = new Map(cartons.map((row) => [row.carton.code, row]))
  return [...Map.groupBy(groups, (group) => group.carton)]
    .map(([code, same]): UsedCarton => {
      const row = rowByCode.get(code ?? '')
      const used = same.reduce((sum, group) => sum + group.parcels, 0)
      return {
        carton: code,
        name: row?.carton.name ?? '',
        used,
        costMinor: used * (row?.carton.costMinor ?? 0),
        free: code === undefined || !row ? undefined : row.onHand - row.reserved,
      }
    })
    .toSorted((a, b) => b.used - a.used || ((a.carton ?? '') < (b.carton ?? '') ? -1 : 1))
}
