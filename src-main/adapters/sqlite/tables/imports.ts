import type { Product } from '../../../domain/catalogue.ts'
import type { StockMovement } from '../../../domain/stock.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ListQuery, Page } from '../../../ports/store/catalogue-store.ts'
import {
  undoableImports,
  type ImportedChange,
  type ImportKind,
  type ImportRecord,
  type ListedImport,
  type RememberedMapping,
} from '../../../ports/store/import-store.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

interface ImportRow {
  id: string
  kind: string
  at: number
  actor: string
  rows: number
  new: number
  changed: number
  unchanged: number
  refused: number
  undone_at: number | null
  left_rows: number
  has_changes: number
}

const importColumns = `id, kind, at, actor, rows, new, changed, unchanged, refused, undone_at, left_rows,
  exists (select 1 from import_changes where import_changes.import_id = imports.id
    and import_changes.shop_id = imports.shop_id) as has_changes`

const importOf = (row: ImportRow): ListedImport => ({
  id: row.id,
  kind: row.kind as ImportKind, // written from an ImportRecord
  at: row.at,
  actor: row.actor,
  rows: row.rows,
  new: row.new,
  changed: row.changed,
  unchanged: row.unchanged,
  refused: row.refused,
  undoneAt: orUndefined(row.undone_at),
  leftRows: row.left_rows,
  canUndo: row.has_changes === 1 && row.undone_at === null,
})

export function insertImport(sql: Sql, record: ImportRecord): void {
  sql.run(
    `insert into imports (shop_id, id, kind, at, actor, rows, new, changed, unchanged, refused, undone_at, left_rows)
     values (@shop, @id, @kind, @at, @actor, @rows, @new, @changed, @unchanged, @refused, @undoneAt, @leftRows)`,
    { ...record },
  )
}

export function insertChanges(sql: Sql, importId: string, changes: readonly ImportedChange[]): void {
  changes.forEach((change, position) =>
    sql.run(
      `insert into import_changes (shop_id, import_id, position, sku, before_json, after_hash, movements_json, places_json)
       values (@shop, @importId, @position, @sku, @before, @afterHash, @movements, @places)`,
      {
        importId,
        position,
        sku: change.sku,
        before: change.before && toJson(change.before),
        afterHash: change.afterHash,
        movements: toJson(change.movements),
        places: toJson(change.placesAfter),
      },
    ),
  )
}

/** Forgets what older imports changed: they stay listed. */
export function dropOldChanges(sql: Sql): void {
  sql.run(
    `delete from import_changes where shop_id = @shop and import_id in (
       select id from imports where shop_id = @shop and kind = 'catalogue'
       order by at desc, id desc limit -1 offset @kept)`,
    { kept: undoableImports },
  )
}

/** Throws ERR_IMPORT_NOT_FOUND. */
export function updateUndone(sql: Sql, importId: string, undone: { undoneAt: number; leftRows: number }): void {
  const changed = sql.run(
    'update imports set undone_at = @undoneAt, left_rows = @leftRows where shop_id = @shop and id = @importId',
    { importId, ...undone },
  )
  if (changed === 0) throw new AppError('ERR_IMPORT_NOT_FOUND', { import: importId })
  sql.run('delete from import_changes where shop_id = @shop and import_id = @importId', { importId })
}

export function selectImports(sql: Sql, query: Pick<ListQuery, 'offset' | 'limit'>): Page<ListedImport> {
  const rows = sql.all<ImportRow>(
    `select ${importColumns} from imports where shop_id = @shop order by at desc, id limit @limit offset @offset`,
    { limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>('select count(*) as total from imports where shop_id = @shop')
  return { rows: rows.map(importOf), total: count?.total ?? 0 }
}

export function selectImport(sql: Sql, importId: string): { record: ListedImport; changes: readonly ImportedChange[] } {
  const row = sql.get<ImportRow>(`select ${importColumns} from imports where shop_id = @shop and id = @importId`, {
    importId,
  })
  if (!row) throw new AppError('ERR_IMPORT_NOT_FOUND', { import: importId })
  return { record: importOf(row), changes: selectChanges(sql, importId) }
}

interface ChangeRow {
  sku: string
  before_json: string | null
  after_hash: string
  movements_json: string
  places_json: string
}

const selectChanges = (sql: Sql, importId: string): readonly ImportedChange[] =>
  sql
    .all<ChangeRow>(
      `select sku, before_json, after_hash, movements_json, places_json from import_changes
       where shop_id = @shop and import_id = @importId order by position`,
      { importId },
    )
    .map((row) => ({
      sku: row.sku,
      before: row.before_json === null ? undefined : fromJson<Product>(row.before_json),
      afterHash: row.after_hash,
      movements: fromJson<StockMovement[]>(row.movements_json),
      placesAfter: fromJson<ImportedChange['placesAfter']>(row.places_json),
    }))

export const selectOrderedSkus = (sql: Sql, skus: readonly string[]): readonly string[] =>
  sql
    .all<{ sku: string }>(
      `select distinct sku from order_lines where shop_id = @shop and sku in (select value from json_each(@skus))
       order by sku`,
      { skus: idList(skus) },
    )
    .map(({ sku }) => sku)

interface MappingRow {
  kind: string
  signature: string
  columns_json: string
  used_at: number
}

const mappingOf = (row: MappingRow): RememberedMapping => ({
  kind: row.kind as ImportKind, // written from a RememberedMapping
  signature: row.signature,
  columns: fromJson<RememberedMapping['columns']>(row.columns_json),
  usedAt: row.used_at,
})

export function upsertMapping(sql: Sql, mapping: RememberedMapping): void {
  sql.run(
    `insert into import_mappings (shop_id, kind, signature, columns_json, used_at)
     values (@shop, @kind, @signature, @columns, @usedAt)
     on conflict (shop_id, kind, signature) do update set columns_json = excluded.columns_json, used_at = excluded.used_at`,
    { kind: mapping.kind, signature: mapping.signature, columns: toJson(mapping.columns), usedAt: mapping.usedAt },
  )
}

export function selectMapping(sql: Sql, kind: ImportKind, signature: string): RememberedMapping | undefined {
  const row = sql.get<MappingRow>(
    `select kind, signature, columns_json, used_at from import_mappings
     where shop_id = @shop and kind = @kind and signature = @signature`,
    { kind, signature },
  )
  return row && mappingOf(row)
}

export const selectMappings = (sql: Sql): readonly RememberedMapping[] =>
  sql
    .all<MappingRow>(
      `select kind, signature, columns_json, used_at from import_mappings where shop_id = @shop
       order by used_at desc, kind, signature`,
    )
    .map(mappingOf)

export const deleteMapping = (sql: Sql, kind: ImportKind, signature: string): boolean =>
  sql.run('delete from import_mappings where shop_id = @shop and kind = @kind and signature = @signature', {
    kind,
    signature,
  }) === 1
