import type { DeliveryInformation, DeliveryParcel, DeliveryStop } from '../../../domain/delivery-information.ts'
import type { TimeWindow } from '../../../domain/order.ts'
import { drawDeliveryLine } from '../../../drawing/index.ts'
import { isoMinute } from '../../../kernel/time.ts'
import { decimalText, weightText } from '../amounts.ts'
import { fittedLine, paintText } from '../pdf/open-paper.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { paintCodeBox } from './code-box.ts'
import { heading, openSheet, rule, type Sheet } from './sheet.ts'
import { paintTable, type Cell, type Column } from './table.ts'

/** Rows of the schematic line: more would push the list off the first page. */
const lineHeight = 4 * 42

/** What is handed over at one collection, in delivery order, to be signed by both sides. Nothing personal. */
export function writeRunSheet(shelf: FontShelf, delivery: DeliveryInformation): Promise<Uint8Array> {
  const { locale } = delivery.shop
  const sheet = openSheet({ shelf, title: delivery.manifest, locale, issuedAt: delivery.issuedAt })
  paintHeader(sheet, delivery)
  for (const route of delivery.routes) paintRoute(sheet, route, delivery)
  paintSignatures(sheet)
  return sheet.close(`${sheet.words.manifest} ${delivery.manifest}, ${delivery.carrier.name}`)
}

const parcelsOf = (stops: readonly DeliveryStop[]): readonly DeliveryParcel[] => stops.flatMap((stop) => stop.parcels)
const grossOf = (parcels: readonly DeliveryParcel[]): number => parcels.reduce((sum, parcel) => sum + parcel.grossG, 0)

function paintHeader(sheet: Sheet, delivery: DeliveryInformation): void {
  const { words, locale, left } = sheet
  const top = sheet.y
  const codeHeight = paintCodeBox(sheet, delivery.manifest, top)
  paintText(sheet, `${delivery.shop.name}: ${words.runSheet}`, { x: left, y: top + 10, size: 10, colour: '#555555' })
  const title = fittedLine(sheet, `${words.manifest} ${delivery.manifest}`, {
    width: sheet.width - 240,
    most: 20,
    least: 9,
    isBold: true,
  })
  sheet.text.paint(title, { x: left, y: top + 33 })
  const who = `${words.courier}: ${delivery.carrier.name} · ${words.collectionDay}: ${delivery.collectionDay}`
  paintText(sheet, who, { x: left, y: top + 50, size: 11 })
  sheet.y = top + Math.max(60, codeHeight + 4)
  rule(sheet, sheet.y, { width: 1.2 })
  const parcels = delivery.routes.flatMap((route) => parcelsOf(route.stops))
  const totals = `${words.parcels}: ${parcels.length} · ${words.weight}: ${weightText(grossOf(parcels), locale)}`
  paintText(sheet, totals, { x: left, y: sheet.y + 19, size: 14, isBold: true })
  const at = isoMinute(delivery.issuedAt, delivery.shop.zone)
  const issued = said(words.issued, { at, v: delivery.version })
  paintText(sheet, issued, { x: left + sheet.width, y: sheet.y + 17, size: 8, anchor: 'end', colour: '#555555' })
  sheet.y += 26
  if (!parcels.some((parcel) => 'plain' in parcel.recipient)) return
  paintText(sheet, words.notSealed, { x: left, y: sheet.y + 10, size: 10, isBold: true })
  sheet.y += 16
}

function paintRoute(sheet: Sheet, route: DeliveryInformation['routes'][number], delivery: DeliveryInformation): void {
  const { words, locale } = sheet
  const title = said(words.route, {
    n: route.route,
    s: route.stops.length,
    p: parcelsOf(route.stops).length,
    km: decimalText(route.distanceM / 1000, locale),
  })
  const proof = route.optimal ? `, ${words.routeShortest}` : ''
  const stops = route.stops.map(({ seq, routingCode, parcels }) => ({ seq, routingCode, parcels: parcels.length }))
  const drawing = drawDeliveryLine(
    { stops, words: { title: said(words.routeTitle, { n: route.route }), shop: words.shop } },
    { width: sheet.width, height: lineHeight },
  )
  heading(sheet, title + proof, drawing.height + 50)
  paintDrawing(sheet, drawing, { x: sheet.left, y: sheet.y })
  sheet.y += drawing.height + 4
  const columns: readonly Column[] = [
    { head: words.sequence, width: 48 },
    { head: words.routing, width: 96 },
    { head: '', width: 20 },
    { head: words.parcel, width: 190 },
    { head: words.weight, width: 62, anchor: 'end' },
    { head: words.window, width: sheet.width - 48 - 96 - 20 - 190 - 62 },
  ]
  paintTable(sheet, columns, { rows: route.stops.flatMap((stop) => stopRows(sheet, stop, delivery)), leastHeight: 16 })
}

/** One row per parcel; sequence, routing code and window stand at the stop's first one. */
function stopRows(sheet: Sheet, stop: DeliveryStop, delivery: DeliveryInformation): readonly (readonly Cell[])[] {
  const { words, locale } = sheet
  const service = stop.service === 'standard' ? [] : [words.services[stop.service]]
  const window = stop.window ? [windowText(stop.window, delivery)] : []
  return stop.parcels.map((parcel, i): readonly Cell[] => {
    const marks = parcel.handling.map((mark) => words.marks[mark]).join(', ')
    return [
      i === 0 ? [{ text: stop.seq, size: 15, isBold: true }] : [],
      i === 0 ? [{ text: stop.routingCode, size: 11, isBold: true }] : [],
      'tick',
      [
        { text: parcel.number, size: 10.5, isBold: true },
        {
          text: `${parcel.orderCode}${parcel.letter} · ${said(words.pieceOf, { n: parcel.n, m: parcel.of })}`,
          size: 8,
        },
      ],
      [{ text: weightText(parcel.grossG, locale), size: 10 }],
      [
        ...(i === 0 ? [...service, ...window].map((text) => ({ text, size: 9, isBold: true })) : []),
        ...(marks === '' ? [] : [{ text: marks, size: 8.5 }]),
      ],
    ]
  })
}

/** `14:00-18:00`, with the day where it is another than that of the collection. */
function windowText(window: TimeWindow, delivery: DeliveryInformation): string {
  const [from, to] = [window.from, window.to].map((at) => {
    const minute = isoMinute(at, delivery.shop.zone)
    return minute.startsWith(delivery.collectionDay) ? minute.slice(11) : minute
  })
  return `${from} - ${to}`
}

function paintSignatures(sheet: Sheet): void {
  const { words, doc } = sheet
  sheet.ensure(96)
  sheet.y += 24
  const width = (sheet.width - 30) / 2
  for (const [i, who] of [words.handedOver, words.takenOver].entries()) {
    const x = sheet.left + i * (width + 30)
    paintText(sheet, who, { x, y: sheet.y, size: 10, isBold: true })
    doc
      .moveTo(x, sheet.y + 44)
      .lineTo(x + width, sheet.y + 44)
      .lineWidth(0.8)
      .undash()
      .stroke('black')
    paintText(sheet, words.nameDateSignature, { x, y: sheet.y + 55, size: 8, colour: '#555555' })
  }
  sheet.y += 60
}
