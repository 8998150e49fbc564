import type { Listing, ProductPage } from '../../../ports/store/catalogue-store.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

export const selectListings = (sql: Sql, connectionId: string, externalIds: readonly string[]): readonly Listing[] =>
  sql.all<{ external_id: string; sku: string; elsewhere: number }>(
    `select external_id, sku, (select count(*) from listings other
       where other.shop_id = @shop and other.sku = listings.sku
         and not (other.connection_id = listings.connection_id and other.external_id = listings.external_id)) as elsewhere
     from listings where shop_id = @shop and connection_id = @connectionId
       and external_id in (select value from json_each(@externalIds)) order by external_id`,
    { connectionId, externalIds: idList(externalIds) },
  ).map(({ external_id, sku, elsewhere }) => ({ externalId: external_id, sku, elsewhere })) // prettier-ignore

export function upsertListings(sql: Sql, change: ProductPage): void {
  const { connectionId } = change
  for (const { externalId, sku } of change.listed)
    sql.run(
      `insert into listings (shop_id, connection_id, external_id, sku) values (@shop, @connectionId, @externalId, @sku)
       on conflict (shop_id, connection_id, external_id) do update set sku = excluded.sku`,
      { connectionId, externalId, sku },
    )
  for (const externalId of change.ended)
    sql.run('delete from listings where shop_id = @shop and connection_id = @connectionId and external_id = @externalId', { connectionId, externalId }) // prettier-ignore
}
