import type { Db } from './database.ts'

export interface PasswordLinkRow {
  token_hash: string
  user_id: string
  email_index: string
  expires_at: number
}

/** The same link again changes nothing: a mail that is sent once more carries the links it had. */
export const savePasswordLink = (db: Db, row: PasswordLinkRow): void =>
  void db
    .prepare(
      'INSERT INTO password_link VALUES (@token_hash, @user_id, @email_index, @expires_at) ON CONFLICT DO NOTHING',
    )
    .run(row)

export const findPasswordLink = (db: Db, tokenHash: string, nowMs: number): PasswordLinkRow | undefined =>
  db
    .prepare<[string, number], PasswordLinkRow>('SELECT * FROM password_link WHERE token_hash = ? AND expires_at > ?')
    .get(tokenHash, nowMs)

/** True when the link was still there: of two who use it at once, one is told so. */
export const useUpPasswordLink = (db: Db, tokenHash: string): boolean =>
  db.prepare('DELETE FROM password_link WHERE token_hash = ?').run(tokenHash).changes === 1

export const endPasswordLinks = (db: Db, emailIndex: string): void =>
  void db.prepare('DELETE FROM password_link WHERE email_index = ?').run(emailIndex)

export const endPasswordLinksOf = (db: Db, userId: string): void =>
  void db.prepare('DELETE FROM password_link WHERE user_id = ?').run(userId)

export const forgetOldPasswordLinks = (db: Db, nowMs: number): void =>
  void db.prepare('DELETE FROM password_link WHERE expires_at <= ?').run(nowMs)
