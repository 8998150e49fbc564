import type { Sql } from '../sql.ts'

/** Takes `count` running numbers (from 1) and answers the first of them. */
export function takeNumbers(sql: Sql, name: string, count: number): number {
  const row = sql.get<{ last: number }>(
    `insert into counters (shop_id, name, last) values (@shop, @name, @count)
     on conflict (shop_id, name) do update set last = last + excluded.last returning last`,
    { name, count },
  )
  return (row?.last ?? 0) - count + 1
}
