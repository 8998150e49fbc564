import { AppError } from '../../kernel/errors.ts'
import type { FileDelimiter } from '../../ports/imports.ts'

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** No record of a shop is as long; one that is comes from a quote that never ends, or is no table. */
const longestRecord = 1_000_000
/** Wider than any spreadsheet (Excel: 16,384 columns). */
const mostCells = 20_000

export const delimiters: readonly FileDelimiter[] = [',', ';', '\t', '|']

/**
 * Reads CSV (RFC 4180, and what spreadsheets make of it): quoted cells may hold delimiters, doubled quotes and line ends;
 * CR, LF and CRLF end a record; a quote inside an unquoted cell is a quote. Records without any text are left out.
 * Throws ERR_CSV_INVALID with the line on which a quoted cell begins that does not end, and for a record beyond measure.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord> {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const record = readRecord(text, { at, line }, delimiter)
    if (record.cells.some((cell) => cell !== '')) yield { line, cells: record.cells }
    at = record.end
    line = record.nextLine
  }
}

interface Place {
  readonly at: number
  readonly line: number
}

interface ReadRecord {
  readonly cells: readonly string[]
  readonly end: number
  readonly nextLine: number
}

function readRecord(text: string, from: Place, delimiter: string): ReadRecord {
  const cells: string[] = []
  let { at, line } = from
  for (;;) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, { at, line }, from)
      const rest = endOfPlain(text, quoted.end, delimiter)
      cells.push(quoted.cell + text.slice(quoted.end, rest))
      at = rest
      line = quoted.line
    } else {
      const end = endOfPlain(text, at, delimiter)
      cells.push(text.slice(at, end))
      at = end
    }
    if (at - from.at > longestRecord || cells.length > mostCells) refuse(from.line, 'line-too-long')
    if (text[at] !== delimiter) break
    at++
  }
  const end = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
  return { cells, end, nextLine: line + 1 }
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  const divider = delimiter.charCodeAt(0)
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === divider || sign === 10 || sign === 13) return at
  }
  return text.length
}

/** A quoted cell from its first quote on. Looks for quotes only, so that a long text costs little. */
function readQuoted(text: string, from: Place, record: Place): { cell: string; end: number; line: number } {
  let cell = ''
  let at = from.at + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return refuse(from.line, 'csv-quote-not-closed')
    if (quote - record.at > longestRecord) return refuse(from.line, 'line-too-long')
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1, line: from.line + lineEnds(cell) }
    cell += '"'
    at = quote + 2
  }
}

const lineEnds = (cell: string): number => cell.split(/\r\n|\r|\n/).length - 1

function refuse(line: number, problem: string): never {
  throw new AppError('ERR_CSV_INVALID', { count: 1, problems: [{ line, column: '', problem, value: '' }] })
}

/**
 * Which sign divides the cells, and where the table begins: Excel's `sep=;` line says so itself, else the sign that
 * divides the first lines into the most columns, and all of them alike.
 */
export function findDelimiter(text: string): { readonly delimiter: FileDelimiter; readonly isTold: boolean } {
  const told = /^\uFEFF?"?sep=(.)"?(?:\r\n|\r|\n|$)/i.exec(text.slice(0, 20))?.[1]
  const known = delimiters.find((delimiter) => delimiter === told)
  if (known !== undefined) return { delimiter: known, isTold: true }
  const start = text.slice(0, 20_000)
  const scored = delimiters.map((delimiter) => ({ delimiter, score: delimiterScore(start, delimiter) }))
  return { delimiter: scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter, isTold: false }
}

/** Columns of the header, and a tenth more for each of the next lines that has as many. */
function delimiterScore(text: string, delimiter: string): number {
  const widths: number[] = []
  try {
    for (const { cells } of csvRecords(text, delimiter)) if (widths.push(cells.length) === 11) break
  } catch {
    // Cut in the middle of a quoted cell: what was read before it is enough to judge by.
  }
  const [header = 1, ...rows] = widths
  const alike = rows.filter((width) => width === header).length / Math.max(1, rows.length)
  return header <= 1 ? 0 : header * (1 + alike)
}
