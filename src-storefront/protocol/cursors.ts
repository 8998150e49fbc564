import { Refusal } from '../refusal.ts'
import { readMeta, type Db } from '../store/database.ts'

/**
 * A cursor names its feed, this database and a place in it. One of another database (restored, or a
 * new shop at the old address) has expired: 410, start over.
 */
export function cursorAt(db: Db, feed: string, seq: number): string {
  return Buffer.from(`${feed}.${readMeta(db, 'feed') ?? ''}.${seq}`, 'utf8').toString('base64url')
}

export function placeOf(db: Db, feed: string, cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0
  const [named, database, seq = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  if (named !== feed || !/^\d{1,15}$/.test(seq)) throw new Refusal(422, 'invalid', { details: { path: 'cursor' } })
  if (database !== readMeta(db, 'feed') || Number(seq) > lastOf(db, feed)) throw new Refusal(410, 'cursor-expired')
  return Number(seq)
}

/** A place beyond the end belongs to a database that was put back to an earlier day. */
function lastOf(db: Db, feed: string): number {
  const row = db.prepare<[string], { value: number }>('SELECT value FROM sequence WHERE name = ?').get(feed)
  return row?.value ?? 0
}
