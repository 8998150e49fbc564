import type { SelectionInformation, SelectionOrder, SelectionPackage } from '../../../domain/selection.ts'
import { isoDay } from '../../../kernel/time.ts'
import { weightText } from '../amounts.ts'
import { fittedLine, mm, paintLines, paintText } from '../pdf/open-paper.ts'
import { isolated } from '../text/plain-text.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { marksCell, paintSentence, paintSmall, paintTitle, quantityCell, tickCell } from './cells.ts'
import { paintSmallCode } from './code-box.ts'
import { frame, grey, openSheet, rule, sheetMargin, type Sheet } from './sheet.ts'
import { paintTable, type Cell, type Column } from './table.ts'

const letterSide = 58
/** Products of each other parcel that are named, of few parcels and of many; the slip in that parcel names them all. */
const mostNamed = { few: 12, many: 2 }
const manyParcels = 8

/**
 * One page or more for each parcel of an order, to be laid into it: what is in it, what comes in others, a greeting.
 * Nothing personal.
 */
export function writePackingSlip(
  shelf: FontShelf,
  selection: SelectionInformation,
  order: SelectionOrder,
): Promise<Uint8Array> {
  const sheet = openSheet({
    shelf,
    title: order.code,
    locale: selection.shop.locale,
    issuedAt: selection.issuedAt,
  })
  for (const [i, parcel] of order.packages.entries()) {
    sheet.begin(`${selection.shop.name} · ${sheet.words.order} ${order.code} · ${sheet.words.parcel} ${parcel.letter}`)
    paintSlip(sheet, { selection, order, parcel, number: i + 1 })
  }
  return sheet.close()
}

interface Slip {
  readonly selection: SelectionInformation
  readonly order: SelectionOrder
  readonly parcel: SelectionPackage
  /** Which of the order's parcels, from 1. */
  readonly number: number
}

function paintSlip(sheet: Sheet, slip: Slip): void {
  paintFolds(sheet)
  paintHeader(sheet, slip)
  paintContents(sheet, slip.parcel)
  paintSum(sheet, slip)
  paintOthers(sheet, slip)
  paintFarewell(sheet, slip)
}

/** Short lines at the left edge: where a letter for a long envelope is folded, and the middle, for the punch. */
function paintFolds(sheet: Sheet): void {
  const [, height] = sheet.size
  for (const [share, length] of [
    [1 / 3, 5],
    [1 / 2, 3],
    [2 / 3, 5],
  ] as const) {
    // prettier-ignore
    const y = height * share
    sheet.doc.moveTo(5 * mm, y).lineTo((5 + length) * mm, y).lineWidth(0.4).undash().stroke(grey.line) // prettier-ignore
  }
}

function paintHeader(sheet: Sheet, { selection, order, parcel, number }: Slip): void {
  const { words, left } = sheet
  const right = left + sheet.width
  const width = sheet.width - letterSide - 16
  const shop = sheet.text.wrapped(selection.shop.name, width, { size: 17, isBold: true })
  const below = paintLines(sheet, shop.slice(0, 2), { x: left, y: sheet.y - 2, width, anchor: 'start' })
  const day = isoDay(selection.issuedAt, selection.shop.zone)
  paintSmall(sheet, `${words.packingSlip} · ${day}`, { x: left, y: below + 10 })
  const titled = paintTitle(sheet, `${words.order} ${order.code}`, { y: below + 34, width, most: 17 })
  const of = said(words.slipParcel, { n: number, m: order.packages.length })
  paintText(sheet, of, { x: left, y: titled + 15, size: 11 })
  const box = { x: right - letterSide, y: sheet.y, width: letterSide, height: letterSide }
  frame(sheet, box, { width: 2 })
  const letter = fittedLine(sheet, parcel.letter, { width: letterSide - 12, most: 38, least: 12, isBold: true })
  const baseline = box.y + letterSide / 2 + letter.style.size * 0.357
  sheet.text.paint(letter, { x: box.x + letterSide / 2, y: baseline, anchor: 'middle' })
  sheet.y = Math.max(titled + 22, box.y + letterSide + 6)
  rule(sheet, sheet.y, { width: 1.2 })
  sheet.y += 8
  paintText(sheet, words.greeting, { x: left, y: sheet.y + 14, size: 14, isBold: true })
  sheet.y += 24
}

