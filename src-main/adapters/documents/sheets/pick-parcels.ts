import type {
  SelectionInformation,
  SelectionOrder,
  SelectionPackage,
  SelectionTour,
} from '../../../domain/selection.ts'
import { fittedLine, heightOf, paintLines } from '../pdf/open-paper.ts'
import { isolated } from '../text/plain-text.ts'
import type { Line } from '../text/typesetter.ts'
import { marksCell, paintTote, quantityCell, tickCell, type DrawnCell } from './cells.ts'
import { paintSmallCode } from './code-box.ts'
import { cartonText, heightOfDrawing, numbersBySku, paintParcel, toldText, totalsText } from './parcel-card.ts'
import { grey, heading, type Sheet } from './sheet.ts'
import { paintTable, type Cell } from './table.ts'

interface Card {
  readonly code: string
  readonly totes: readonly number[]
  readonly order: SelectionOrder
  readonly parcel: SelectionPackage
}

/** A card with all it shows, set to its width. */
interface SetCard extends Card {
  readonly width: number
  readonly facts: readonly Line[]
  readonly marks: DrawnCell
  readonly contents: readonly Line[]
  readonly drawingHeight: number
  readonly height: number
}

/** Three rows of cards with a line of reason, marks and four products each fill a page. */
const drawingHeights = { narrow: 112, wide: 165 }
/** From so many pieces on a card is as wide as the page, for the stages of a full carton side by side. */
const wideFrom = 10
/** More products than this stand in a table below the card, which may go on to the next page. */
const mostContents = 14
const gap = 20
/** Below each row. */
const rowGap = 8
const headHeight = 30

/** The parcels filled on this tour, each as it is packed; small ones two beside each other. */
export function paintParcelCards(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const rows = inRows(cardsOf(selection, tour)).map((row) => row.map((card) => setCard(sheet, card, row)))
  const [first] = rows
  if (!first) return
  heading(sheet, `${sheet.words.parcels}: ${sheet.words.numbersTell}`, heightOfRow(first))
  for (const row of rows) {
    sheet.ensure(heightOfRow(row))
    row.forEach((card, column) => paintCard(sheet, card, sheet.left + column * (card.width + gap)))
    sheet.y += heightOfRow(row) + rowGap
    for (const card of row) paintLongContents(sheet, card)
  }
}

const isWide = ({ parcel }: Card): boolean => parcel.placements.length >= wideFrom || isLong(parcel)
const isLong = (parcel: SelectionPackage): boolean => parcel.contents.length > mostContents
const heightOfRow = (row: readonly SetCard[]): number => Math.max(...row.map((card) => card.height))

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

/** Tote by tote, as they come to the packing table. */
function cardsOf(selection: SelectionInformation, tour: SelectionTour): readonly Card[] {
  const packages = new Map(
    selection.orders.flatMap((order) =>
      order.packages.map((parcel) => [order.code + parcel.letter, { order, parcel }] as const),
    ),
  )
  const totesByCode = new Map<string, Set<number>>()
  for (const stop of tour.stops) {
    const code = stop.orderCode + stop.parcelLetter
    totesByCode.set(code, (totesByCode.get(code) ?? new Set()).add(stop.tote))
  }
  const cards = [...totesByCode].flatMap(([code, totes]): Card[] => {
    const found = packages.get(code)
    return found ? [{ code, ...found, totes: [...totes].toSorted((a, b) => a - b) }] : []
  })
  return cards.toSorted((a, b) => (a.totes[0] ?? 0) - (b.totes[0] ?? 0) || byCode(a.code, b.code))
}

/** `231-07Z` before `231-07AA`. */
const byCode = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

function setCard(sheet: Sheet, card: Card, row: readonly Card[]): SetCard {
  const { parcel } = card
  const wide = row.some(isWide)
  const width = wide ? sheet.width : (sheet.width - gap) / 2
  const set = (text: string, colour?: string): readonly Line[] => sheet.text.wrapped(text, width, { size: 8.5, colour })
  const facts = [
    ...set(cartonText(sheet, parcel)),
    ...set(totalsText(sheet, parcel)),
    ...set(toldText(sheet, card.order, parcel), grey.text),
  ]
  const marks = marksCell(sheet, parcel.handling, width)
  const contents = isLong(parcel) ? [] : contentsLines(sheet, parcel, width)
  const drawingHeight = heightOfDrawing(parcel, wide ? drawingHeights.wide : drawingHeights.narrow)
  const height = headHeight + heightOf(facts) + marks.height + 4 + drawingHeight + heightOf(contents) + 2
  return { ...card, width, facts, marks, contents, drawingHeight, height }
}

/** `2 × Mug (3-4)`: how many of what, and their numbers in the drawing. */
function contentsLines(sheet: Sheet, parcel: SelectionPackage, width: number): readonly Line[] {
  const numbers = numbersBySku(parcel)
  return parcel.contents.flatMap((content) => {
    const where = numbers.get(content.sku)
    const text = `${content.quantity} × ${isolated(content.name)}${where === undefined ? '' : ` (${where})`}`
    return sheet.text.wrapped(text, width, { size: 9, isBold: content.quantity > 1 })
  })
}

function paintCard(sheet: Sheet, card: SetCard, x: number): void {
  const { width, parcel } = card
  let { y } = sheet
  sheet.doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.9)
    .undash()
    .stroke('black')
  const toteWidth = 26 + 10 * (card.totes.length - 1)
  const code = fittedLine(sheet, card.code, { width: width - toteWidth - 110, most: 17, least: 7, isBold: true })
  sheet.text.paint(code, { x, y: y + 21 })
  paintSmallCode(sheet, card.code, { right: x + width - toteWidth - 2, y: y + 5, height: 19, most: 130 })
  paintTote(sheet, card.totes.join(', '), { x: x + width - toteWidth, y: y + 5, width: toteWidth, size: 13 })
  y = paintLines(sheet, card.facts, { x, y: y + headHeight, width })
  card.marks.paint({ x, y, width, height: card.marks.height })
  y += card.marks.height + 4
  paintParcel(sheet, parcel, { code: card.code, x, y, width, height: drawingHeightBefore(card) })
  paintLines(sheet, card.contents, { x, y: y + card.drawingHeight, width })
}

/** The room the drawing was given, from which it makes its own height. */
const drawingHeightBefore = ({ parcel, width, drawingHeight }: SetCard): number =>
  parcel.placements.length === 0 ? drawingHeight : width > 300 ? drawingHeights.wide : drawingHeights.narrow

function paintLongContents(sheet: Sheet, { parcel }: SetCard): void {
  if (!isLong(parcel)) return
  const { words, width } = sheet
  const numbers = numbersBySku(parcel)
  const rows = parcel.contents.map((content): readonly Cell[] => [
    tickCell(sheet),
    quantityCell(sheet, content.quantity, 11),
    [{ text: content.name, size: 9 }],
    [{ text: content.sku, size: 8, colour: grey.text }],
    [{ text: numbers.get(content.sku) ?? '', size: 9, isBold: true }],
  ])
  const columns = [
    { head: '', width: 20 },
    { head: words.quantity, width: 46, anchor: 'middle' as const },
    { head: words.product, width: width - 20 - 46 - 120 - 90 },
    { head: '', width: 120 },
    { head: words.inDrawing, width: 90 },
  ]
  paintTable(sheet, columns, { rows, leastHeight: 15 })
  sheet.y += 12
}
