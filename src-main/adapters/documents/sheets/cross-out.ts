import { PDFDocument, type PDFEmbeddedPage } from '@cantoo/pdf-lib'
import { fittedLine, mm, openPaper, type Paper } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import type { SheetSize } from './paper-size.ts'

/** Crosses out every page of a finished PDF, whatever its size, and says that it is withdrawn. */
export async function crossOutPaper(shelf: FontShelf, pdf: Uint8Array, locale: string): Promise<Uint8Array> {
  const paper = await PDFDocument.load(pdf, { updateMetadata: false })
  const crossBySize = new Map<string, PDFEmbeddedPage>()
  for (const page of paper.getPages()) {
    const { width, height } = page.getSize()
    const key = `${width} ${height}`
    const known = crossBySize.get(key)
    const embedded = known ?? (await paper.embedPdf(await crossedPage(shelf, [width, height], locale)))[0]
    if (!embedded) continue
    crossBySize.set(key, embedded)
    page.drawPage(embedded, { x: 0, y: 0, width, height })
  }
  return paper.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false })
}

/** A page that holds the cross and nothing else. */
function crossedPage(shelf: FontShelf, size: SheetSize, locale: string): Promise<Uint8Array> {
  const paper = openPaper({ shelf, size, title: 'withdrawn', locale, issuedAt: 0 })
  crossOut(paper, size)
  return paper.finish()
}

/** Both diagonals, which every printer shows and nobody takes for a part of the sheet, and a word in the middle. */
function crossOut(paper: Paper, [width, height]: SheetSize): void {
  const { doc, words } = paper
  const edge = 5 * mm
  doc.lineWidth(1.6).undash()
  doc
    .moveTo(edge, edge)
    .lineTo(width - edge, height - edge)
    .stroke('black')
  doc
    .moveTo(width - edge, edge)
    .lineTo(edge, height - edge)
    .stroke('black')
  const room = width * 0.72
  const word = fittedLine(paper, words.withdrawn, { width: room - 24, most: 44, least: 12, isBold: true })
  const hint = paper.text.wrapped(words.withdrawnHint, room - 24, { size: width > 400 ? 12 : 9 })
  const pitch = (hint[0]?.style.size ?? 0) * 1.32
  const box = word.style.size * 1.3 + hint.length * pitch + 20
  const [x, y] = [(width - room) / 2, (height - box) / 2]
  doc.rect(x, y, room, box).lineWidth(3).fillAndStroke('white', 'black')
  paper.text.paint(word, { x: width / 2, y: y + 8 + word.style.size, anchor: 'middle' })
  const first = y + word.style.size * 1.3 + 8 + pitch * 0.8
  hint.forEach((line, i) => paper.text.paint(line, { x: width / 2, y: first + i * pitch, anchor: 'middle' }))
}
