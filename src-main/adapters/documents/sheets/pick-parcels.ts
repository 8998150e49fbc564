import type { SelectionInformation, SelectionPackage, SelectionTour } from '../../../domain/selection.ts'
import { heightOf, paintLines, paintText } from '../pdf/open-paper.ts'
import { said } from '../words/words-for.ts'
import { cartonText, numbersBySku, paintMarks, paintParcel, totalsTexts } from './parcel-card.ts'
import { heading, type Sheet } from './sheet.ts'

interface Card {
  readonly code: string
  readonly totes: readonly number[]
  readonly parcel: SelectionPackage
}

/** Three rows of cards with four lines of contents each fill a page. */
const drawingHeight = 125
/** From so many pieces on a card is as wide as the page, for the stages of a full carton side by side. */
const wideFrom = 10
const wideDrawingHeight = 165
const gap = 18
/** Contents lines on a card; the packing slip lists the rest. */
const mostContents = 14
const leastCard = 120

/** The parcels filled on this tour, each as it is packed; small ones two beside each other. */
export function paintParcelCards(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const cards = cardsOf(selection, tour)
  if (cards.length === 0) return
  heading(sheet, sheet.words.parcels, drawingHeight + leastCard)
  for (const row of inRows(cards)) {
    const width = row.some(isWide) ? sheet.width : (sheet.width - gap) / 2
    const set = row.map((card) => ({ card, lines: contentsLines(sheet, card.parcel, width) }))
    const head = mostMarks(row) > 3 ? 97 : 80
    sheet.ensure(Math.max(...set.map(({ lines }) => heightOf(lines))) + heightOfDrawing(row) + head)
    const bottoms = set.map(({ card, lines }, column) =>
      paintCard(sheet, card, { lines, x: sheet.left + column * (width + gap), width }),
    )
    sheet.y = Math.max(...bottoms) + 12
  }
}

const isWide = (card: Card): boolean => card.parcel.placements.length >= wideFrom
const heightOfDrawing = (row: readonly Card[]): number => (row.some(isWide) ? wideDrawingHeight : drawingHeight)

/** Neighbours share a row unless one of them is wide. */
function inRows(cards: readonly Card[]): readonly (readonly Card[])[] {
  const rows: Card[][] = []
  for (const card of cards) {
    const last = rows.at(-1)
    if (last?.length === 1 && !isWide(card) && !last.some(isWide)) last.push(card)
    else rows.push([card])
  }
  return rows
}

const mostMarks = (row: readonly Card[]): number => Math.max(...row.map((card) => card.parcel.handling.length))

/** In the order in which the tour first meets them. */
function cardsOf(selection: SelectionInformation, tour: SelectionTour): readonly Card[] {
  const packages = new Map(
    selection.orders.flatMap((order) => order.packages.map((parcel) => [order.code + parcel.letter, parcel] as const)),
  )
  const codes = new Set(tour.stops.map((stop) => stop.orderCode + stop.parcelLetter))
  return [...codes].flatMap((code): Card[] => {
    const parcel = packages.get(code)
    const stops = tour.stops.filter((stop) => stop.orderCode + stop.parcelLetter === code)
    return parcel ? [{ code, parcel, totes: [...new Set(stops.map((stop) => stop.tote))] }] : []
  })
}

function contentsLines(sheet: Sheet, parcel: SelectionPackage, width: number): ReturnType<Sheet['text']['wrapped']> {
  const numbers = numbersBySku(parcel)
  const shown = parcel.contents.slice(0, mostContents).flatMap((content) => {
    const inDrawing = numbers.get(content.sku)
    const where = inDrawing ? `  (${inDrawing.join(', ')})` : ''
    return sheet.text.wrapped(`${content.quantity} × ${content.name}${where}`, width, { size: 8.5 })
  })
  const rest = parcel.contents.length - mostContents
  if (rest <= 0) return shown
  return [...shown, sheet.text.line(said(sheet.words.moreOnSlip, { n: rest }), { size: 8.5 })]
}

function paintCard(
  sheet: Sheet,
  card: Card,
  at: { lines: ReturnType<Sheet['text']['wrapped']>; x: number; width: number },
): number {
  const { x, width } = at
  let y = sheet.y
  sheet.doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.8)
    .undash()
    .stroke('black')
  paintText(sheet, card.code, { x, y: y + 19, size: 16, isBold: true })
  const tote = `${sheet.words.tote} ${card.totes.join(', ')}`
  paintText(sheet, tote, { x: x + width, y: y + 18, size: 11, isBold: true, anchor: 'end' })
  y += 25
  const facts = [cartonText(sheet, card.parcel), totalsTexts(sheet, card.parcel).join('; ')]
  for (const fact of facts) y = paintLines(sheet, sheet.text.wrapped(fact, width, { size: 8.5 }), { x, y, width })
  y += 3
  y += paintMarks(sheet, card.parcel, { x, y, width })
  y += paintParcel(sheet, card.parcel, { code: card.code, x, y, width, height: heightOfDrawing([card]) })
  return paintLines(sheet, at.lines, { x, y, width })
}
