import type { Carrier } from '../domain/carrier.ts'
import type { Carton } from '../domain/carton.ts'
import type { Handling, Product } from '../domain/catalogue.ts'
import type { Floor, Location } from '../domain/floor.ts'
import type { Role } from '../domain/people.ts'
import type { Settings } from '../domain/settings.ts'
import type { StorefrontOrder } from './storefront.ts'

/** One thing wrong in a file, with its place: line and column count from 1. Never holds personal data. */
export interface ImportProblem {
  readonly line: number
  readonly column: string
  readonly problem: string
  readonly value: string
}

export interface StockedPlace {
  readonly sku: string
  readonly location: string
  readonly lot?: string | undefined
  readonly bestBefore?: string | undefined
  readonly quantity: number
}

export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'shift_jis'
export type FileDelimiter = ',' | ';' | '\t' | '|'

/** What a person knows better than the file shows. */
export interface TableChoices {
  readonly encoding?: FileEncoding | undefined
  readonly delimiter?: FileDelimiter | undefined
}

export interface TableRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A file as rows of text. Rows without any text are left out. */
export interface Table {
  readonly encoding: FileEncoding
  /** False where the bytes would make sense in another encoding too. */
  readonly isEncodingSure: boolean
  readonly delimiter: FileDelimiter
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
}

/** What a column is read as. Columns without a `field` are left alone. */
export interface ColumnUse {
  readonly header: string
  readonly field?: string | undefined
  /** For weights, lengths, volumes and prices (`minor`, `major`); a unit in a cell goes before it. */
  readonly unit?: string | undefined
  /** For numbers; undefined = what each value says by itself. */
  readonly decimal?: '.' | ',' | undefined
  /** For dates written with slashes. */
  readonly dayFirst?: boolean | undefined
}

/**
 * - `unit-assumed`: neither the header nor the cells say a unit; the one in `unit` is a guess to confirm.
 * - `decimal-ambiguous`: some values are a thousand or a fraction (`1.234`), and nothing in the file says which.
 * - `decimal-from-other-columns`: the same, decided by what other columns do.
 * - `day-ambiguous`: dates such as 03/04/2026, and no date in the column says which is the day.
 * - `column-twice`: another column was taken for this field already.
 */
export type ColumnNote =
  'unit-assumed' | 'decimal-ambiguous' | 'decimal-from-other-columns' | 'day-ambiguous' | 'column-twice'

/** A column with what was decided about it, in the order of the file. */
export interface ReadColumn extends ColumnUse {
  readonly notes: readonly ColumnNote[]
  /** Units one may choose from; empty where the field has none. */
  readonly units: readonly string[]
}

/** What one line says of a product. A key that is there was in the file, `undefined` = an empty cell. */
export interface ImportedProduct {
  readonly line: number
  readonly sku: string
  readonly patch: ProductPatch
  /** Undefined when the file has no column for locations: then stock stays as it is. */
  readonly stock: readonly StockedPlace[] | undefined
  /** Pieces in all, from a file that knows no locations. */
  readonly stockTotal?: number | undefined
  /** Not wrong, but to be told: `gtin-zeros-restored`. */
  readonly notes: readonly ImportProblem[]
}

export type ProductPatch = {
  readonly [Key in keyof Omit<Product, 'sku' | 'handling' | 'layers' | 'measuresConfirmed'>]?: Product[Key] | undefined
} & { readonly handling?: Partial<Handling> | undefined }

/** A file being read: its columns are decided once, over all of its rows; then its rows are read, some at a time. */
export interface TableReading<Row> {
  readonly columns: readonly ReadColumn[]
  /** Fields without which no row can be read, and which no column has. */
  readonly missingFields: readonly string[]
  readonly rowCount: number
  /** Rows from `from` up to, but without, `to`; counted from 0. Rows that are no sellable unit are only counted. */
  read(from: number, to: number): Imported<Row> & { readonly skipped: number }
}

export interface ReadDefaults {
  readonly currency: string
  /** The mapping in force; undefined = proposed from the header. */
  readonly columns?: readonly ColumnUse[] | undefined
}

export interface OrderDefaults extends ReadDefaults {
  readonly country: string
  readonly zone: string
  readonly locale: string
  /** A customer's id, from what the file knows of them: equal in, equal out, and nothing of it can be read back. */
  readonly userIdOf: (identity: string) => string
}

/** An order of a file, with the line on which it begins. */
export interface ImportedOrder {
  readonly line: number
  readonly order: StorefrontOrder
}

export interface WrittenColumn {
  readonly header: string
  /** `code`: kept from becoming a number in a spreadsheet; `number`: with the decimal sign that was asked for. */
  readonly kind: 'text' | 'code' | 'number'
}

export interface WriteOptions {
  readonly delimiter: FileDelimiter
  readonly decimal: '.' | ','
  /** Codes as they are, for programs other than spreadsheets. */
  readonly plainCodes?: boolean | undefined
}

/** Tables that people make and read in spreadsheets. */
export interface TableFiles {
  /** Throws ERR_INPUT_TOO_LARGE, ERR_FILE_NOT_TABLE { found }, ERR_CSV_INVALID when no table can be read at all. */
  openTable(bytes: Uint8Array, choices?: TableChoices): Table
  /** Names the header so that the same kind of file is known again: no values of it, only the column names. */
  headerText(table: Table): string
  productReader(table: Table, defaults: ReadDefaults): TableReading<ImportedProduct>
  /** `read` answers orders, counted like rows: `rowCount` is their number. */
  orderReader(table: Table, defaults: OrderDefaults): TableReading<ImportedOrder>
  /** Fields a column may be read as, for choosing. */
  readonly productFields: readonly string[]
  readonly orderFields: readonly string[]
  /** CSV that opens well in a spreadsheet: UTF-8 byte order mark, CRLF, quotes where needed, nothing that runs as a formula. */
  writeTable(columns: readonly WrittenColumn[], rows: Iterable<readonly string[]>, options: WriteOptions): string
  /** Lets whatever else waits have its turn: a long use case calls it now and then, so that it can be cancelled. */
  breathe(): Promise<void>
}

/** What a file says; rows with problems are left out of `rows` and named in `problems`. */
export interface Imported<Row> {
  readonly rows: readonly Row[]
  readonly problems: readonly ImportProblem[]
}

export interface ImportedCarton {
  readonly line: number
  readonly carton: Carton
  readonly stock: number | undefined
}

/** Reads the files a shop hands in. Throws ERR_CSV_INVALID or ERR_INPUT_NOT_JSON only when a file cannot be read at all. */
export interface CatalogueFiles extends TableFiles {
  readCartons(csv: Uint8Array): Imported<ImportedCarton>
  /** Throws ERR_INPUT_INVALID naming path and expectation. */
  readFloor(json: Uint8Array): { readonly floor: Floor; readonly locations: readonly Location[] }
  /** Couriers without keys and with channel `pick-up`. Throws ERR_INPUT_INVALID naming path and expectation. */
  readCarriers(json: Uint8Array): readonly Carrier[]
}

/** The sample shop as its files say it, for first steps, demos and tests. */
export interface SampleShop {
  read(): Promise<{
    readonly settings: Settings
    readonly staff: readonly { readonly name: string; readonly role: Role }[]
    readonly catalogueCsv: Uint8Array
    readonly cartonsCsv: Uint8Array
    readonly postcodesCsv: Uint8Array
    readonly floorJson: Uint8Array
    readonly couriersJson: Uint8Array
  }>
}
