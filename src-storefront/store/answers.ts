import type { Db } from './database.ts'

export interface StoredAnswer {
  readonly status: number
  readonly body: string
}

/** Days for which the same key gets the same answer. */
const keepDays = 30
const dayMs = 86_400_000

/** The answer given to this key before; `other-body` when the key was used for something else. */
export function findAnswer(
  db: Db,
  scope: string,
  request: { key: string; bodyHash: string },
): StoredAnswer | 'other-body' | undefined {
  const row = db
    .prepare<[string, string], { body_hash: string; status: number; body: string }>(
      'SELECT body_hash, status, body FROM answer WHERE scope = ? AND key = ?',
    )
    .get(scope, request.key)
  if (row === undefined) return undefined
  return row.body_hash === request.bodyHash ? { status: row.status, body: row.body } : 'other-body'
}

/** Call in the transaction that does what is answered. */
export function saveAnswer(
  db: Db,
  scope: string,
  answer: { key: string; bodyHash: string; status: number; body: string; nowMs: number },
): void {
  db.prepare('INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)').run(
    scope,
    answer.key,
    answer.bodyHash,
    answer.status,
    answer.body,
    answer.nowMs,
  )
}

export const forgetOldAnswers = (db: Db, nowMs: number): void =>
  void db.prepare('DELETE FROM answer WHERE created_at < ?').run(nowMs - keepDays * dayMs)
