import type { DocumentFetch, IssuedDocument } from '../../../domain/document.ts'
import { AppError } from '../../../kernel/errors.ts'
import { orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

interface DocumentRow {
  id: string
  kind: IssuedDocument['kind']
  subject_id: string
  version: number
  issued_at: number
  fingerprint: string
  file_name: string
  media_type: string
  sha256: string
  text: string | null
  kept_for: string | null
  withdrawn_at: number | null
}

const documentOf = (row: DocumentRow): IssuedDocument => ({
  id: row.id,
  kind: row.kind,
  subjectId: row.subject_id,
  version: row.version,
  issuedAt: row.issued_at,
  fingerprint: row.fingerprint,
  fileName: row.file_name,
  mediaType: row.media_type,
  sha256: row.sha256,
  text: orUndefined(row.text),
  keptFor: orUndefined(row.kept_for),
  withdrawnAt: orUndefined(row.withdrawn_at),
})

const documentRows = `select id, kind, subject_id, version, issued_at, fingerprint, file_name, media_type, sha256,
    coalesce(documents.text, sealed_blocks.text) as text, kept_for, withdrawn_at
  from documents left join sealed_blocks
    on sealed_blocks.shop_id = documents.shop_id and sealed_blocks.document_id = documents.id`

/** Sealed blocks lie in a table of their own, see purge.ts. */
export function upsertDocuments(sql: Sql, documents: readonly IssuedDocument[]): void {
  for (const { text, ...document } of documents) {
    const isBlock = document.kind === 'sealed-block'
    sql.run(
      `insert into documents (shop_id, id, kind, subject_id, version, issued_at, fingerprint, file_name, media_type,
         sha256, text, kept_for, withdrawn_at)
       values (@shop, @id, @kind, @subjectId, @version, @issuedAt, @fingerprint, @fileName, @mediaType,
         @sha256, @text, @keptFor, @withdrawnAt)
       on conflict (shop_id, id) do update set kind = excluded.kind, subject_id = excluded.subject_id,
         version = excluded.version, issued_at = excluded.issued_at, fingerprint = excluded.fingerprint,
         file_name = excluded.file_name, media_type = excluded.media_type, sha256 = excluded.sha256,
         text = excluded.text, kept_for = excluded.kept_for, withdrawn_at = excluded.withdrawn_at`,
      { ...document, text: isBlock ? undefined : text },
    )
    if (isBlock && text !== undefined) upsertBlock(sql, document.id, text)
  }
}

function upsertBlock(sql: Sql, documentId: string, text: string): void {
  sql.run(
    `insert into sealed_blocks (shop_id, document_id, text) values (@shop, @documentId, @text)
     on conflict (shop_id, document_id) do update set text = excluded.text`,
    { documentId, text },
  )
}

export function updateDocumentText(sql: Sql, documentId: string, text: string): void {
  sql.run('update documents set text = @text where shop_id = @shop and id = @documentId', { documentId, text })
}

/** Of documents withdrawn before the first time stays. Throws ERR_DOCUMENT_NOT_FOUND. */
export function withdrawDocuments(sql: Sql, ids: readonly string[], at: number): void {
  for (const id of ids) {
    const changed = sql.run(
      `update documents set withdrawn_at = coalesce(withdrawn_at, @at) where shop_id = @shop and id = @id`,
      { id, at },
    )
    if (changed === 0) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id })
  }
}

/** They count again. */
export const restoreDocuments = (sql: Sql, ids: readonly string[]): void =>
  void sql.run(
    'update documents set withdrawn_at = null where shop_id = @shop and id in (select value from json_each(@ids))',
    { ids: idList(ids) },
  )

export function deleteDocuments(sql: Sql, ids: readonly string[]): void {
  sql.run('delete from documents where shop_id = @shop and id in (select value from json_each(@ids))', {
    ids: idList(ids),
  })
}

/** Throws ERR_DOCUMENT_NOT_FOUND. */
export function selectDocument(sql: Sql, id: string): IssuedDocument {
  const row = sql.get<DocumentRow>(`${documentRows} where documents.shop_id = @shop and id = @id`, { id })
  if (!row) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id })
  return documentOf(row)
}

/** Newest first; of one moment the higher version, then by id. */
export const selectDocuments = (sql: Sql, subjectIds: readonly string[]): readonly IssuedDocument[] =>
  sql
    .all<DocumentRow>(
      `${documentRows} where documents.shop_id = @shop and subject_id in (select value from json_each(@subjectIds))
       order by issued_at desc, version desc, file_name, id`,
      { subjectIds: idList(subjectIds) },
    )
    .map(documentOf)

export const isInForce = (document: IssuedDocument): boolean => document.withdrawnAt === undefined

export function insertFetch(sql: Sql, fetch: DocumentFetch): void {
  sql.run(
    'insert into document_fetches (shop_id, document_id, terminal, at) values (@shop, @documentId, @terminal, @at)',
    {
      ...fetch,
    },
  )
}

export const selectFetches = (sql: Sql, documentId: string): readonly DocumentFetch[] =>
  sql.all<DocumentFetch>(
    `select document_id as documentId, terminal, at from document_fetches
     where shop_id = @shop and document_id = @documentId order by at, row_number`,
    { documentId },
  )
