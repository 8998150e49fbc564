import type { Staff, Terminal } from '../../../domain/people.ts'
import { orUndefined } from '../columns.ts'
import { fold } from '../search-words.ts'
import type { Sql } from '../sql.ts'

export function upsertStaff(sql: Sql, staff: Staff): void {
  sql.run(
    `insert into staff (shop_id, id, name, role, pin_hash) values (@shop, @id, @name, @role, @pinHash)
     on conflict (shop_id, id) do update set
       name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash`,
    { ...staff },
  )
}

/** By name, case and accents aside. */
export const selectStaff = (sql: Sql): readonly Staff[] =>
  sql
    .all<{ id: string; name: string; role: Staff['role']; pin_hash: string | null }>(
      'select id, name, role, pin_hash from staff where shop_id = @shop order by id',
    )
    .map((row) => ({ id: row.id, name: row.name, role: row.role, pinHash: orUndefined(row.pin_hash) }))
    .sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : fold(a.name) > fold(b.name) ? 1 : 0))

interface TerminalRow {
  id: string
  name: string
  token_hash: string
  paired_at: number
  revoked_at: number | null
}

const terminalOf = (row: TerminalRow): Terminal => ({
  id: row.id,
  name: row.name,
  tokenHash: row.token_hash,
  pairedAt: row.paired_at,
  revokedAt: orUndefined(row.revoked_at),
})

export function upsertTerminal(sql: Sql, terminal: Terminal): void {
  sql.run(
    `insert into terminals (shop_id, id, name, token_hash, paired_at, revoked_at)
     values (@shop, @id, @name, @tokenHash, @pairedAt, @revokedAt)
     on conflict (shop_id, id) do update set name = excluded.name, token_hash = excluded.token_hash,
       paired_at = excluded.paired_at, revoked_at = excluded.revoked_at`,
    { ...terminal },
  )
}

/** In the order in which they were paired. */
export const selectTerminals = (sql: Sql): readonly Terminal[] =>
  sql.all<TerminalRow>('select * from terminals where shop_id = @shop order by paired_at, id').map(terminalOf)

export function selectTerminalByToken(sql: Sql, tokenHash: string): Terminal | undefined {
  const row = sql.get<TerminalRow>('select * from terminals where shop_id = @shop and token_hash = @tokenHash', {
    tokenHash,
  })
  return row && terminalOf(row)
}
