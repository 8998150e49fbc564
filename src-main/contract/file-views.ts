import type { Suspicion } from '../domain/suspicious-measures.ts'

/** What the doors show of files that are taken in and written; nothing here holds personal data. */
export interface ImportProblemView {
  /** From 1; the header is line 1. */
  readonly line: number
  readonly column: string
  readonly problem: string
  readonly value: string
}

export interface ColumnUseView {
  readonly header: string
  readonly field?: string | undefined
  readonly unit?: string | undefined
  readonly decimal?: '.' | ',' | undefined
  readonly dayFirst?: boolean | undefined
}

export interface ReadColumnView extends ColumnUseView {
  readonly notes: readonly string[]
  readonly units: readonly string[]
}

export interface FileUnderstoodView {
  /** Names the header; a mapping is remembered under it. */
  readonly signature: string
  readonly encoding: string
  readonly isEncodingSure: boolean
  readonly delimiter: string
  readonly columns: readonly ReadColumnView[]
  readonly mappingFrom: 'chosen' | 'remembered' | 'proposed'
  readonly fields: readonly string[]
  readonly missingFields: readonly string[]
}

export interface ImportCountsView {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  /** Lines left out. */
  readonly refused: number
}

export interface ImportWarningView {
  readonly line: number
  readonly sku: string
  readonly suspicion: Suspicion
}

export interface CataloguePreviewView extends ImportCountsView {
  readonly file: FileUnderstoodView
  readonly rows: number
  readonly skipped: number
  readonly first: readonly {
    readonly line: number
    readonly sku: string
    readonly outcome: 'new' | 'changed' | 'unchanged'
    readonly changes: readonly {
      readonly field: string
      readonly from: string | undefined
      readonly to: string | undefined
    }[]
  }[]
  readonly problems: readonly ImportProblemView[]
  readonly notes: readonly ImportProblemView[]
  readonly warnings: readonly ImportWarningView[]
}

export interface CatalogueImportView extends ImportCountsView {
  readonly importId: string
  /** Orders that were held for want of something the import brought. */
  readonly released: number
  /** The first hundred. */
  readonly problems: readonly ImportProblemView[]
  readonly notes: readonly ImportProblemView[]
  readonly warnings: readonly ImportWarningView[]
}

export interface OrderPreviewView extends ImportCountsView {
  readonly file: FileUnderstoodView
  readonly rows: number
  readonly skipped: number
  readonly first: readonly {
    readonly line: number
    readonly number: string
    readonly status: string
    readonly lines: number
    readonly pieces: number
    readonly hasAddress: boolean
    readonly isKnown: boolean
  }[]
  readonly problems: readonly ImportProblemView[]
}

export interface OrderImportView extends ImportCountsView {
  readonly importId: string
  readonly skipped: number
  readonly problems: readonly ImportProblemView[]
}

export interface PastImportView extends ImportCountsView {
  readonly id: string
  readonly kind: 'catalogue' | 'orders'
  readonly at: number
  readonly actor: string
  readonly rows: number
  readonly undoneAt?: number | undefined
  readonly leftRows: number
  readonly canUndo: boolean
}

export interface MappingView {
  readonly kind: 'catalogue' | 'orders'
  readonly signature: string
  readonly columns: readonly ColumnUseView[]
  readonly usedAt: number
}

export interface UndoneImportView {
  readonly restored: number
  readonly removed: number
  readonly left: readonly { readonly sku: string; readonly reason: string }[]
}

export interface WrittenFileView {
  readonly fileName: string
  /** Text with its byte order mark; written as UTF-8. */
  readonly csv: string
  readonly rows: number
}
