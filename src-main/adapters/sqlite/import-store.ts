import type { ImportStore } from '../../ports/store/import-store.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import {
  deleteMapping,
  dropOldChanges,
  insertChanges,
  insertImport,
  selectImport,
  selectImports,
  selectMapping,
  selectMappings,
  selectOrderedSkus,
  updateUndone,
  upsertMapping,
} from './tables/imports.ts'
import { deleteProducts, upsertProduct } from './tables/products.ts'
import { insertMovements } from './tables/stock.ts'

export const importStore = (sql: Sql): ImportStore => ({
  saveCatalogueImport: ({ record, products, movements, changes, mapping, audit }) =>
    sql.write(() => {
      for (const product of products) upsertProduct(sql, product)
      insertMovements(sql, movements)
      insertImport(sql, record)
      insertChanges(sql, record.id, changes)
      dropOldChanges(sql)
      upsertMapping(sql, mapping)
      insertAudit(sql, audit)
    }),
  saveImport: (record, mapping, audit) =>
    sql.write(() => {
      insertImport(sql, record)
      upsertMapping(sql, mapping)
      insertAudit(sql, audit)
    }),
  listImports: (query) => sql.read(() => selectImports(sql, query)),
  loadImport: (importId) => sql.read(() => selectImport(sql, importId)),
  saveUndoneImport: (undone) =>
    sql.write(() => {
      updateUndone(sql, undone.importId, undone)
      for (const product of undone.products) upsertProduct(sql, product)
      deleteProducts(sql, undone.removed)
      insertMovements(sql, undone.movements)
      insertAudit(sql, undone.audit)
    }),
  findOrderedSkus: (skus) => sql.read(() => selectOrderedSkus(sql, skus)),
  findMapping: (kind, signature) => sql.read(() => selectMapping(sql, kind, signature)),
  listMappings: () => sql.read(() => selectMappings(sql)),
  forgetMapping: (kind, signature, audit) =>
    sql.write(() => {
      const isGone = deleteMapping(sql, kind, signature)
      if (isGone) insertAudit(sql, audit)
      return isGone
    }),
})
