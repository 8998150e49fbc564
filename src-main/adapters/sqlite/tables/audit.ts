import type { AuditEntry } from '../../../domain/people.ts'
import type { Page } from '../../../ports/store/catalogue-store.ts'
import type { AuditQuery } from '../../../ports/store/people-store.ts'
import { fromJson, toJson } from '../columns.ts'
import { matchQuery, searchable } from '../search-words.ts'
import type { Sql } from '../sql.ts'

interface AuditRow {
  id: string
  at: number
  actor: string
  action: string
  entity: string
  entity_id: string
  facts_json: string | null
}

/** Appends; an entry known already stays as it is. */
export function insertAudit(sql: Sql, entry: AuditEntry): void {
  const row = sql.get<{ row_number: number }>(
    `insert into audit_entries (shop_id, id, at, actor, action, entity, entity_id, facts_json)
     values (@shop, @id, @at, @actor, @action, @entity, @entityId, @facts)
     on conflict (shop_id, id) do nothing returning row_number`,
    { ...entry, facts: entry.facts && toJson(entry.facts) },
  )
  if (!row) return
  sql.run('insert into audit_words (rowid, words) values (@row, @words)', {
    row: row.row_number,
    words: searchable([entry.actor, entry.action, entry.entity, entry.entityId]),
  })
}

const sortColumns: { readonly [sort: string]: string } = {
  at: 'at',
  actor: 'fold(actor)',
  action: 'fold(action)',
  entity: 'fold(entity)',
}

/** A page of the audit log; an unknown sort is the default one: newest first. */
export function selectAuditPage(sql: Sql, query: AuditQuery): Page<AuditEntry> {
  const match = matchQuery(query.search)
  const from = match
    ? `from audit_words cross join audit_entries
       where audit_words match @match and audit_entries.row_number = audit_words.rowid and shop_id = @shop`
    : 'from audit_entries where shop_id = @shop'
  const only = query.actions ? ' and action in (select value from json_each(@actions))' : ''
  const actions = query.actions && JSON.stringify(query.actions)
  const column = sortColumns[query.sort ?? 'at'] ?? 'at'
  const isDescending = query.descending ?? column === 'at'
  const rows = sql.all<AuditRow>(
    `select id, at, actor, action, entity, entity_id, facts_json ${from}${only}
     order by ${match ? '+' : ''}${column}${isDescending ? ' desc' : ''}, id limit @limit offset @offset`,
    { match, actions, limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total ${from}${only}`, { match, actions })
  return { rows: rows.map(auditOf), total: count?.total ?? 0 }
}

const auditOf = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: row.at,
  actor: row.actor,
  action: row.action,
  entity: row.entity,
  entityId: row.entity_id,
  facts: row.facts_json === null ? undefined : fromJson(row.facts_json),
})
