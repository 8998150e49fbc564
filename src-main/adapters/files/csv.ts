import { AppError } from '../../kernel/errors.ts'
import type { ImportProblem } from '../../ports/imports.ts'
import { openTable } from './open-table.ts'

export interface CsvRow {
  /** Line of the file on which the row begins, from 1; the header is line 1. */
  readonly line: number
  readonly cells: { readonly [column: string]: string }
  /** As many cells as the header has columns. */
  readonly hasRightLength: boolean
}

/**
 * Reads a CSV file with a header, in any encoding and with any delimiter that `openTable` knows.
 * Throws what openTable throws, and ERR_CSV_INVALID when it lacks a column or has one twice.
 */
export function readCsv(bytes: Uint8Array, needed: readonly string[]): readonly CsvRow[] {
  const { header, rows } = openTable(bytes)
  requireColumns(header, needed)
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])),
    // Rows too short or too long are named with the other problems of their line.
    hasRightLength: cells.length >= header.length && cells.slice(header.length).every((cell) => cell === ''),
  }))
}

function requireColumns(header: readonly string[], needed: readonly string[]): void {
  const problems = [
    ...needed.filter((column) => !header.includes(column)).map((column) => ({ column, problem: 'column-missing' })),
    ...header
      .filter((column, index) => column !== '' && header.indexOf(column) !== index)
      .map((column) => ({ column, problem: 'column-twice' })),
  ]
  if (problems.length > 0)
    throw new AppError('ERR_CSV_INVALID', {
      count: problems.length,
      problems: problems.map((problem) => ({ line: 1, ...problem, value: '' })),
    })
}

/** Reads the cells of one row and remembers what is wrong with them; an empty cell is absent. */
export class RowReader {
  readonly problems: ImportProblem[] = []
  readonly #row: CsvRow

  constructor(row: CsvRow) {
    this.#row = row
    if (!row.hasRightLength) this.wrong('', 'other-number-of-cells-than-the-header')
  }

  text(column: string): string | undefined {
    return this.#row.cells[column] || undefined
  }

  required(column: string): string {
    const value = this.text(column)
    if (value === undefined) this.wrong(column, 'missing')
    return value ?? ''
  }

  /** A whole number from `min` up. */
  whole(column: string, min = 0): number | undefined {
    const text = this.text(column)
    if (text === undefined) return undefined
    const value = Number(text)
    if (/^-?\d{1,15}$/.test(text) && Number.isSafeInteger(value) && value >= min) return value
    this.wrong(column, `whole-number-from-${min}`)
    return undefined
  }

  /** The same, and it has to be there; 0 where it is not. */
  requiredWhole(column: string, min = 0): number {
    if (this.text(column) === undefined) this.wrong(column, 'missing')
    return this.whole(column, min) ?? 0
  }

  decimal(column: string, range: { min: number; max: number }): number | undefined {
    const text = this.text(column)
    if (text === undefined) return undefined
    const value = Number(text.replace(',', '.'))
    if (/^-?\d+([.,]\d+)?$/.test(text) && value >= range.min && value <= range.max) return value
    this.wrong(column, `number-from-${range.min}-to-${range.max}`)
    return undefined
  }

  truth(column: string): boolean {
    const text = this.text(column)?.toLowerCase()
    if (text === undefined || text === 'false' || text === '0' || text === 'no') return false
    if (text === 'true' || text === '1' || text === 'yes') return true
    this.wrong(column, 'true-or-false')
    return false
  }

  oneOf<Word extends string>(column: string, words: readonly Word[], otherwise: Word): Word {
    const text = this.text(column)
    const word = words.find((candidate) => candidate === text)
    if (word !== undefined) return word
    if (text !== undefined) this.wrong(column, `one-of-${words.join('-')}`)
    return otherwise
  }

  wrong(column: string, problem: string): void {
    this.problems.push({ line: this.#row.line, column, problem, value: (this.#row.cells[column] ?? '').slice(0, 60) })
  }
}
