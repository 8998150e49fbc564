import { AppError } from '../../kernel/errors.ts'
import type { Table, TableChoices } from '../../ports/imports.ts'
import { csvRecords, findDelimiter } from './csv-records.ts'
import { decodeText } from './decode-text.ts'
import { plainCell } from './plain-cell.ts'

/** Half a million lines of a catalogue; what is larger is not a list of products, or should come in parts. */
export const largestFileBytes = 45 * 1024 * 1024

/**
 * Bytes to a table: header and rows with the line on which each begins, cells without blanks around them and without
 * what protects them in a spreadsheet. Throws ERR_INPUT_TOO_LARGE before anything is read, ERR_FILE_NOT_TABLE { found }
 * for a workbook or another kind of file, ERR_CSV_INVALID for a quote without end or a line beyond measure.
 */
export function openTable(bytes: Uint8Array, choices: TableChoices = {}): Table {
  if (bytes.length > largestFileBytes)
    throw new AppError('ERR_INPUT_TOO_LARGE', { limitBytes: largestFileBytes, bytes: bytes.length })
  const found = otherKind(bytes)
  if (found !== undefined) throw new AppError('ERR_FILE_NOT_TABLE', { found })
  const { text, encoding, isSure } = decodeText(bytes, choices.encoding)
  const told = findDelimiter(text)
  const delimiter = choices.delimiter ?? told.delimiter
  const records = csvRecords(text, delimiter)
  // Excel's own line about the delimiter is no part of the table.
  if (told.isTold) records.next()
  const first = records.next()
  const header = first.done ? [] : first.value.cells.map((name) => name.trim())
  const rows = Array.from(records, ({ line, cells }) => ({ line, cells: cells.map(plainCell) }))
  return { encoding, isEncodingSure: isSure, delimiter, header, rows: rows.filter((row) => row.cells.some(Boolean)) }
}

const ascii = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** What people hand in by mistake, by its first bytes; undefined = may be a table. */
function otherKind(bytes: Uint8Array): string | undefined {
  const start = ascii(bytes.subarray(0, 4096))
  if (start.startsWith('PK\u0003\u0004')) return archiveKind(bytes, start)
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'xls'
  if (start.startsWith('%PDF-')) return 'pdf'
  if (start.startsWith('\u001f\u008b')) return 'gzip'
  if (/^(\u00ef\u00bb\u00bf)?\s*<(!doctype|html|table|\?xml)/i.test(start)) return 'html'
  if (/^(\u00ef\u00bb\u00bf)?\s*(\{\s*"|\[\s*[{[])/.test(start)) return 'json'
  if (/^(\u0089PNG|\u00ff\u00d8\u00ff|GIF8|RIFF)/.test(start)) return 'picture'
  return undefined
}

/** A zip names its members at the start and at the end. */
function archiveKind(bytes: Uint8Array, start: string): string {
  const names = start + ascii(bytes.subarray(Math.max(0, bytes.length - 4096)))
  if (names.includes('xl/')) return 'xlsx'
  if (names.includes('opendocument.spreadsheet')) return 'ods'
  return 'zip'
}
