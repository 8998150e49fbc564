import type { Db } from './database.ts'

export interface CustomerRow {
  user_id: string
  kind: 'account' | 'guest'
  identified_by: 'password' | 'guest-session'
  identified_at: number
  locale: string
  email_index: string | null
  password_hash: string | null
  previous_user_id: string | null
  wrapped_key: Buffer | null
  sealed: Buffer | null
  erasure_requested_at: number | null
}

export interface SessionRow {
  token_hash: string
  user_id: string
  form_token: string
  seen_at: number
}

const byId = 'SELECT * FROM customer WHERE user_id = ?'

export const findCustomer = (db: Db, userId: string): CustomerRow | undefined =>
  db.prepare<[string], CustomerRow>(byId).get(userId)

/** Everyone who opened an account with this e-mail address; the address alone tells them not apart. */
export const findAccounts = (db: Db, emailIndex: string): readonly CustomerRow[] =>
  db
    .prepare<[string], CustomerRow>(
      "SELECT * FROM customer WHERE email_index = ? AND kind = 'account' ORDER BY user_id",
    )
    .all(emailIndex)

/** The first other customer seen with this e-mail address. */
export const findEarlierCustomer = (db: Db, emailIndex: string, butNot: string): string | undefined =>
  db
    .prepare<[string, string], { user_id: string }>(
      'SELECT user_id FROM customer WHERE email_index = ? AND user_id <> ? ORDER BY identified_at, user_id LIMIT 1',
    )
    .get(emailIndex, butNot)?.user_id

export function saveCustomer(db: Db, row: CustomerRow): void {
  db.prepare(
    `INSERT INTO customer VALUES (@user_id, @kind, @identified_by, @identified_at, @locale, @email_index, @password_hash,
       @previous_user_id, @wrapped_key, @sealed, @erasure_requested_at)
     ON CONFLICT (user_id) DO UPDATE SET kind = excluded.kind, identified_by = excluded.identified_by,
       identified_at = excluded.identified_at, locale = excluded.locale, email_index = excluded.email_index,
       password_hash = excluded.password_hash, previous_user_id = excluded.previous_user_id,
       wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, erasure_requested_at = excluded.erasure_requested_at`,
  ).run(row)
}

export const findSession = (db: Db, tokenHash: string): SessionRow | undefined =>
  db.prepare<[string], SessionRow>('SELECT * FROM session WHERE token_hash = ?').get(tokenHash)

export const insertSession = (db: Db, row: SessionRow): void =>
  void db.prepare('INSERT INTO session VALUES (@token_hash, @user_id, @form_token, @seen_at)').run(row)

export const touchSession = (db: Db, tokenHash: string, nowMs: number): void =>
  void db.prepare('UPDATE session SET seen_at = ? WHERE token_hash = ?').run(nowMs, tokenHash)

export const deleteSession = (db: Db, tokenHash: string): void =>
  void db.prepare('DELETE FROM session WHERE token_hash = ?').run(tokenHash)

export const deleteSessionsOf = (db: Db, userId: string): void =>
  void db.prepare('DELETE FROM session WHERE user_id = ?').run(userId)

/** Forgets sessions not seen since, and with them guests who never said who they are nor ordered. */
export function deleteIdleSessions(db: Db, since: { identified: number; anonymous: number }): void {
  db.transaction(() => {
    db.prepare('DELETE FROM session WHERE seen_at < ?').run(since.identified)
    db.prepare(
      `DELETE FROM session WHERE seen_at < ? AND user_id IN (
         SELECT user_id FROM customer WHERE email_index IS NULL
           AND user_id NOT IN (SELECT user_id FROM customer_order) AND user_id NOT IN (SELECT user_id FROM cart_line))`,
    ).run(since.anonymous)
    // A guest whom no session and no order knows any more: name, address and e-mail have served their purpose.
    db.prepare(
      `UPDATE customer SET wrapped_key = NULL, sealed = NULL, email_index = NULL, previous_user_id = NULL
         WHERE kind = 'guest' AND (sealed IS NOT NULL OR email_index IS NOT NULL)
           AND user_id NOT IN (SELECT user_id FROM session)
           AND user_id NOT IN (SELECT user_id FROM customer_order WHERE sealed IS NOT NULL)`,
    ).run()
    db.prepare(
      `DELETE FROM customer WHERE email_index IS NULL AND kind = 'guest' AND erasure_requested_at IS NULL
         AND user_id NOT IN (SELECT user_id FROM session) AND user_id NOT IN (SELECT user_id FROM customer_order)`,
    ).run()
  }).immediate()
}

export interface CartRow {
  sku: string
  quantity: number
}

export const readCart = (db: Db, userId: string): readonly CartRow[] =>
  db.prepare<[string], CartRow>('SELECT sku, quantity FROM cart_line WHERE user_id = ? ORDER BY sku').all(userId)

export function replaceCart(db: Db, userId: string, lines: readonly CartRow[]): void {
  const replace = db.transaction(() => {
    db.prepare('DELETE FROM cart_line WHERE user_id = ?').run(userId)
    const insert = db.prepare('INSERT INTO cart_line VALUES (?, ?, ?)')
    for (const { sku, quantity } of lines) insert.run(userId, sku, quantity)
  })
  replace.immediate()
}
