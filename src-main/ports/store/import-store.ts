import type { Product } from '../../domain/catalogue.ts'
import type { AuditEntry } from '../../domain/people.ts'
import type { StockMovement } from '../../domain/stock.ts'
import type { ColumnUse } from '../imports.ts'
import type { ListQuery, Page } from './catalogue-store.ts'

export type ImportKind = 'catalogue' | 'orders'

/** One file that was taken in: when, by whom, and what became of its rows. Nothing of the file itself. */
export interface ImportRecord {
  readonly id: string
  readonly kind: ImportKind
  readonly at: number
  readonly actor: string
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  readonly undoneAt?: number | undefined
  /** Rows that an undo had to leave, because something had changed since. */
  readonly leftRows: number
}

/** What an import did to one product, enough to take it back and to see whether anybody has changed it since. */
export interface ImportedChange {
  readonly sku: string
  /** As it was; undefined = the import made it. */
  readonly before: Product | undefined
  /** Fingerprint of the product as the import left it. */
  readonly afterHash: string
  readonly movements: readonly StockMovement[]
  /** What lay at each place that was moved, as the import left it. */
  readonly placesAfter: readonly { readonly location: string; readonly lot: string; readonly onHand: number }[]
}

/** How the columns of one kind of file are read: remembered under its header. */
export interface RememberedMapping {
  readonly kind: ImportKind
  readonly signature: string
  readonly columns: readonly ColumnUse[]
  readonly usedAt: number
}

export interface CatalogueImport {
  readonly record: ImportRecord
  readonly products: readonly Product[]
  readonly movements: readonly StockMovement[]
  readonly changes: readonly ImportedChange[]
  readonly mapping: RememberedMapping
  readonly audit: AuditEntry
}

export interface UndoneImport {
  readonly importId: string
  readonly undoneAt: number
  readonly leftRows: number
  /** Products as they were before. */
  readonly products: readonly Product[]
  /** SKUs of products that the import had made: they go; their movements stay. */
  readonly removed: readonly string[]
  readonly movements: readonly StockMovement[]
  readonly audit: AuditEntry
}

export interface ListedImport extends ImportRecord {
  /** Its changes are still kept, and it was not undone. */
  readonly canUndo: boolean
}

/**
 * Files taken in, what they changed, and how they were read. Each method is one transaction. Changes are kept for the
 * last 20 catalogue imports; older ones are listed and can no longer be undone.
 */
export interface ImportStore {
  /** Throws ERR_STOCK_SHORT like every method that saves movements. */
  saveCatalogueImport(batch: CatalogueImport): Promise<void>
  /** For imports whose rows are saved elsewhere (orders), with the mapping they were read by. */
  saveImport(record: ImportRecord, mapping: RememberedMapping, audit: AuditEntry): Promise<void>
  /** Newest first. */
  listImports(query: Pick<ListQuery, 'offset' | 'limit'>): Promise<Page<ListedImport>>
  /** In the order of the file. Throws ERR_IMPORT_NOT_FOUND; no changes are known of an import that cannot be undone. */
  loadImport(importId: string): Promise<{ readonly record: ListedImport; readonly changes: readonly ImportedChange[] }>
  saveUndoneImport(undone: UndoneImport): Promise<void>
  /** Those of the SKUs that any order names. */
  findOrderedSkus(skus: readonly string[]): Promise<readonly string[]>

  findMapping(kind: ImportKind, signature: string): Promise<RememberedMapping | undefined>
  /** Last used first. */
  listMappings(): Promise<readonly RememberedMapping[]>
  /** True when there was one. */
  forgetMapping(kind: ImportKind, signature: string, audit: AuditEntry): Promise<boolean>
}

/** Catalogue imports whose changes are kept. */
export const undoableImports = 20
