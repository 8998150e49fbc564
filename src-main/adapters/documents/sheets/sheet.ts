import { mm, openPaper, paintText, type Paper, type PaperOptions } from '../pdf/open-paper.ts'
import { said } from '../words/words-for.ts'
import { sheetSizeFor, type SheetSize } from './paper-size.ts'

/** Top, right and bottom; office printers leave 4 to 6 mm white. */
export const sheetMargin = 12 * mm
/** Left: holes for filing (ISO 838, and three holes in Letter) end 17 mm from the edge. */
const punchMargin = 20 * mm
/** Kept free below the text for the page number. */
const footerHeight = 16
/** Signs without a font that the foot of a page names; more would run into the page number. */
const mostNamed = 5

/** Greys that a laser printer still prints as clean dots. */
export const grey = { text: '#555555', line: '#999999', hair: '#bbbbbb' } as const

/** A document of office paper that fills pages from top to bottom. `y` is where the next thing goes. */
export interface Sheet extends Paper {
  readonly size: SheetSize
  readonly left: number
  readonly width: number
  y: number
  /** Goes to a new page unless so many points are left; true when it did. */
  ensure(height: number): boolean
  /** Goes to a new page unless this one is still empty. */
  turn(): void
  /** Points left on the page. */
  room(): number
  /** Points a page has when nothing is on it. */
  readonly fullHeight: number
  /** Goes to a new page unless this one is still empty; pages are numbered from here, with a foot of their own. */
  begin(footer: string): void
  /** Numbers the pages and closes the document; the foot is that of pages before the first `begin`. */
  close(footer?: string): Promise<Uint8Array>
}

/** A4, or Letter where the locale's region prints on that. */
export function openSheet(options: Omit<PaperOptions, 'size'>): Sheet {
  const size = sheetSizeFor(options.locale)
  const paper = openPaper({ ...options, size })
  const bottom = size[1] - sheetMargin - footerHeight
  const sections: Section[] = []
  const pagesNow = (): number => paper.doc.bufferedPageRange().count
  const sheet: Sheet = {
    ...paper,
    size,
    left: punchMargin,
    width: size[0] - punchMargin - sheetMargin,
    y: sheetMargin,
    fullHeight: bottom - sheetMargin,
    room: () => bottom - sheet.y,
    ensure: (height) => {
      if (sheet.y + height <= bottom || sheet.y === sheetMargin) return false
      sheet.turn()
      return true
    },
    turn: () => {
      if (sheet.y === sheetMargin) return
      paper.doc.addPage()
      sheet.y = sheetMargin
    },
    begin: (footer) => {
      sheet.turn()
      sections.push({ footer, from: pagesNow() - 1 })
    },
    close: (footer = '') => {
      const all = sections[0]?.from === 0 ? sections : [{ footer, from: 0 }, ...sections]
      all.forEach((section, i) => numberPages(sheet, { ...section, to: all[i + 1]?.from ?? pagesNow() }))
      return paper.finish()
    },
  }
  return sheet
}

/** Pages that are numbered together. */
interface Section {
  readonly footer: string
  /** First page, from 0. */
  readonly from: number
}

function numberPages(sheet: Sheet, section: Section & { readonly to: number }): void {
  const { from, to } = section
  const signs = sheet.text.missing()
  const note = signs.length > 0 ? said(sheet.words.noFont, { signs: signs.slice(0, mostNamed).join(' ') }) : ''
  const footer = [section.footer, note].filter((part) => part !== '').join(' · ')
  const y = sheet.size[1] - sheetMargin
  const right = sheet.left + sheet.width
  for (let i = from; i < to; i++) {
    sheet.doc.switchToPage(i)
    const number = said(sheet.words.page, { n: i - from + 1, m: to - from })
    const page = sheet.text.line(number, { size: 9, isBold: true })
    sheet.text.paint(page, { x: right, y, anchor: 'end' })
    const [line] = sheet.text.wrapped(footer, sheet.width - page.width - 12, { size: 8, colour: grey.text })
    if (line) sheet.text.paint(line, { x: sheet.left, y })
  }
}

/** A heading; keeps `keepWith` points of what follows on the same page. */
export function heading(sheet: Sheet, text: string, keepWith: number): void {
  sheet.ensure(24 + keepWith)
  sheet.y += 8
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

/** A frame with square corners; thick ones mark what must not be overlooked. */
export function frame(
  sheet: Sheet,
  box: { x: number; y: number; width: number; height: number },
  style: { width: number; colour?: string },
): void {
  const inset = style.width / 2
  sheet.doc
    .rect(box.x + inset, box.y + inset, box.width - style.width, box.height - style.width)
    .lineWidth(style.width)
    .undash()
    .stroke(style.colour ?? 'black')
}

/** A sentence in a thick frame over the whole width: what nobody may overlook, on any printer. */
export function notice(sheet: Sheet, text: string): void {
  const lines = sheet.text.wrapped(text, sheet.width - 24, { size: 11, isBold: true })
  const height = lines.length * 14.5 + 9
  sheet.ensure(height + 8)
  frame(sheet, { x: sheet.left, y: sheet.y, width: sheet.width, height }, { width: 2 })
  lines.forEach((line, i) => sheet.text.paint(line, { x: sheet.left + 12, y: sheet.y + 15.5 + i * 14.5 }))
  sheet.y += height + 8
}
