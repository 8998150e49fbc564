import type { CatalogueFiles } from '../../ports/imports.ts'
import { readCartons } from './carton-csv.ts'
import { readCarriers, readFloor } from './shop-json.ts'
import { tableFiles } from './table-files.ts'

/** The port CatalogueFiles: tables for products, orders and cartons, JSON for floor and couriers. */
export const catalogueFiles: CatalogueFiles = { ...tableFiles, readCartons, readFloor, readCarriers }
