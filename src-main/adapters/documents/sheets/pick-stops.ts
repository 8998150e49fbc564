import type { HandlingMark } from '../../../domain/catalogue.ts'
import type { SelectionInformation, SelectionStop, SelectionTour } from '../../../domain/selection.ts'
import { paintText } from '../pdf/open-paper.ts'
import { isolated } from '../text/plain-text.ts'
import { said } from '../words/words-for.ts'
import { aisleNames, aisleVisits, type AisleVisit } from './aisles.ts'
import { marksCell, quantityCell, stackedCell, tickCell, toteCell, type DrawnCell } from './cells.ts'
import { grey, heading, type Sheet } from './sheet.ts'
import { gap, paintTable, type Cell, type Column, type Row } from './table.ts'

/** Longer names are set smaller: a picker compares their beginning, and the list stays short. */
const longName = 120
const widths = { tick: 20, seq: 30, location: 122, quantity: 54, tote: 44, order: 76 }

/** Where an aisle has fewer stops than this on average, its location says enough without a title. */
const stopsPerAisle = 2

/** The stops in walking order, aisle by aisle, to be ticked off. */
export function paintStops(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const { words } = sheet
  const product = sheet.width - Object.values(widths).reduce((sum, width) => sum + width, 0)
  const columns: readonly Column[] = [
    { head: '', width: widths.tick },
    { head: '', width: widths.seq, anchor: 'end' },
    { head: words.location, width: widths.location },
    { head: words.product, width: product },
    { head: words.quantity, width: widths.quantity, anchor: 'middle' },
    { head: words.tote, width: widths.tote, anchor: 'middle' },
    { head: words.parcel, width: widths.order },
  ]
  const names = aisleNames(selection.floor.aisleX.length, tour.stops)
  const marksOf = marksByStop(selection)
  const visits = aisleVisits(tour.stops)
  const namesAisles = selection.floor.aisleX.length > 1 && tour.stops.length >= visits.length * stopsPerAisle
  const blocks = visits.flatMap((visit): (readonly Row[])[] => {
    const rows = visit.stops.map((stop) => stopRow(sheet, stop, { marks: marksOf(stop), width: product }))
    if (!namesAisles) return rows.map((row) => [row])
    const [first = [], ...rest] = rows
    return [[{ title: aisleTitle(sheet, visit, names[visit.aisle]) }, first], ...rest.map((row) => [row])]
  })
  heading(sheet, words.stops, 60)
  paintTable(sheet, columns, { blocks, leastHeight: 24 })
}

/** The aisle's name on a grey ground, and an arrow that shows on the map which way it is walked. */
function aisleTitle(sheet: Sheet, visit: AisleVisit, name: string | undefined): DrawnCell {
  const text = said(sheet.words.aisle, { name: isolated(name ?? String(visit.aisle + 1)) })
  return {
    height: 16,
    paint: ({ x, y, width, height }) => {
      sheet.doc.rect(x, y, width, height).fill('#eeeeee')
      paintText(sheet, text, { x: x + widths.tick + widths.seq, y: y + 11.5, size: 9.5, isBold: true })
      if (visit.way) paintArrow(sheet, { x: x + widths.tick + widths.seq - 14, y: y + height / 2, way: visit.way })
    },
  }
}

function paintArrow(sheet: Sheet, at: { x: number; y: number; way: 'up' | 'down' }): void {
  const tip = at.way === 'up' ? -4.5 : 4.5
  sheet.doc
    .moveTo(at.x, at.y + tip)
    .lineTo(at.x + 4.5, at.y - tip * 0.8)
    .lineTo(at.x - 4.5, at.y - tip * 0.8)
    .closePath()
    .fill('black')
}

/** Marks belong to a parcel: a stop shows them where everything in its parcel is the same product. */
function marksByStop(selection: SelectionInformation): (stop: SelectionStop) => readonly HandlingMark[] {
  const marks = new Map<string, readonly HandlingMark[]>()
  for (const order of selection.orders) {
    for (const parcel of order.packages) {
      const skus = new Set(parcel.contents.map((content) => content.sku))
      if (skus.size === 1) marks.set(order.code + parcel.letter, parcel.handling)
    }
  }
  return (stop) => stop.handling ?? marks.get(stop.orderCode + stop.parcelLetter) ?? []
}

function stopRow(
  sheet: Sheet,
  stop: SelectionStop,
  product: { marks: readonly HandlingMark[]; width: number },
): readonly Cell[] {
  return [
    tickCell(sheet),
    [{ text: String(stop.seq), size: 10, isBold: true }],
    [{ text: stop.location, size: 12, isBold: true }],
    productCell(sheet, stop, product),
    quantityCell(sheet, stop.quantity, 16),
    toteCell(sheet, stop.tote, 13),
    [{ text: stop.orderCode + stop.parcelLetter, size: 11, isBold: true }],
  ]
}

/** Name, codes, and below them how it wants to be handled. */
function productCell(
  sheet: Sheet,
  stop: SelectionStop,
  { marks, width }: { marks: readonly HandlingMark[]; width: number },
): Cell {
  const lot = stop.lot === undefined ? [] : [said(sheet.words.lot, { lot: isolated(stop.lot) })]
  const codes = [isolated(stop.sku), ...(stop.gtin === undefined ? [] : [stop.gtin]), ...lot].join(' · ')
  const texts = [
    { text: stop.name, size: stop.name.length > longName ? 8 : 10 },
    { text: codes, size: 8, colour: grey.text },
  ]
  if (marks.length === 0) return texts
  const lines = texts.flatMap((part) => sheet.text.wrapped(part.text, width - gap, part))
  return stackedCell(sheet, lines, marksCell(sheet, marks, width - gap))
}
