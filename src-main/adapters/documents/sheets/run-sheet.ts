import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import type { TimeWindow } from '../../../domain/order.ts'
import { drawDeliveryLine, tellRoute } from '../../../drawing/index.ts'
import { isoMinute } from '../../../kernel/time.ts'
import { decimalText, weightText } from '../amounts.ts'
import { paintText } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { marksCell, paintFigures, paintSentence, paintSmall, paintTitle, stackedCell, tickCell } from './cells.ts'
import { paintCodeBox, widestCode } from './code-box.ts'
import { grey, heading, notice, openSheet, rule, type Sheet } from './sheet.ts'
import { gap, paintTable, type Cell, type Column, type Row } from './table.ts'

/** Rows of the schematic line: more would push the list off the first page. */
const lineHeight = 4 * 42
const widths = { seq: 46, routing: 76, tick: 20, parcel: 146, weight: 64 }

/** What is handed over at one collection, in delivery order, to be signed by both sides. Nothing personal. */
export function writeRunSheet(shelf: FontShelf, delivery: DeliveryInformation): Promise<Uint8Array> {
  const { locale } = delivery.shop
  const sheet = openSheet({ shelf, title: delivery.manifest, locale, issuedAt: delivery.issuedAt })
  paintHeader(sheet, delivery)
  for (const route of delivery.routes) paintRoute(sheet, route, delivery)
  paintSignatures(sheet, parcelsOf(stopsOf(delivery)).length)
  const version = said(sheet.words.versionOf, { v: delivery.version })
  return sheet.close(`${sheet.words.manifest} ${delivery.manifest} · ${delivery.carrier.name} · ${version}`)
}

const stopsOf = (delivery: DeliveryInformation): readonly DeliveryStop[] => delivery.routes.flatMap((route) => route.stops) // prettier-ignore
const parcelsOf = (stops: readonly DeliveryStop[]): readonly DeliveryParcel[] => stops.flatMap((stop) => stop.parcels)
const grossOf = (parcels: readonly DeliveryParcel[]): number => parcels.reduce((sum, parcel) => sum + parcel.grossG, 0)

function paintHeader(sheet: Sheet, delivery: DeliveryInformation): void {
  const { words, left } = sheet
  const top = sheet.y
  const width = sheet.width - widestCode - 10
  const codeHeight = paintCodeBox(sheet, delivery.manifest, top)
  const [shop] = sheet.text.wrapped(`${words.runSheet} · ${delivery.shop.name}`, width, { size: 10, colour: grey.text })
  if (shop) sheet.text.paint(shop, { x: left, y: top + 10 })
  const below = paintTitle(sheet, `${words.manifest} ${delivery.manifest}`, { y: top + 35, width, most: 22 })
  const who = `${delivery.carrier.name} · ${delivery.collectionDay}`
  sheet.y = Math.max(paintTitle(sheet, who, { y: below + 19, width, most: 13 }) + 6, top + codeHeight + 8)
  const at = isoMinute(delivery.issuedAt, delivery.shop.zone)
  const issued = said(words.issued, { at, v: delivery.version })
  paintSmall(sheet, issued, { x: left + sheet.width, y: sheet.y - 4, anchor: 'end' })
  rule(sheet, sheet.y, { width: 1.2 })
  paintFigures(sheet, figuresOf(sheet, delivery))
  rule(sheet, sheet.y, { width: 0.5, colour: grey.line })
  sheet.y += 6
  const isPlain = parcelsOf(stopsOf(delivery)).some((parcel) => 'plain' in parcel.recipient)
  if (delivery.version > 1) notice(sheet, said(words.replaces, { v: delivery.version, o: delivery.version - 1 }))
  if (isPlain || delivery.sealing === 'off') notice(sheet, words.notSealed)
}

function figuresOf(
  { words, locale }: Sheet,
  delivery: DeliveryInformation,
): readonly { figure: string; word: string }[] {
  // prettier-ignore
  const stops = stopsOf(delivery)
  const parcels = parcelsOf(stops)
  const metres = delivery.routes.reduce((sum, route) => sum + route.distanceM, 0)
  return [
    { figure: String(parcels.length), word: words.parcels },
    { figure: String(stops.length), word: words.stopsWord },
    { figure: weightText(grossOf(parcels), locale), word: words.weight },
    { figure: decimalText(metres / 1000, locale), word: words.kilometres },
  ]
}

