import type { Db } from './database.ts'

/** How a terminal came to read an order that is not its own: by the link, or by number and e-mail address. */
export type AccessWay = 'link' | 'look-up'

export const findAccess = (db: Db, tokenHash: string, orderId: string): AccessWay | undefined =>
  db
    .prepare<[string, string], { how: AccessWay }>('SELECT how FROM order_access WHERE token_hash = ? AND order_id = ?')
    .get(tokenHash, orderId)?.how

/** A look-up never takes back what a link has opened. */
export const grantAccess = (db: Db, tokenHash: string, grant: { orderId: string; how: AccessWay }): void =>
  void db
    .prepare(
      `INSERT INTO order_access VALUES (?, ?, ?)
       ON CONFLICT (token_hash, order_id) DO UPDATE SET how = excluded.how WHERE excluded.how = 'link'`,
    )
    .run(tokenHash, grant.orderId, grant.how)
