import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

/** Replaces the blind-index tokens by which an order is found. */
export function replaceTokens(sql: Sql, orderId: string, tokens: readonly string[]): void {
  deleteTokens(sql, [orderId])
  sql.run(
    `insert into search_tokens (shop_id, token, order_id)
     select distinct @shop, value, @orderId from json_each(@tokens)`,
    { orderId, tokens: idList(tokens) },
  )
}

export function deleteTokens(sql: Sql, orderIds: readonly string[]): void {
  sql.run('delete from search_tokens where shop_id = @shop and order_id in (select value from json_each(@orderIds))', {
    orderIds: idList(orderIds),
  })
}