function paintContents(sheet: Sheet, parcel: SelectionPackage): void {
  const { words, width } = sheet
  const columns: readonly Column[] = [
    { head: '', width: 20 },
    { head: words.quantity, width: 54, anchor: 'middle' },
    { head: words.contents, width: width - 20 - 54 - 150 },
    { head: '', width: 150 },
  ]
  const rows = parcel.contents.map((content): readonly Cell[] => [
    tickCell(sheet),
    quantityCell(sheet, content.quantity, 13),
    [{ text: content.name, size: 10.5 }],
    [{ text: content.sku, size: 8, colour: grey.text }],
  ])
  paintTable(sheet, columns, { rows, leastHeight: 18 })
}

/** Carton, weight and marks: what the packer compares with what stands on the scales. */
function paintSum(sheet: Sheet, { parcel, order }: Slip): void {
  const { words, locale, left } = sheet
  const pieces = parcel.contents.reduce((sum, content) => sum + content.quantity, 0)
  const carton = parcel.carton === null ? words.ownBox : isolated(parcel.cartonName)
  const facts = [
    said(words.piecesOf, { n: pieces }),
    carton,
    said(words.gross, { g: weightText(parcel.totals.grossG, locale) }),
    said(words.net, { g: weightText(parcel.totals.netG, locale) }),
  ].join(' · ')
  const width = sheet.width - 150
  const lines = sheet.text.wrapped(facts, width, { size: 9 })
  const marks = marksCell(sheet, parcel.handling, width)
  const height = Math.max(30, lines.length * 12 + marks.height + 10)
  sheet.ensure(height)
  const code = order.code + parcel.letter
  const right = left + sheet.width
  paintSmallCode(sheet, code, { right, y: sheet.y + 6, height: 20, most: 150 })
  const below = paintLines(sheet, lines, { x: left, y: sheet.y + 5, width })
  marks.paint({ x: left, y: below + 1, width, height: marks.height })
  sheet.y += height
}

/** What else is on its way; in an order of one parcel, that nothing is. */
function paintOthers(sheet: Sheet, { order, parcel }: Slip): void {
  const { words } = sheet
  const others = order.packages.filter((other) => other !== parcel)
  sheet.ensure(60)
  sheet.y += 6
  if (others.length === 0) return paintSentence(sheet, words.wholeOrder, { size: 10 })
  paintSentence(sheet, words.otherParcels, { size: 11, isBold: true })
  paintSentence(sheet, words.otherParcelsHint, { size: 9.5 })
  sheet.y += 2
  const most = others.length >= manyParcels ? mostNamed.many : mostNamed.few
  for (const other of others) paintOther(sheet, other, most)
}

function paintOther(sheet: Sheet, other: SelectionPackage, most: number): void {
  const indent = 34
  const named = other.contents.slice(0, most).map(({ quantity, name }) => `${quantity} × ${isolated(name)}`)
  const rest = other.contents.length - named.length
  const text = [...named, ...(rest > 0 ? [`+ ${rest}`] : [])].join(', ')
  const lines = sheet.text.wrapped(text, sheet.width - indent, { size: 9.5 })
  const height = Math.min(sheet.fullHeight, lines.length * 12.54 + 4)
  sheet.ensure(height)
  const letter = fittedLine(sheet, other.letter, { width: indent - 8, most: 12, least: 6, isBold: true })
  sheet.text.paint(letter, { x: sheet.left, y: sheet.y + 10.5 })
  for (const line of lines) {
    sheet.ensure(13)
    paintLines(sheet, [line], { x: sheet.left + indent, y: sheet.y, width: sheet.width - indent })
    sheet.y += 12.54
  }
  sheet.y += 4
}

/** What to do when something is wrong or goes back. */
function paintFarewell(sheet: Sheet, { selection, order, parcel }: Slip): void {
  const { words } = sheet
  const wrong = said(words.lookInto, { order: order.code, letter: parcel.letter })
  sheet.ensure(70)
  sheet.y += 8
  rule(sheet, sheet.y, { width: 0.5, colour: grey.line })
  sheet.y += 6
  paintSentence(sheet, wrong, { size: 9.5 })
  paintSentence(sheet, words.sendBack, { size: 9.5 })
  sheet.y += 4
  paintSentence(sheet, isolated(selection.shop.name), { size: 9.5, isBold: true })
  sheet.y = Math.max(sheet.y, sheetMargin + 1)
}
