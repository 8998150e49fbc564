import type { Carrier } from '../../../domain/carrier.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'

/** Keys, tariff, limits and the like are nobody's query, so the record is one opaque text beside what sorts and finds it. */
export function upsertCarrier(sql: Sql, carrier: Carrier): void {
  sql.run(
    `insert into carriers (shop_id, code, name, priority, carrier_json) values (@shop, @code, @name, @priority, @json)
     on conflict (shop_id, code) do update set
       name = excluded.name, priority = excluded.priority, carrier_json = excluded.carrier_json`,
    { code: carrier.code, name: carrier.name, priority: carrier.priority, json: toJson(carrier) },
  )
}

/** In order of priority, then code. */
export const selectCarriers = (sql: Sql): readonly Carrier[] =>
  sql
    .all<{ carrier_json: string }>('select carrier_json from carriers where shop_id = @shop order by priority, code')
    .map((row) => fromJson<Carrier>(row.carrier_json))

export function selectCarrier(sql: Sql, code: string): Carrier | undefined {
  const row = sql.get<{ carrier_json: string }>(
    'select carrier_json from carriers where shop_id = @shop and code = @code',
    { code },
  )
  return row && fromJson<Carrier>(row.carrier_json)
}
