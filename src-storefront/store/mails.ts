import type { Db } from './database.ts'

export type MailState = 'waiting' | 'sent' | 'refused' | 'given-up' | 'dropped'

export interface MailRow {
  id: number
  message_id: string
  kind: string
  thread: string
  user_id: string | null
  order_id: string | null
  locale: string
  facts: string
  state: MailState
  written_at: number
  due_at: number
  tries: number
  tried_at: number | null
  ended_at: number | null
  failure: string | null
  wrapped_key: Buffer | null
  sealed: Buffer | null
}

export type NewMailRow = Pick<
  MailRow,
  | 'message_id'
  | 'kind'
  | 'thread'
  | 'user_id'
  | 'order_id'
  | 'locale'
  | 'facts'
  | 'written_at'
  | 'due_at'
  | 'wrapped_key'
  | 'sealed'
>

/** Call inside the transaction that does what the mail tells. */
export const insertMail = (db: Db, row: NewMailRow): void =>
  void db
    .prepare(
      `INSERT INTO mail (message_id, kind, thread, user_id, order_id, locale, facts, state, written_at, due_at, tries,
         wrapped_key, sealed)
       VALUES (@message_id, @kind, @thread, @user_id, @order_id, @locale, @facts, 'waiting', @written_at, @due_at, 0,
         @wrapped_key, @sealed)`,
    )
    .run(row)

/** A mail of this kind about the order that nobody has tried to send yet: more can still go into it. */
export const findUntried = (db: Db, orderId: string, kind: string): MailRow | undefined =>
  db
    .prepare<[string, string], MailRow>(
      "SELECT * FROM mail WHERE order_id = ? AND kind = ? AND state = 'waiting' AND tries = 0 ORDER BY id DESC LIMIT 1",
    )
    .get(orderId, kind)

export const saveFacts = (db: Db, id: number, facts: string): void =>
  void db.prepare('UPDATE mail SET facts = ? WHERE id = ?').run(facts, id)

/** Waiting, and first of its thread. */
const isFirst = `state = 'waiting' AND NOT EXISTS (
  SELECT 1 FROM mail earlier WHERE earlier.state = 'waiting' AND earlier.thread = mail.thread AND earlier.id < mail.id)`

/** The mail to send next: due, and no earlier one of its thread still waits. */
export const findDue = (db: Db, nowMs: number): MailRow | undefined =>
  db
    .prepare<[number], MailRow>(`SELECT * FROM mail WHERE due_at <= ? AND ${isFirst} ORDER BY due_at, id LIMIT 1`)
    .get(nowMs)

/** When the next mail is due; undefined when none waits. */
export const nextDueAt = (db: Db): number | undefined =>
  db.prepare<[], { due: number | null }>(`SELECT min(due_at) AS due FROM mail WHERE ${isFirst}`).get()?.due ?? undefined

export const markTried = (db: Db, id: number, times: { nowMs: number; dueAt: number }): void =>
  void db
    .prepare('UPDATE mail SET tries = tries + 1, tried_at = ?, due_at = ? WHERE id = ?')
    .run(times.nowMs, times.dueAt, id)

export const markFailed = (db: Db, id: number, failure: { code: string; dueAt: number }): void =>
  void db
    .prepare('UPDATE mail SET failure = ?, due_at = max(due_at, ?) WHERE id = ?')
    .run(failure.code, failure.dueAt, id)

/** Ends a mail, and with it the address. */
export const endMail = (
  db: Db,
  id: number,
  end: { state: Exclude<MailState, 'waiting'>; nowMs: number; failure?: string },
): void =>
  void db
    .prepare(
      'UPDATE mail SET state = ?, ended_at = ?, failure = coalesce(?, failure), wrapped_key = NULL, sealed = NULL ' +
        "WHERE id = ? AND state = 'waiting'",
    )
    .run(end.state, end.nowMs, end.failure ?? null, id)

/** Drops what waits for a customer who wants to be forgotten; what an open order still has to tell stays. */
export const dropMailsOf = (db: Db, userId: string, nowMs: number): void =>
  void db
    .prepare(
      `UPDATE mail SET state = 'dropped', ended_at = ?, wrapped_key = NULL, sealed = NULL
         WHERE state = 'waiting' AND user_id = ? AND (order_id IS NULL OR order_id NOT IN (
           SELECT id FROM customer_order WHERE status IN ('open', 'on-hold')))`,
    )
    .run(nowMs, userId)

export const dropThread = (db: Db, thread: string, nowMs: number): void =>
  void db
    .prepare(
      `UPDATE mail SET state = 'dropped', ended_at = ?, wrapped_key = NULL, sealed = NULL
         WHERE state = 'waiting' AND thread = ?`,
    )
    .run(nowMs, thread)

/** Gives up what was written before; for mails that nobody sends any more, because mail was switched off since. */
export const giveUpOld = (db: Db, beforeMs: number, nowMs: number): void =>
  void db
    .prepare(
      `UPDATE mail SET state = 'given-up', ended_at = ?, failure = coalesce(failure, 'too-old'), wrapped_key = NULL,
         sealed = NULL WHERE state = 'waiting' AND written_at < ?`,
    )
    .run(nowMs, beforeMs)

/** A password mail's thread names the address, if only by its index: it goes as soon as its links have. */
export const forgetEndedMails = (db: Db, before: { passwordMs: number; otherMs: number }): void =>
  void db
    .prepare("DELETE FROM mail WHERE state <> 'waiting' AND ended_at < iif(kind = 'password-reset', ?, ?)")
    .run(before.passwordMs, before.otherMs)

/** When mails were tried since; oldest first. */
export const triedSince = (db: Db, sinceMs: number): readonly number[] =>
  db
    .prepare<[number], { tried_at: number }>('SELECT tried_at FROM mail WHERE tried_at > ? ORDER BY tried_at')
    .all(sinceMs)
    .map(({ tried_at }) => tried_at)

export interface MailCount {
  readonly state: MailState
  readonly mails: number
}

export const countMails = (db: Db): readonly MailCount[] =>
  db.prepare<[], MailCount>('SELECT state, count(*) AS mails FROM mail GROUP BY state').all()

export type TroubledMail = Pick<MailRow, 'message_id' | 'kind' | 'state' | 'written_at' | 'tries' | 'failure'> & {
  readonly order_number: number | null
}

/** Refused and given-up mails, and those waiting after a failure; newest first. */
export const troubledMails = (db: Db, limit: number): readonly TroubledMail[] =>
  db
    .prepare<[number], TroubledMail>(
      `SELECT message_id, kind, state, written_at, tries, failure,
         (SELECT number FROM customer_order WHERE id = mail.order_id) AS order_number
       FROM mail WHERE state IN ('refused', 'given-up') OR (state = 'waiting' AND failure IS NOT NULL)
       ORDER BY id DESC LIMIT ?`,
    )
    .all(limit)
