import { z } from 'zod'
import { fulfilmentStatuses } from '../fulfilment-statuses.ts'
import type {
  CatalogueImportView,
  CataloguePreviewView,
  MappingView,
  OrderImportView,
  OrderPreviewView,
  PastImportView,
  UndoneImportView,
  WrittenFileView,
} from '../file-views.ts'
import { command, managers, query } from '../operation.ts'
import type { PageView } from '../views.ts'

/** Bytes do not cross: a file of an unknown encoding comes as base64. 45 MiB, as adapters/files/open-table.ts allows. */
const base64 = z.string().max(63_000_000)

const column = z.object({
  header: z.string().max(500),
  field: z.string().max(40).optional(),
  unit: z.string().max(20).optional(),
  decimal: z.enum(['.', ',']).optional(),
  dayFirst: z.boolean().optional(),
})

const file = z.object({
  base64,
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** Absent: as the last file with this header was read, else as proposed. */
  columns: z.array(column).max(20_000).optional(),
})

const taken = file.extend({ allOrNothing: z.boolean().default(false) })

const written = z.object({
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  decimal: z.enum(['.', ',']).default('.'),
  /** Codes as they are, for programs other than spreadsheets. */
  plainCodes: z.boolean().default(false),
})

/** Catalogue and orders as tables that people have in spreadsheets. */
export const fileOperations = {
  'files.preview-catalogue': query<CataloguePreviewView>()(managers, file),
  'files.import-catalogue': command<CatalogueImportView>()(managers, taken),
  'files.preview-orders': query<OrderPreviewView>()(managers, file),
  'files.import-orders': command<OrderImportView>()(managers, taken),
  /** Newest first. */
  'files.imports': query<PageView<PastImportView>>()(
    managers,
    z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(200).default(50) }),
  ),
  'files.undo-import': command<UndoneImportView>()(managers, z.object({ import: z.string().min(1).max(64) })),
  'files.mappings': query<readonly MappingView[]>()(managers, z.object({})),
  'files.forget-mapping': command<null>()(
    managers,
    z.object({ kind: z.enum(['catalogue', 'orders']), signature: z.string().min(1).max(100) }),
  ),
  'files.export-catalogue': query<WrittenFileView>()(managers, written),
  /** A command, because every export of orders is written down. Recipients only at the desk. */
  'files.export-orders': command<WrittenFileView>()(
    managers,
    written.extend({
      status: z.array(z.enum(fulfilmentStatuses)).optional(),
      withRecipients: z.boolean().default(false),
    }),
  ),
}
