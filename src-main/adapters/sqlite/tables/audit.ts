import type { AuditEntry } from '../../../domain/people.ts'
import type { Page } from '../../../ports/store/catalogue-store.ts'
import type { AuditFacets, AuditQuery } from '../../../ports/store/people-store.ts'
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
  const only = filterOf(query)
  const [action, another] = query.actions ?? []
  const { actor, entity, from: first, to } = query
  const actions = another === undefined ? undefined : JSON.stringify(query.actions)
  const values = { match, action, actions, actor, entity, first, to }
  const column = sortColumns[query.sort ?? 'at'] ?? 'at'
  const isDescending = query.descending ?? column === 'at'
  const rows = sql.all<AuditRow>(
    `select id, at, actor, action, entity, entity_id, facts_json ${from}${only}
     order by ${match ? '+' : ''}${column}${isDescending ? ' desc' : ''}, id limit @limit offset @offset`,
    { ...values, limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total ${from}${only}`, values)
  return { rows: rows.map(auditOf), total: count?.total ?? 0 }
}

/** One action is a search of its own, for which there is an index; none of them fits an empty list. */
function filterOf({ actions, actor, entity, from, to }: AuditQuery): string {
  const action =
    actions && (actions.length > 1 ? 'action in (select value from json_each(@actions))' : 'action = @action')
  const wanted = [
    action,
    actor === undefined ? undefined : 'actor = @actor',
    entity === undefined ? undefined : 'entity = @entity',
    from === undefined ? undefined : 'at >= @first',
    to === undefined ? undefined : 'at < @to',
  ]
  return wanted.map((one) => (one === undefined ? '' : ` and ${one}`)).join('')
}

/** Leaps from each value to the next one in its index. */
const different = (sql: Sql, column: 'actor' | 'action' | 'entity'): readonly string[] =>
  sql
    .all<{ value: string }>(
      `with recursive leap (value) as (
         select min(${column}) from audit_entries where shop_id = @shop
         union all
         select (select min(${column}) from audit_entries where shop_id = @shop and ${column} > leap.value)
         from leap where leap.value is not null)
       select value from leap where value is not null`,
    )
    .map(({ value }) => value)

export const selectAuditFacets = (sql: Sql): AuditFacets => ({
  actors: different(sql, 'actor'),
  actions: different(sql, 'action'),
  entities: different(sql, 'entity'),
})

const auditOf = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: row.at,
  actor: row.actor,
  action: row.action,
  entity: row.entity,
  entityId: row.entity_id,
  facts: row.facts_json === null ? undefined : fromJson(row.facts_json),
})
