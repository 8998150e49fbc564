import { setImmediate } from 'node:timers/promises'
import type { TableFiles } from '../../ports/imports.ts'
import { plainName, productFields } from './column-names.ts'
import { openTable } from './open-table.ts'
import { orderFields } from './order-column-names.ts'
import { orderReader } from './order-reader.ts'
import { productReader } from './product-reader.ts'
import { writeTable } from './write-table.ts'

/** The port TableFiles: catalogues and orders as people have them in spreadsheets. */
export const tableFiles: TableFiles = {
  openTable,
  headerText: ({ header }) => JSON.stringify(header.map((name) => plainName(name) || name)),
  productReader,
  orderReader,
  productFields: Object.keys(productFields),
  orderFields: Object.keys(orderFields),
  writeTable,
  breathe: () => setImmediate(),
}
