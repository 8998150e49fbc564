import type { CatalogueFiles } from '../../ports/imports.ts'
import { readCartons, readProducts } from './catalogue-csv.ts'
import { readCarriers, readFloor } from './shop-json.ts'

/** The port CatalogueFiles: CSV for products and cartons, JSON for floor and couriers. */
export const catalogueFiles: CatalogueFiles = { readProducts, readCartons, readFloor, readCarriers }
