import type { Carrier } from '../domain/carrier.ts'
import type { Carton } from '../domain/carton.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Floor, Location } from '../domain/floor.ts'
import type { Role } from '../domain/people.ts'
import type { Settings } from '../domain/settings.ts'

/** One thing wrong in a file, with its place: line and column count from 1. */
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

/** What a file says; rows with problems are left out of `rows` and named in `problems`. */
export interface Imported<Row> {
  readonly rows: readonly Row[]
  readonly problems: readonly ImportProblem[]
}

export interface ImportedProduct {
  readonly line: number
  readonly product: Product
  /** Undefined when the file has no column for stock: then stock stays as it is. */
  readonly stock: readonly StockedPlace[] | undefined
}

export interface ImportedCarton {
  readonly line: number
  readonly carton: Carton
  readonly stock: number | undefined
}

/** Reads the files a shop hands in. Throws ERR_CSV_INVALID or ERR_INPUT_NOT_JSON only when a file cannot be read at all. */
export interface CatalogueFiles {
  readProducts(csv: Uint8Array, defaults: { currency: string }): Imported<ImportedProduct>
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
