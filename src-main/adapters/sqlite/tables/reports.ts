import type { DoubtedPlace, LateOrder, UsedStock } from '../../../domain/report.ts'
import type {
  FlowCount,
  LateOrders,
  PackedCount,
  PackedGroup,
  Span,
  StockNeeds,
  StockQuestion,
  WalkSum,
} from '../../../ports/store/report-store.ts'
import { fromJson, orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'

const within = (column: string): string => `${column} >= @from and ${column} < @to`
/** Indices are made for this order: shop, status, time. */
const eventsOf = (status: string): string =>
  `fulfilment_events where shop_id = @shop and status = '${status}' and ${within('at')} and parcel_id is not null`

/** Their costs and papers without their pictures: of its own accord SQLite reads the rows, which are long. */
const parcelsShort = 'parcels indexed by parcels_for_reports'

export const selectFlow = (sql: Sql, { from, to }: Span): readonly FlowCount[] =>
  sql.all<{ quarter: number; what: FlowCount['what']; count: number }>(
    `select placed_at / 900000 as quarter, 'placed' as what, count(*) as count from orders
       where shop_id = @shop and ${within('placed_at')} group by placed_at / 900000
     union all
     select last / 900000, 'packed-orders', count(*)
       from (select max(at) as last from ${eventsOf('packed')} group by order_id) group by last / 900000
     union all
     select at / 900000, 'packed', count(*) from ${eventsOf('packed')} group by at / 900000
     union all
     select at / 900000, 'handed-over', count(*) from ${eventsOf('handed-over')} group by at / 900000
     order by 1, 2`,
    { from, to },
  )

interface WalkRow {
  quarter: number
  tours: number
  planned_mm: number
  bin_order_mm: number
  walked_mm: number
  planned_ms: number
  worked_ms: number
}

export const selectWalks = (sql: Sql, { from, to }: Span): readonly WalkSum[] =>
  sql
    .all<WalkRow>(
      `select finished_at / 900000 as quarter, count(*) as tours, sum(length_mm) as planned_mm,
         sum(bin_order_mm) as bin_order_mm, sum(walked_mm) as walked_mm, sum(planned_ms) as planned_ms,
         sum(worked_ms) as worked_ms
       from pick_tours where shop_id = @shop and finished_at is not null and ${within('finished_at')}
       group by finished_at / 900000 order by 1`,
      { from, to },
    )
    .map((row) => ({
      quarter: row.quarter,
      tours: row.tours,
      plannedMm: row.planned_mm,
      binOrderMm: row.bin_order_mm,
      walkedMm: row.walked_mm,
      plannedMs: row.planned_ms,
      workedMs: row.worked_ms,
    }))

interface GroupRow {
  carrier_code: string | null
  carton: string | null
  outer_json: string
  gross_g: number
  parcels: number
}

export function selectPacked(sql: Sql, { from, to }: Span): PackedCount {
  const spread = sql.all<{ parcels: number; orders: number }>(
    `select parcels, count(*) as orders
     from (select count(distinct parcel_id) as parcels from ${eventsOf('packed')} group by order_id)
     group by parcels order by parcels`,
    { from, to },
  )
  const groups = sql.all<GroupRow>(
    `select parcels.carrier_code, parcels.carton, parcels.outer_json, parcels.totals_json ->> '$.grossG' as gross_g,
       count(*) as parcels
     from (select distinct parcel_id from ${eventsOf('packed')}) packed
     cross join ${parcelsShort} on parcels.id = packed.parcel_id and parcels.shop_id = @shop
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    { from, to },
  )
  return { spread, groups: groups.map(groupOf) }
}

const groupOf = (row: GroupRow): PackedGroup => ({
  carrierCode: orUndefined(row.carrier_code),
  carton: orUndefined(row.carton),
  outerMm: fromJson<PackedGroup['outerMm']>(row.outer_json),
  grossG: row.gross_g,
  parcels: row.parcels,
})

/** Joined to nothing, the status is no way in: the few events of one order are. */
export function selectLate(sql: Sql, { from, to }: Span, now: number): LateOrders {
  const handedOver = sql.get<{ orders: number }>(
    `select count(distinct order_id) as orders from ${eventsOf('handed-over')}`,
    { from, to },
  )
  const windows = sql.all<{ code: string; due: number; done: number | null }>(
    `select orders.code, orders.window_to as due, (select max(at) from fulfilment_events told
         where told.shop_id = @shop and told.order_id = orders.id and told.status || '' = 'delivered') as done
     from orders where shop_id = @shop and window_to is not null and ${within('window_to')}
       and service <> 'collect' and status not in ('cancelled', 'returned')
       and coalesce((select max(at) from fulfilment_events told
         where told.shop_id = @shop and told.order_id = orders.id and told.status || '' = 'delivered'), @now) > window_to
     order by window_to, code`,
    { from, to, now },
  )
  const collections = sql.all<{ code: string; due: string; done: string }>(
    `select parcels.order_code as code, min(planned.collection_day) as due, max(manifests.collection_day) as done
     from (select distinct parcel_id from ${eventsOf('handed-over')}) handed
     cross join ${parcelsShort} on parcels.id = handed.parcel_id and parcels.shop_id = @shop
     cross join manifests on manifests.id = parcels.manifest_id and manifests.shop_id = @shop
     cross join consignments planned on planned.order_id = parcels.order_id and planned.shop_id = @shop
       and planned.wave_id = parcels.wave_id and planned.collection_day < manifests.collection_day
     group by parcels.order_code order by 2, 1`,
    { from, to },
  )
  return {
    handedOver: handedOver?.orders ?? 0,
    late: [
      ...windows.map(({ code, due, done }): LateOrder => ({
        because: 'window',
        order: code,
        dueAt: due,
        doneAt: orUndefined(done),
      })),
      ...collections.map(({ code, due, done }): LateOrder => ({
        because: 'collection',
        order: code,
        dueDay: due,
        doneDay: done,
      })),
    ],
  }
}

const nameOf = (table: string): string =>
  `coalesce(case when ${table}.item_kind = 'carton'
     then (select name from cartons where cartons.code = ${table}.sku and cartons.shop_id = @shop)
     else (select name from products where products.sku = ${table}.sku and products.shop_id = @shop) end, '')`

export function selectStockNeeds(sql: Sql, { from, to, days, coverDays, limit }: StockQuestion): StockNeeds {
  const toReorder = sql.all<UsedStock>(
    `with taken as materialized (
       select item_kind, sku, -sum(quantity) as used from stock_movements
       where shop_id = @shop and kind = 'picked' and ${within('at')} group by item_kind, sku),
     stocked as materialized (
       select item_kind, sku, used, (select coalesce(sum(on_hand - reserved), 0) from stock_levels
         where stock_levels.sku = taken.sku and stock_levels.item_kind = taken.item_kind
           and stock_levels.shop_id = @shop) as free
       from taken where used > 0)
     select item_kind as "of", sku, ${nameOf('stocked')} as name, used, free from stocked
     where free * @days < used * @coverDays order by free * 1.0 / used, item_kind, sku limit @limit`,
    { from, to, days, coverDays, limit },
  )
  const toCount = sql.all<DoubtedPlace>(
    `select sku, ${nameOf('short')} as name, location, -sum(quantity) as missing, max(at) as at
     from stock_movements short
     where shop_id = @shop and kind = 'corrected' and ${within('at')} and item_kind = 'product'
       and reason = 'short-pick'
       and not exists (select 1 from stock_movements counted where counted.shop_id = @shop and counted.kind = 'counted'
         and counted.at > short.at and counted.item_kind = 'product' and counted.sku = short.sku
         and counted.location = short.location)
     group by sku, location order by at desc, sku, location limit @limit`,
    { from, to, limit },
  )
  return { toReorder, toCount }
}

/** By courier: there are few, and the index begins with them. */
export const selectUnpacked = (sql: Sql): readonly { readonly carrierCode: string; readonly parcels: number }[] =>
  sql.all(
    `select carriers.code as carrierCode, (select count(*) from parcels
       where parcels.carrier_code = carriers.code and parcels.status in ('planned', 'picking')
         and parcels.shop_id = @shop and parcels.manifest_id is null) as parcels
     from carriers where shop_id = @shop order by code`,
  )

export const countWindows = (sql: Sql, { from, to }: Span): number =>
  sql.get<{ orders: number }>(
    `select count(*) as orders from orders where shop_id = @shop and window_to is not null and ${within('window_to')}
       and service <> 'collect' and status in ('received', 'on-hold', 'planned', 'picking', 'packed')`,
    { from, to },
  )?.orders ?? 0
