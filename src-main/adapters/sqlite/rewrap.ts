import type { AuditEntry } from '../../domain/people.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'

interface WrappedRow {
  owner_kind: string
  owner_id: string
  wrapped_key: string
}

/** Wraps every data key anew, all of them or none; see PeopleStore. Of the former wrapping nothing stays in the file. */
export async function rewrapSealed(
  sql: Sql,
  rewrap: (ownerId: string, wrappedKey: string) => string,
  audit: AuditEntry,
): Promise<number> {
  const count = await sql.write(() => {
    const records = sql.all<WrappedRow>(
      'select owner_kind, owner_id, wrapped_key from sealed_records where shop_id = @shop',
    )
    for (const { owner_kind: kind, owner_id: id, wrapped_key: wrapped } of records)
      sql.run(
        `update sealed_records set wrapped_key = @wrapped
         where shop_id = @shop and owner_kind = @kind and owner_id = @id`,
        { kind, id, wrapped: rewrap(id, wrapped) },
      )
    const bodies = sql.all<{ invoice_id: string; wrapped_key: string }>(
      'select invoice_id, wrapped_key from invoice_bodies where shop_id = @shop and wrapped_key is not null',
    )
    for (const { invoice_id: id, wrapped_key: wrapped } of bodies)
      sql.run('update invoice_bodies set wrapped_key = @wrapped where shop_id = @shop and invoice_id = @id', {
        id,
        wrapped: rewrap(id, wrapped),
      })
    insertAudit(sql, audit)
    return records.length + bodies.length
  })
  sql.checkpoint()
  return count
}
