import type { Db } from './database.ts'

/** What is read for one person's export and erasure, beside their orders and basket. */

export const sessionsOf = (db: Db, userId: string): readonly { seen_at: number }[] =>
  db
    .prepare<[string], { seen_at: number }>('SELECT seen_at FROM session WHERE user_id = ? ORDER BY seen_at DESC')
    .all(userId)

export interface MailSummary {
  readonly kind: string
  readonly state: string
  readonly written_at: number
}

/** Mails to this person on record; their words and the address are not kept once they were sent. */
export const mailsOf = (db: Db, userId: string): readonly MailSummary[] =>
  db
    .prepare<[string], MailSummary>('SELECT kind, state, written_at FROM mail WHERE user_id = ? ORDER BY id')
    .all(userId)

/** The guests whose orders a session opened by their links; an account's order says nothing about its account. */
export const guestsOpenedByLink = (db: Db, tokenHash: string): readonly string[] =>
  db
    .prepare<[string], { user_id: string }>(
      `SELECT DISTINCT customer.user_id FROM order_access
         JOIN customer_order ON customer_order.id = order_access.order_id
         JOIN customer ON customer.user_id = customer_order.user_id
       WHERE order_access.token_hash = ? AND order_access.how = 'link' AND customer.kind = 'guest'`,
    )
    .all(tokenHash)
    .map(({ user_id }) => user_id)