function paintRoute(sheet: Sheet, route: DeliveryInformation['routes'][number], delivery: DeliveryInformation): void {
  const { words, locale } = sheet
  const title = said(words.route, {
    n: route.route,
    s: route.stops.length,
    p: parcelsOf(route.stops).length,
    km: decimalText(route.distanceM / 1000, locale),
  })
  const stops = route.stops.map(({ seq, routingCode, parcels }) => ({ seq, routingCode, parcels: parcels.length }))
  const drawing = drawDeliveryLine(
    { stops, words: { title: said(words.routeTitle, { n: route.route }), shop: words.shop } },
    { width: sheet.width, height: lineHeight },
  )
  heading(sheet, title, drawing.height + 75)
  paintSentence(sheet, routeText(sheet, route), { size: 9.5 })
  sheet.y += 4
  paintDrawing(sheet, drawing, { x: sheet.left, y: sheet.y })
  sheet.y += drawing.height + 4
  const window = sheet.width - Object.values(widths).reduce((sum, width) => sum + width, 0)
  const columns: readonly Column[] = [
    { head: words.sequence, width: widths.seq },
    { head: words.routing, width: widths.routing },
    { head: '', width: widths.tick },
    { head: words.parcel, width: widths.parcel },
    { head: words.weight, width: widths.weight, anchor: 'end', after: 2 * gap },
    { head: words.window, width: window },
  ]
  const blocks = route.stops.map((stop) => stopRows(sheet, stop, { delivery, width: window - gap }))
  paintTable(sheet, columns, { blocks, leastHeight: 18 })
}

/** The engine's claim is about all routes of a collection together: it stands with the first. */
function routeText({ locale }: Sheet, route: DeliveryInformation['routes'][number]): string {
  const { stops, distanceM, boundM, optimal } = route
  const told = tellRoute({ stops: stops.length, distanceM, lowerBoundM: boundM, isOptimal: optimal }, { locale })
  return distanceM === 0 && route.route > 1 ? told.reason : `${told.proof} ${told.reason}`
}

/** One row per parcel; sequence, routing code and window stand at the stop's first one. */
function stopRows(
  sheet: Sheet,
  stop: DeliveryStop,
  to: { delivery: DeliveryInformation; width: number },
): readonly Row[] {
  const { words, locale } = sheet
  const service = stop.service === 'standard' ? [] : [words.services[stop.service]]
  const window = stop.window ? [windowText(stop.window, to.delivery)] : []
  return stop.parcels.map((parcel, i): readonly Cell[] => [
    i === 0 ? [{ text: stop.seq, size: 16, isBold: true }] : [],
    i === 0 ? [{ text: stop.routingCode, size: 11, isBold: true }] : [],
    tickCell(sheet),
    [
      { text: parcel.number, size: 10.5, isBold: true },
      {
        text: `${parcel.orderCode}${parcel.letter} · ${said(words.pieceOf, { n: parcel.n, m: parcel.of })}`,
        size: 8,
        colour: grey.text,
      },
    ],
    [{ text: weightText(parcel.grossG, locale), size: 10 }],
    lastCell(sheet, { texts: i === 0 ? [...service, ...window] : [], parcel, width: to.width }),
  ])
}

/** Service and window, and below them how the parcel wants to be handled. */
function lastCell(sheet: Sheet, cell: { texts: readonly string[]; parcel: DeliveryParcel; width: number }): Cell {
  const texts = cell.texts.map((text) => ({ text, size: 9, isBold: true }))
  if (cell.parcel.handling.length === 0) return texts
  const lines = texts.flatMap((part) => sheet.text.wrapped(part.text, cell.width, part))
  return stackedCell(sheet, lines, marksCell(sheet, cell.parcel.handling, cell.width))
}

/** `14:00-18:00`, with the day where it is another than that of the collection. */
function windowText(window: TimeWindow, delivery: DeliveryInformation): string {
  const [from, to] = [window.from, window.to].map((at) => {
    const minute = isoMinute(at, delivery.shop.zone)
    return minute.startsWith(delivery.collectionDay) ? minute.slice(11) : minute
  })
  return `${from} - ${to}`
}

function paintSignatures(sheet: Sheet, parcels: number): void {
  const { words, doc } = sheet
  sheet.ensure(118)
  sheet.y += 24
  paintText(sheet, said(words.handedOverCount, { n: parcels }), { x: sheet.left, y: sheet.y, size: 11, isBold: true })
  sheet.y += 24
  const width = (sheet.width - 30) / 2
  for (const [i, who] of [words.handedOver, words.takenOver].entries()) {
    const x = sheet.left + i * (width + 30)
    paintText(sheet, who, { x, y: sheet.y, size: 10, isBold: true })
    doc
      .moveTo(x, sheet.y + 46)
      .lineTo(x + width, sheet.y + 46)
      .lineWidth(0.8)
      .undash()
      .stroke('black')
    paintSmall(sheet, words.nameDateSignature, { x, y: sheet.y + 57 })
  }
  sheet.y += 62
}
