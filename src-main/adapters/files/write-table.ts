import type { WriteOptions, WrittenColumn } from '../../ports/imports.ts'
import { harmlessCell, safeCode } from './plain-cell.ts'

/**
 * CSV that spreadsheets open well and that `openTable` reads back as it was. With a tabulator or a pipe a cell is quoted
 * under the same rules. Numbers come with a decimal point and get the sign asked for.
 */
export function writeTable(
  columns: readonly WrittenColumn[],
  rows: Iterable<readonly string[]>,
  options: WriteOptions,
): string {
  const lines = [columns.map(({ header }) => quoted(harmlessCell(header), options.delimiter)).join(options.delimiter)]
  for (const row of rows)
    lines.push(columns.map(({ kind }, index) => quoted(cellOf(row[index] ?? '', kind, options), options.delimiter)).join(options.delimiter)) // prettier-ignore
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cellOf(value: string, kind: WrittenColumn['kind'], options: WriteOptions): string {
  if (kind === 'number') return options.decimal === ',' ? value.replace('.', ',') : value
  return kind === 'code' && !options.plainCodes ? safeCode(value) : harmlessCell(value)
}

const quoted = (cell: string, delimiter: string): string =>
  cell.includes('"') || cell.includes('\n') || cell.includes('\r') || cell.includes(delimiter)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell
