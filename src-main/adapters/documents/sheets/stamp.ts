import { PDFDocument, type PDFEmbeddedPage } from '@cantoo/pdf-lib'
import type { PaperStamp } from '../../../ports/documents.ts'
import { fittedLine, mm, openPaper, type Paper } from '../pdf/open-paper.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import type { SheetSize } from './paper-size.ts'

/** Prints a stamp over every page of a finished PDF, whatever its size. */
export async function stampPaper(shelf: FontShelf, pdf: Uint8Array, stamp: PaperStamp): Promise<Uint8Array> {
  const paper = await PDFDocument.load(pdf, { updateMetadata: false })
  const stampBySize = new Map<string, PDFEmbeddedPage>()
  for (const page of paper.getPages()) {
    const { width, height } = page.getSize()
    const key = `${width} ${height}`
    const known = stampBySize.get(key)
    const embedded = known ?? (await paper.embedPdf(await stampPage(shelf, [width, height], stamp)))[0]
    if (!embedded) continue
    stampBySize.set(key, embedded)
    page.drawPage(embedded, { x: 0, y: 0, width, height })
  }
  return paper.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false })
}

/** A page that holds the stamp and nothing else. */
function stampPage(shelf: FontShelf, size: SheetSize, stamp: PaperStamp): Promise<Uint8Array> {
  const paper = openPaper({ shelf, size, title: stamp.kind, locale: stamp.locale, issuedAt: 0 })
  if (stamp.kind === 'withdrawn') crossOut(paper, size)
  else paintReprint(paper, size, stamp.at)
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

/** In the margin at the head, where no paper of ours has anything. */
function paintReprint(paper: Paper, [width]: SheetSize, at: string): void {
  const text = said(paper.words.reprint, { at })
  const line = fittedLine(paper, text, { width: width - 12 * mm, most: 9, least: 5, isBold: true })
  paper.text.paint(line, { x: width - 6 * mm, y: 7.5 * mm, anchor: 'end' })
}
