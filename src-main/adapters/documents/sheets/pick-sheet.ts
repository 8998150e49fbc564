import type { SelectionInformation, SelectionStop, SelectionTour } from '../../../domain/selection.ts'
import { drawFloor } from '../../../drawing/index.ts'
import { paintText } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { paintPickHeader } from './pick-header.ts'
import { paintParcelCards } from './pick-parcels.ts'
import { paintSealedRecipients } from './sealed-recipients.ts'
import { heading, openSheet, type Sheet } from './sheet.ts'
import { paintTable, type Cell, type Column } from './table.ts'

/** A long tour has more to show. */
const mapHeight = (stops: number): number => (stops > 60 ? 330 : 240)

/** The sheet of one tour: how far, the map, which tote is whose, stops in walking order, parcels as they are packed. */
export function writePickSheet(
  shelf: FontShelf,
  selection: SelectionInformation,
  tour: SelectionTour,
): Promise<Uint8Array> {
  const { locale } = selection.shop
  const title = `${selection.wave}-${tour.seq}`
  const sheet = openSheet({ shelf, title, locale, issuedAt: selection.issuedAt })
  paintPickHeader(sheet, selection, tour)
  paintMap(sheet, selection, tour)
  paintTotes(sheet, tour)
  paintStops(sheet, tour)
  paintParcelCards(sheet, selection, tour)
  paintSealedRecipients(sheet, selection, tour)
  const tourText = said(sheet.words.tourOf, { n: tour.seq, m: selection.tours.length })
  return sheet.close(`${sheet.words.wave} ${selection.wave}, ${tourText}`)
}

function paintMap(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const { words } = sheet
  const drawing = drawFloor(
    {
      ...selection.floor,
      path: tour.path,
      stops: tour.stops,
      aisleNames: aisleNames(selection.floor.aisleX.length, tour.stops),
      words: { title: words.floorTitle, start: words.start, end: words.end },
    },
    { width: sheet.width, height: mapHeight(tour.stops.length) },
  )
  paintDrawing(sheet, drawing, { x: sheet.left, y: sheet.y })
  sheet.y += drawing.height + 2
}

/** What the locations on an aisle have in common before the bay: `A-03` of `A-03-07-2-1`. Unknown when they differ. */
function aisleNames(aisles: number, stops: readonly SelectionStop[]): readonly (string | undefined)[] {
  return Array.from({ length: aisles }, (_, aisle) => {
    const names = new Set(
      stops.filter((stop) => stop.place[0] === aisle).map((stop) => stop.location.split('-').slice(0, -3).join('-')),
    )
    const [name] = names
    return names.size === 1 && name !== '' ? name : undefined
  })
}

/** Totes side by side: which one takes which order's parcels. */
function paintTotes(sheet: Sheet, tour: SelectionTour): void {
  const lettersByTote = new Map<number, Map<string, Set<string>>>()
  for (const { tote, orderCode, parcelLetter } of tour.stops) {
    const lettersByOrder = lettersByTote.get(tote) ?? new Map<string, Set<string>>()
    lettersByTote.set(tote, lettersByOrder)
    lettersByOrder.set(orderCode, (lettersByOrder.get(orderCode) ?? new Set()).add(parcelLetter))
  }
  const totes = [...lettersByTote].toSorted((a, b) => a[0] - b[0])
  const perRow = 4
  const width = sheet.width / perRow
  heading(sheet, sheet.words.totes, 40)
  for (let i = 0; i < totes.length; i += perRow) {
    const row = totes.slice(i, i + perRow).map(([tote, lettersByOrder]) => ({
      tote: String(tote),
      lines: [...lettersByOrder].flatMap(([code, letters]) =>
        sheet.text.wrapped(`${code} ${[...letters].toSorted().join(' ')}`, width - 48, { size: 11, isBold: true }),
      ),
    }))
    const height = Math.max(26, ...row.map(({ lines }) => lines.length * 14.5 + 6))
    sheet.ensure(height)
    for (const [column, cell] of row.entries())
      paintTote(sheet, cell, { x: sheet.left + column * width, width, height })
    sheet.y += height
  }
}

function paintTote(
  sheet: Sheet,
  cell: { tote: string; lines: ReturnType<Sheet['text']['wrapped']> },
  at: { x: number; width: number; height: number },
): void {
  const { doc, text } = sheet
  doc.rect(at.x, sheet.y, at.width, at.height).lineWidth(0.5).undash().stroke('#999999')
  doc.rect(at.x + 1, sheet.y + 1, 33, at.height - 2).fill('black')
  const middle = sheet.y + at.height / 2
  paintText(sheet, cell.tote, {
    x: at.x + 17,
    y: middle + 5.5,
    size: 16,
    isBold: true,
    anchor: 'middle',
    colour: 'white',
  })
  const first = middle - ((cell.lines.length - 1) * 14.5) / 2 + 3.6
  cell.lines.forEach((line, i) => text.paint(line, { x: at.x + 42, y: first + i * 14.5 }))
}

function paintStops(sheet: Sheet, tour: SelectionTour): void {
  const { words, width } = sheet
  const columns: readonly Column[] = [
    { head: '', width: 22 },
    { head: '', width: 30, anchor: 'end' },
    { head: words.location, width: 112 },
    { head: words.product, width: width - 22 - 30 - 112 - 46 - 46 - 78 },
    { head: words.quantity, width: 46, anchor: 'end' },
    { head: words.tote, width: 46, anchor: 'middle' },
    { head: words.order, width: 78 },
  ]
  heading(sheet, words.stops, 60)
  paintTable(sheet, columns, { rows: tour.stops.map((stop) => stopRow(sheet, stop)), leastHeight: 22 })
}

function stopRow(sheet: Sheet, stop: SelectionStop): readonly Cell[] {
  const lot = stop.lot === undefined ? [] : [said(sheet.words.lot, { lot: stop.lot })]
  const codes = [stop.sku, ...(stop.gtin === undefined ? [] : [stop.gtin]), ...lot].join(' · ')
  return [
    'tick',
    [{ text: String(stop.seq), size: 9, colour: '#555555' }],
    [{ text: stop.location, size: 11, isBold: true }],
    [
      { text: stop.name, size: 9.5 },
      { text: codes, size: 8, colour: '#555555' },
    ],
    [{ text: String(stop.quantity), size: 17, isBold: true }],
    [{ text: String(stop.tote), size: 13, isBold: true }],
    [{ text: stop.orderCode + stop.parcelLetter, size: 11, isBold: true }],
  ]
}
