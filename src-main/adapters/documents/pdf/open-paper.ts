import PDFDocument from 'pdfkit'
import type { EpochMs } from '../../../kernel/time.ts'
import type { FontShelf } from '../text/fonts.ts'
import { createTypesetter, type Line, type TextStyle, type Typesetter } from '../text/typesetter.ts'
import { wordsFor } from '../words/words-for.ts'
import type { Words } from '../words/words.ts'

export const mm = 72 / 25.4

/** A document being written: pdfkit's own pen and our typesetter, and the words of the shop's language. */
export interface Paper {
  readonly doc: PDFKit.PDFDocument
  readonly text: Typesetter
  readonly words: Words
  readonly locale: string
  /** Closes the document; nothing can be written after. */
  finish(): Promise<Uint8Array>
}

export interface PaperOptions {
  readonly shelf: FontShelf
  /** Width and height in points. */
  readonly size: readonly [number, number]
  /** Codes only: the title is seen by every program that lists files. */
  readonly title: string
  readonly locale: string
  readonly issuedAt: EpochMs
}

/** Opens a document with its first page. Equal content gives equal bytes: the only date in it is `issuedAt`. */
export function openPaper(options: PaperOptions): Paper {
  const doc = new PDFDocument({
    size: [options.size[0], options.size[1]],
    margin: 0,
    bufferPages: true,
    lang: options.locale,
    displayTitle: true,
    info: { Title: options.title, Creator: 'Backroom', Producer: 'Backroom', CreationDate: new Date(options.issuedAt) },
    font: '', // none: the default would be one of the fonts that every PDF reader replaces as it likes
  })
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject))
  return {
    doc,
    text: createTypesetter(doc, options.shelf, options.locale),
    words: wordsFor(options.locale),
    locale: options.locale,
    finish: async () => {
      doc.end()
      await ended
      return new Uint8Array(Buffer.concat(chunks))
    },
  }
}

/** Line pitch as a share of the em: enough for Thai and Devanagari vowels above and below. */
export const leading = 1.32
/** From the top of a line to its baseline, as a share of the em. */
export const ascent = 1.02

/** Height of so many lines of a size, in points. */
export const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + line.style.size * leading, 0)

/** Paints lines below each other; returns the y below the last. Lines that read right to left hug the right side. */
export function paintLines(
  paper: Paper,
  lines: readonly Line[],
  at: { x: number; y: number; width: number; anchor?: 'start' | 'middle' | 'end' },
): number {
  let y = at.y
  for (const line of lines) {
    const anchor = at.anchor ?? (line.direction === 'rtl' ? 'end' : 'start')
    const x = anchor === 'start' ? at.x : anchor === 'end' ? at.x + at.width : at.x + at.width / 2
    paper.text.paint(line, { x, y: y + line.style.size * ascent, anchor })
    y += line.style.size * leading
  }
  return y
}

/** One line with its baseline at `y`. */
export function paintText(
  paper: Paper,
  text: string,
  at: TextStyle & { x: number; y: number; anchor?: 'start' | 'middle' | 'end' | undefined },
): void {
  paper.text.paint(paper.text.line(text, at), at)
}

/** One line as large as fits the width, between two sizes; at the smaller size it may still be wider. */
export function fittedLine(
  paper: Paper,
  text: string,
  fit: { width: number; most: number; least: number; isBold?: boolean },
): Line {
  const { width, most, least, isBold } = fit
  const line = paper.text.line(text, { size: most, isBold })
  if (line.width <= width) return line
  return paper.text.line(text, { size: Math.max(least, Math.floor((most * width * 4) / line.width) / 4), isBold })
}

/** As `fittedLine`, but what is too wide even at the smaller size is broken to several lines of it. */
export function fittedLines(
  paper: Paper,
  text: string,
  fit: { width: number; most: number; least: number; isBold?: boolean },
): readonly Line[] {
  const line = fittedLine(paper, text, fit)
  if (line.width <= fit.width) return [line]
  return paper.text.wrapped(text, fit.width, { size: fit.least, isBold: fit.isBold })
}
