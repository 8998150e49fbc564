import type { UserInformation } from '../../../domain/user.ts'
import { orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { putSealed, selectSealed } from './sealed-records.ts'

interface UserRow {
  user_id: string
  kind: UserInformation['kind']
  identified_by: UserInformation['identifiedBy']
  identified_at: number
  locale: string
  email_token: string | null
}

export function upsertUsers(sql: Sql, users: readonly UserInformation[]): void {
  for (const { personal, ...user } of users) {
    sql.run(
      `insert into users (shop_id, user_id, kind, identified_by, identified_at, locale, email_token)
       values (@shop, @userId, @kind, @identifiedBy, @identifiedAt, @locale, @emailToken)
       on conflict (shop_id, user_id) do update set kind = excluded.kind, identified_by = excluded.identified_by,
         identified_at = excluded.identified_at, locale = excluded.locale, email_token = excluded.email_token`,
      user,
    )
    putSealed(sql, { kind: 'user', id: user.userId }, personal)
  }
}

export function selectUser(sql: Sql, userId: string): UserInformation | undefined {
  const row = sql.get<UserRow>(
    `select user_id, kind, identified_by, identified_at, locale, email_token from users
     where shop_id = @shop and user_id = @userId`,
    { userId },
  )
  return (
    row && {
      userId: row.user_id,
      kind: row.kind,
      identifiedBy: row.identified_by,
      identifiedAt: row.identified_at,
      locale: row.locale,
      personal: selectSealed(sql, 'user', [userId]).get(userId),
      emailToken: orUndefined(row.email_token),
    }
  )
}

/** Guests who came again share an address and nothing else; oldest identification first. */
export const selectUsersByEmail = (sql: Sql, emailToken: string): readonly UserInformation[] =>
  sql
    .all<{ user_id: string }>(
      'select user_id from users where shop_id = @shop and email_token = @emailToken order by identified_at, user_id',
      { emailToken },
    )
    .flatMap((row) => selectUser(sql, row.user_id) ?? [])
