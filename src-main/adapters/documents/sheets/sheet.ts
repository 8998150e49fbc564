import { mm, openPaper, paintText, type Paper, type PaperOptions } from '../pdf/open-paper.ts'
import { said } from '../words/words-for.ts'

export const a4: readonly [number, number] = [210 * mm, 297 * mm]
export const sheetMargin = 12 * mm
/** Kept free below the text for the page number. */
const footerHeight = 16

/** Signs without a font that the foot of a page names; more would run into the page number. */
const mostNamed = 5

/** An A4 document that fills pages from top to bottom. `y` is where the next thing goes. */
export interface Sheet extends Paper {
  readonly left: number
  readonly width: number
  y: number
  /** Goes to a new page unless so many points are left; true when it did. */
  ensure(height: number): boolean
  /** Points left on the page. */
  room(): number
  /** Numbers the pages and closes the document. */
  close(footer: string): Promise<Uint8Array>
}

export function openSheet(options: Omit<PaperOptions, 'size'>): Sheet {
  const paper = openPaper({ ...options, size: a4 })
  const bottom = a4[1] - sheetMargin - footerHeight
  const sheet: Sheet = {
    ...paper,
    left: sheetMargin,
    width: a4[0] - 2 * sheetMargin,
    y: sheetMargin,
    room: () => bottom - sheet.y,
    ensure: (height) => {
      if (sheet.y + height <= bottom || sheet.y === sheetMargin) return false
      paper.doc.addPage()
      sheet.y = sheetMargin
      return true
    },
    close: (footer) => {
      const signs = sheet.text.missing()
      const note = signs.length > 0 ? said(sheet.words.noFont, { signs: signs.slice(0, mostNamed).join(' ') }) : ''
      numberPages(sheet, [footer, note].filter((part) => part !== '').join(' · '))
      return paper.finish()
    },
  }
  return sheet
}

function numberPages(sheet: Sheet, footer: string): void {
  const { start, count } = sheet.doc.bufferedPageRange()
  const y = a4[1] - sheetMargin
  for (let i = 0; i < count; i++) {
    sheet.doc.switchToPage(start + i)
    const page = said(sheet.words.page, { n: i + 1, m: count })
    paintText(sheet, footer, { x: sheet.left, y, size: 8, colour: '#555555' })
    paintText(sheet, page, { x: sheet.left + sheet.width, y, size: 8, anchor: 'end', colour: '#555555' })
  }
}

/** A heading with a rule above; keeps `with` points of what follows on the same page. */
export function heading(sheet: Sheet, text: string, keepWith: number): void {
  sheet.ensure(22 + keepWith)
  sheet.y += 6
  paintText(sheet, text, { x: sheet.left, y: sheet.y + 10, size: 11, isBold: true })
  sheet.y += 16
}

export function rule(sheet: Sheet, y: number, style: { width: number; colour?: string }): void {
  sheet.doc
    .moveTo(sheet.left, y)
    .lineTo(sheet.left + sheet.width, y)
    .lineWidth(style.width)
    .undash()
    .stroke(style.colour ?? 'black')
}

/** An empty box to tick. */
export function tickBox(sheet: Sheet, at: { x: number; y: number; side: number }): void {
  sheet.doc.rect(at.x, at.y, at.side, at.side).lineWidth(1).undash().stroke('black')
}
