import type { Staff, Terminal } from '../../../domain/people.ts'
import { orUndefined } from '../columns.ts'
import { fold } from '../search-words.ts'
import type { Sql } from '../sql.ts'

interface StaffRow {
  id: string
  name: string
  role: Staff['role']
  pin_hash: string | null
  pin_locked_at: number | null
  left_at: number | null
}

export function upsertStaff(sql: Sql, staff: Staff): void {
  sql.run(
    `insert into staff (shop_id, id, name, role, pin_hash, pin_locked_at, left_at)
     values (@shop, @id, @name, @role, @pinHash, @pinLockedAt, @leftAt)
     on conflict (shop_id, id) do update set name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash,
       pin_locked_at = excluded.pin_locked_at, left_at = excluded.left_at`,
    { ...staff },
  )
}

/** By name, case and accents aside. */
export const selectStaff = (sql: Sql): readonly Staff[] =>
  sql
    .all<StaffRow>('select * from staff where shop_id = @shop order by id')
    .map(({ id, name, role, ...row }) => ({
      id,
      name,
      role,
      pinHash: orUndefined(row.pin_hash),
      pinLockedAt: orUndefined(row.pin_locked_at),
      leftAt: orUndefined(row.left_at),
    }))
    .sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : fold(a.name) > fold(b.name) ? 1 : 0))

interface TerminalRow {
  id: string
  name: string
  token_hash: string
  paired_at: number
  revoked_at: number | null
  last_seen_at: number | null
}

const terminalOf = (row: TerminalRow): Terminal => ({
  id: row.id,
  name: row.name,
  tokenHash: row.token_hash,
  pairedAt: row.paired_at,
  revokedAt: orUndefined(row.revoked_at),
  lastSeenAt: orUndefined(row.last_seen_at),
})

export function upsertTerminal(sql: Sql, terminal: Terminal): void {
  sql.run(
    `insert into terminals (shop_id, id, name, token_hash, paired_at, revoked_at, last_seen_at)
     values (@shop, @id, @name, @tokenHash, @pairedAt, @revokedAt, @lastSeenAt)
     on conflict (shop_id, id) do update set name = excluded.name, token_hash = excluded.token_hash,
       paired_at = excluded.paired_at, revoked_at = excluded.revoked_at, last_seen_at = excluded.last_seen_at`,
    { ...terminal },
  )
}

export const updateTerminalSeen = (sql: Sql, terminalId: string, at: number): void =>
  void sql.run('update terminals set last_seen_at = @at where shop_id = @shop and id = @terminalId', { terminalId, at })

/** In the order in which they were paired. */
export const selectTerminals = (sql: Sql): readonly Terminal[] =>
  sql.all<TerminalRow>('select * from terminals where shop_id = @shop order by paired_at, id').map(terminalOf)

export function selectTerminalByToken(sql: Sql, tokenHash: string): Terminal | undefined {
  const row = sql.get<TerminalRow>('select * from terminals where shop_id = @shop and token_hash = @tokenHash', {
    tokenHash,
  })
  return row && terminalOf(row)
}
