import type { SealedRecord } from '../../../domain/recipient.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

/** Under an order's data key also lie the papers that name its person; their ciphertext is in files and in `documents`. */
export type OwnerKind = 'order' | 'former-order' | 'user' | 'connection' | 'shop-mail'

export interface SealedOwner {
  readonly kind: OwnerKind
  readonly id: string
}

interface SealedRow {
  owner_id: string
  wrapped_key: string
  ciphertext: string
}

/** Keeps what is sealed; nothing to keep = what was there goes. */
export function putSealed(sql: Sql, owner: SealedOwner, record: SealedRecord | undefined): void {
  if (!record) deleteSealed(sql, owner.kind, [owner.id])
  else {
    sql.run(
      `insert into sealed_records (shop_id, owner_kind, owner_id, wrapped_key, ciphertext)
       values (@shop, @kind, @id, @wrappedKey, @ciphertext)
       on conflict (shop_id, owner_kind, owner_id) do update set
         wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext`,
      { kind: owner.kind, id: owner.id, wrappedKey: record.wrappedKey, ciphertext: record.ciphertext },
    )
  }
}

export function selectSealed(sql: Sql, kind: OwnerKind, ids: readonly string[]): ReadonlyMap<string, SealedRecord> {
  const rows = sql.all<SealedRow>(
    `select owner_id, wrapped_key, ciphertext from sealed_records
     where shop_id = @shop and owner_kind = @kind and owner_id in (select value from json_each(@ids))`,
    { kind, ids: idList(ids) },
  )
  return new Map(rows.map((row) => [row.owner_id, { wrappedKey: row.wrapped_key, ciphertext: row.ciphertext }]))
}

/** Answers how many there were. */
export const deleteSealed = (sql: Sql, kind: OwnerKind, ids: readonly string[]): number =>
  sql.run(
    `delete from sealed_records
     where shop_id = @shop and owner_kind = @kind and owner_id in (select value from json_each(@ids))`,
    { kind, ids: idList(ids) },
  )
