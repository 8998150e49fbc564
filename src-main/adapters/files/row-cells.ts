import { inWholeUnits, unitOf } from '../../kernel/measure-units.ts'
import { decimalsOf } from '../../kernel/money.ts'
import type { ImportProblem, ReadColumn, TableRow } from '../../ports/imports.ts'
import { dimensionOf, type Fields } from './table-columns.ts'
import { inMinorUnits } from './minor-units.ts'
import { numberParts, readNumber, type NumberParts } from './number-columns.ts'

/** Where each field stands in a row; made once for a file. */
export interface ColumnPlan {
  readonly fields: Fields
  readonly columns: readonly ReadColumn[]
  readonly indexByField: ReadonlyMap<string, number>
}

export function columnPlan(columns: readonly ReadColumn[], fields: Fields): ColumnPlan {
  const indexByField = new Map(
    columns.flatMap(({ field }, index) => (field === undefined ? [] : [[field, index] as const])),
  )
  return { fields, columns, indexByField }
}

/** Errors that a spreadsheet leaves in a cell, in its languages. */
const spreadsheetError = /^#(NAME\?|REF!|VALUE!|N\/A|DIV\/0!|NUM!|NULL!|WERT!|BEZUG!|NV|ZAHL!|SPILL!)$/i

const truths: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes', 'y', 'x', 'ja', 'j', 'wahr', 'はい', '有', 'あり', '○', '〇'].map((word) => [word, true] as const),
  ...['false', '0', '-1', 'no', 'n', 'nein', 'falsch', 'いいえ', '無', 'なし', '×', '-'].map((word) => [word, false] as const),
]) // prettier-ignore

