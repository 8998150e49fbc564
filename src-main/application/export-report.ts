import { isoMinute } from '../kernel/time.ts'
import { formatMoney } from '../kernel/money.ts'
import type { LateOrder, WalkDay } from '../domain/report.ts'
import type { WrittenColumn } from '../ports/imports.ts'
import { reportFlow } from './report-flow.ts'
import { periodOf, type AskedPeriod } from './report-period.ts'
import { reportWork } from './report-work.ts'
import type { Workshop } from './workshop.ts'

export const reportParts = ['days', 'hours', 'walks', 'cartons', 'late', 'reorder', 'count'] as const
export type ReportPart = (typeof reportParts)[number]

type Deps = Pick<Workshop, 'store' | 'system' | 'imports'>
interface Sheet {
  readonly columns: readonly WrittenColumn[]
  readonly rows: readonly (readonly string[])[]
}

const text = (header: string): WrittenColumn => ({ header, kind: 'text' })
const code = (header: string): WrittenColumn => ({ header, kind: 'code' })
const figure = (header: string): WrittenColumn => ({ header, kind: 'number' })

/**
 * One part of a report as CSV: semicolons and a decimal comma where the shop's language writes one. Metres, minutes and
 * money in whole units with decimals; days and times on the shop's clock; codes and names of products, nobody's name.
 */
export async function exportReport(
  deps: Deps,
  asked: AskedPeriod & { readonly part: ReportPart },
): Promise<{ readonly fileName: string; readonly csv: string; readonly rows: number }> {
  const { settings, from, to } = await periodOf(deps, asked)
  const hasComma = new Intl.NumberFormat(settings.shop.locale).format(0.5).includes(',')
  const { columns, rows } = await sheetOf(deps, asked, settings.shop)
  return {
    fileName: `report-${asked.part}-${from}-${to}.csv`,
    csv: deps.imports.writeTable(columns, rows, { delimiter: hasComma ? ';' : ',', decimal: hasComma ? ',' : '.' }),
    rows: rows.length,
  }
}

async function sheetOf(
  deps: Deps,
  asked: AskedPeriod & { readonly part: ReportPart },
  shop: { readonly zone: string; readonly currency: string },
): Promise<Sheet> {
  if (asked.part === 'days') {
    const { days } = await reportFlow(deps, asked)
    return {
      columns: [
        text('day'),
        ...['orders_placed', 'orders_packed', 'parcels_packed', 'parcels_handed_over'].map(figure),
      ],
      rows: days.map((one) => [one.day, ...texts(one.placed, one.packed, one.packedParcels, one.handedOver)]),
    }
  }
  if (asked.part === 'hours') {
    const { hours } = await reportFlow(deps, asked)
    return {
      columns: ['hour', 'orders_placed', 'orders_packed'].map(figure),
      rows: hours.map((one) => texts(one.hour, one.placed, one.packed)),
    }
  }
  const work = await reportWork(deps, asked)
  const money = (minor: number): string => formatMoney({ currency: shop.currency, minor })
  switch (asked.part) {
    case 'walks':
      return { columns: walkColumns, rows: work.walk.days.map(walkCells) }
    case 'cartons':
      return {
        columns: [code('carton'), text('name'), figure('used'), figure('cost'), text('currency'), figure('free')],
        rows: work.cartons.map((one) => [one.carton ?? '', one.name, String(one.used), money(one.costMinor), shop.currency, one.free === undefined ? '' : String(one.free)]), // prettier-ignore
      }
    case 'late':
      return {
        columns: [code('order'), text('because'), text('due'), text('done')],
        rows: work.late.rows.map((one) => lateCells(one, shop.zone)),
      }
    case 'reorder':
      return {
        columns: [text('kind'), code('sku'), text('name'), figure('used'), figure('free'), figure('days')],
        rows: work.stock.toReorder.map((one) => [one.of, one.sku, one.name, ...texts(one.used, one.free, work.stock.days)]), // prettier-ignore
      }
    case 'count':
      return {
        columns: [code('location'), code('sku'), text('name'), figure('missing'), text('at')],
        rows: work.stock.toCount.map((one) => [one.location, one.sku, one.name, String(one.missing), isoMinute(one.at, shop.zone)]), // prettier-ignore
      }
  }
}

const texts = (...values: readonly number[]): readonly string[] => values.map(String)

const walkColumns: readonly WrittenColumn[] = [
  text('day'),
  ...['tours', 'planned_m', 'walked_m', 'bin_order_m', 'planned_min', 'worked_min'].map(figure),
]
const tenths = (value: number): string => (Math.round(value * 10) / 10).toString()
const walkCells = (one: WalkDay): readonly string[] => [
  one.day,
  String(one.tours),
  ...[one.plannedMm, one.walkedMm, one.binOrderMm].map((mm) => tenths(mm / 1000)),
  ...[one.plannedMs, one.workedMs].map((ms) => tenths(ms / 60_000)),
]

const lateCells = (one: LateOrder, zone: string): readonly string[] =>
  one.because === 'collection'
    ? [one.order, one.because, one.dueDay, one.doneDay]
    : [one.order, one.because, isoMinute(one.dueAt, zone), one.doneAt === undefined ? '' : isoMinute(one.doneAt, zone)]
