import { AppError } from '../../kernel/errors.ts'
import {
  undoableImports,
  type ImportedChange,
  type ImportKind,
  type ImportRecord,
  type ImportStore,
  type ListedImport,
} from '../../ports/store/import-store.ts'
import { kept, type MemoryState, saveAll, saveAudit, saveProducts } from './state.ts'
import { compareText, levelsAfter, saveStock } from './stock.ts'

/** Files taken in and how they were read, over the shared state. */
export function importsInMemory(state: MemoryState): ImportStore {
  return { ...takenIn(state), ...mappings(state) }
}

const mappingKey = (kind: ImportKind, signature: string): string => `${kind} ${signature}`

type TakenIn = Omit<ImportStore, 'findMapping' | 'listMappings' | 'forgetMapping'>

const takenIn = (state: MemoryState): TakenIn => ({
  async saveCatalogueImport({ record, products, movements, changes, mapping, audit }) {
    const levels = levelsAfter(state, movements)
    saveProducts(state, products)
    saveStock(state, movements, levels)
    saveAll(state.imports, [record], ({ id }) => id)
    state.importChanges.set(record.id, kept(changes))
    dropOldChanges(state)
    state.mappings.set(mappingKey(mapping.kind, mapping.signature), kept(mapping))
    saveAudit(state, audit)
  },
  async saveImport(record, mapping, audit) {
    saveAll(state.imports, [record], ({ id }) => id)
    state.mappings.set(mappingKey(mapping.kind, mapping.signature), kept(mapping))
    saveAudit(state, audit)
  },
  async listImports({ offset, limit }) {
    const rows = newestFirst(state).map((record) => listed(state, record))
    return { rows: rows.slice(offset, offset + limit), total: rows.length }
  },
  async loadImport(importId) {
    const record = state.imports.get(importId)
    if (!record) throw new AppError('ERR_IMPORT_NOT_FOUND', { import: importId })
    return { record: listed(state, record), changes: changesOf(state, importId) }
  },
  async saveUndoneImport({ importId, undoneAt, leftRows, products, removed, movements, audit }) {
    const record = state.imports.get(importId)
    if (!record) throw new AppError('ERR_IMPORT_NOT_FOUND', { import: importId })
    const levels = levelsAfter(state, movements)
    saveAll(state.imports, [{ ...record, undoneAt, leftRows }], ({ id }) => id)
    state.importChanges.delete(importId)
    saveProducts(state, products)
    for (const sku of removed) {
      state.products.delete(sku)
      state.photos.delete(sku)
    }
    saveStock(state, movements, levels)
    saveAudit(state, audit)
  },
  async findOrderedSkus(skus) {
    const ordered = new Set([...state.orders.values()].flatMap((order) => order.lines.map((line) => line.sku)))
    return [...new Set(skus)].filter((sku) => ordered.has(sku)).sort(compareText)
  },
})

type Mappings = Pick<ImportStore, 'findMapping' | 'listMappings' | 'forgetMapping'>

const mappings = (state: MemoryState): Mappings => ({
  async findMapping(kind, signature) {
    return state.mappings.get(mappingKey(kind, signature))
  },
  async listMappings() {
    return [...state.mappings.values()].sort(
      (a, b) => b.usedAt - a.usedAt || compareText(a.kind, b.kind) || compareText(a.signature, b.signature),
    )
  },
  async forgetMapping(kind, signature, audit) {
    const isGone = state.mappings.delete(mappingKey(kind, signature))
    if (isGone) saveAudit(state, audit)
    return isGone
  },
})

const changesOf = (state: MemoryState, importId: string): readonly ImportedChange[] =>
  state.importChanges.get(importId) ?? []

const listed = (state: MemoryState, record: ImportRecord): ListedImport => ({
  ...record,
  canUndo: record.undoneAt === undefined && changesOf(state, record.id).length > 0,
})

const newestFirst = (state: MemoryState): ImportRecord[] =>
  [...state.imports.values()].sort((a, b) => b.at - a.at || compareText(a.id, b.id))

function dropOldChanges(state: MemoryState): void {
  const catalogues = newestFirst(state).filter(({ kind }) => kind === 'catalogue')
  for (const { id } of catalogues.slice(undoableImports)) state.importChanges.delete(id)
}