const currenciesByWord: ReadonlyMap<string, readonly string[]> = new Map([
  ['€', ['EUR']], ['£', ['GBP']], ['¥', ['JPY', 'CNY']], ['円', ['JPY']], ['zł', ['PLN']], ['fr.', ['CHF']],
  ['kr', ['SEK', 'NOK', 'DKK', 'ISK']], ['$', ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN']],
]) // prettier-ignore

/** Longer than any number with its unit: what is longer is a text, and not worth taking apart. */
const longestNumber = 60

/**
 * Reads the cells of one row by field and remembers what is wrong with them; an empty cell is absent. `fallback` is
 * asked for the cells the row leaves empty (a variation's parent).
 */
export class RowCells {
  readonly problems: ImportProblem[] = []
  readonly #plan: ColumnPlan
  readonly #row: TableRow
  readonly #fallback: TableRow | undefined

  constructor(plan: ColumnPlan, row: TableRow, fallback?: TableRow) {
    this.#plan = plan
    this.#row = row
    this.#fallback = fallback
    const { length } = plan.columns
    if (row.cells.length < length || row.cells.slice(length).some((cell) => cell !== ''))
      this.#note('', 'other-number-of-cells-than-the-header')
  }

  has(field: string): boolean {
    return this.#plan.indexByField.has(field)
  }

  text(field: string): string | undefined {
    const cell = this.#cell(field)
    if (cell === undefined) return undefined
    if (spreadsheetError.test(cell)) this.wrong(field, 'spreadsheet-error')
    else if (cell.includes('\uFFFD')) this.wrong(field, 'letters-lost')
    return cell
  }

  required(field: string): string {
    const value = this.text(field)
    if (value === undefined) this.wrong(field, 'missing')
    return value ?? ''
  }

  /** Pieces: a whole number, also where a spreadsheet has put decimals of zeros behind it. */
  count(field: string, min = 0): number | undefined {
    const parts = this.#number(field, `whole-number-from-${min}`)
    if (!parts) return undefined
    if (Number.isInteger(parts.value) && parts.value >= min && parts.value <= 999_999_999) return parts.value
    this.wrong(field, `whole-number-from-${min}`)
    return undefined
  }

  percent(field: string): number | undefined {
    const parts = this.#number(field, 'number-from-0-to-100')
    if (!parts) return undefined
    if (parts.value >= 0 && parts.value <= 100 && (parts.after === '' || parts.after === '%')) return parts.value
    this.wrong(field, 'number-from-0-to-100')
    return undefined
  }

  /** Minor units. A currency in the cell must be the row's. */
  money(field: string, currency: string): number | undefined {
    const unit = this.#column(field)?.unit ?? 'major'
    const expected = unit === 'minor' ? 'whole-number-from-0' : `amount-with-${decimalsOf(currency)}-decimals`
    const parts = this.#number(field, expected)
    if (!parts) return undefined
    const word = parts.after || parts.before
    if (word !== '' && !isCurrency(word, currency)) {
      this.wrong(field, `currency-is-${currency}`)
      return undefined
    }
    const minor = inMinorUnits(parts.value, unit, currency)
    if (minor !== undefined && minor >= 0 && Number.isSafeInteger(minor)) return minor
    this.wrong(field, expected)
    return undefined
  }

  /** Whole grams, millimetres or cubic centimetres; a unit in the cell goes before the column's. */
  measure(field: string, range: { min: number; max: number }): number | undefined {
    const expected = this.#expectedMeasure(field, range.min)
    const parts = this.#number(field, expected)
    return parts && this.#measured(field, parts, { ...range, expected })
  }

  /** Three sides in one cell: `16 x 9 x 7 cm`. */
  sides(field: string, max: number): readonly [number, number, number] | undefined {
    const cell = this.text(field)
    if (cell === undefined) return undefined
    const pieces = cell
      .slice(0, longestNumber)
      .normalize('NFKC')
      .split(/\s*[x×*/]\s*/i)
    const unit = numberParts(pieces.at(-1) ?? '')?.after ?? ''
    const [length, width, height, ...more] = pieces.map((piece) => {
      const parts = numberParts(piece)
      const value = parts && readNumber(parts.digits, this.#column(field)?.decimal)
      if (!parts || typeof value !== 'number' || value <= 0) return undefined
      const unitHere = this.#unitFor(field, parts.after || unit)
      return unitHere === undefined ? undefined : inWholeUnits(value, unitHere, 'length')
    })
    if (length && width && height && more.length === 0 && Math.max(length, width, height) <= max)
      return [length, width, height]
    this.wrong(field, 'like-16-x-9-x-7-cm')
    return undefined
  }

  truth(field: string): boolean | undefined {
    const cell = this.text(field)
    if (cell === undefined) return undefined
    const value = truths.get(cell.normalize('NFKC').toLowerCase())
    if (value === undefined) this.wrong(field, 'true-or-false')
    return value
  }

  /** The word a cell stands for; `words` has it by every name that is understood. */
  oneOf<Word extends string>(field: string, words: ReadonlyMap<string, Word>): Word | undefined {
    const cell = this.text(field)
    const word = cell === undefined ? undefined : words.get(cell.normalize('NFKC').toLowerCase())
    if (cell !== undefined && word === undefined) this.wrong(field, `one-of-${[...new Set(words.values())].join('-')}`)
    return word
  }

  wrong(field: string, problem: string): void {
    this.#note(this.#column(field)?.header ?? field, problem, this.#cell(field))
  }

  /** The same without the value, for what must not be repeated: names, addresses, whatever is personal. */
  wrongPrivately(field: string, problem: string): void {
    this.#note(this.#column(field)?.header ?? field, problem)
  }

  #note(column: string, problem: string, value = ''): void {
    this.problems.push({ line: this.#row.line, column, problem, value: value.slice(0, 60) })
  }

  #column(field: string): ReadColumn | undefined {
    return this.#plan.columns[this.#plan.indexByField.get(field) ?? -1]
  }

  #cell(field: string): string | undefined {
    const index = this.#plan.indexByField.get(field)
    if (index === undefined) return undefined
    return this.#row.cells[index] || this.#fallback?.cells[index] || undefined
  }

  #number(field: string, expected: string): (NumberParts & { readonly value: number }) | undefined {
    const cell = this.text(field)
    if (cell === undefined) return undefined
    const parts = cell.length > longestNumber ? undefined : numberParts(cell)
    const value = parts && readNumber(parts.digits, this.#column(field)?.decimal)
    if (parts && typeof value === 'number') return { ...parts, value: parts.isNegative ? -value : value }
    this.wrong(field, value === 'ambiguous' ? 'thousand-or-fraction' : expected)
    return undefined
  }

  #expectedMeasure(field: string, min: number): string {
    const unit = this.#column(field)?.unit
    return unit === 'g' || unit === 'mm' || unit === 'cm3' ? `whole-number-from-${min}` : 'number-above-0'
  }

  #measured(
    field: string,
    parts: NumberParts & { readonly value: number },
    range: { min: number; max: number; expected: string },
  ): number | undefined {
    const unit = this.#unitFor(field, parts.after || parts.before)
    if (unit === undefined) {
      this.wrong(field, 'unit-unknown')
      return undefined
    }
    const dimension = dimensionOf(this.#plan.fields[field]?.kind ?? 'text') ?? 'weight'
    const value = inWholeUnits(parts.value, unit, dimension)
    if (value < range.min) this.wrong(field, range.expected)
    else if (value > range.max) this.wrong(field, `at-most-${range.max}`)
    else return value
    return undefined
  }

  #unitFor(field: string, word: string): string | undefined {
    const dimension = dimensionOf(this.#plan.fields[field]?.kind ?? 'text')
    if (!dimension) return undefined
    return word === '' ? this.#column(field)?.unit : unitOf(word, dimension)
  }
}

function isCurrency(word: string, currency: string): boolean {
  const plain = word.normalize('NFKC')
  return plain.toUpperCase() === currency || currenciesByWord.get(plain.toLowerCase())?.includes(currency) === true
}
