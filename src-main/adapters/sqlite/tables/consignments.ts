import type { Consignment, RoutePlan } from '../../../domain/manifest.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'

interface ConsignmentRow {
  id: string
  wave_id: string
  order_id: string
  carrier_code: string
  collection_day: string
  parcel_ids_json: string
  sequence: string
  routing_code: string
  route: number
}

interface RouteRow {
  wave_id: string
  carrier_code: string
  collection_day: string
  stops: number
  distance_m: number
  lower_bound_m: number
  is_optimal: number
}

const consignmentOf = (row: ConsignmentRow): Consignment => ({
  id: row.id,
  orderId: row.order_id,
  waveId: row.wave_id,
  carrierCode: row.carrier_code,
  collectionDay: row.collection_day,
  parcelIds: fromJson<readonly string[]>(row.parcel_ids_json),
  sequence: row.sequence,
  routingCode: row.routing_code,
  route: row.route,
})

/** In the order in which they were planned. */
export const selectConsignments = (sql: Sql, waveId: string): readonly Consignment[] =>
  sql
    .all<ConsignmentRow>('select * from consignments where shop_id = @shop and wave_id = @waveId order by position', {
      waveId,
    })
    .map(consignmentOf)

/** Of other waves that are still open: the only ones that can hold parcels without a manifest. */
export const selectOtherConsignments = (sql: Sql, waveId: string): readonly Consignment[] =>
  sql
    .all<ConsignmentRow>(
      `select consignments.* from waves
       join consignments on consignments.shop_id = waves.shop_id and consignments.wave_id = waves.id
       where waves.shop_id = @shop and waves.stage <> 'closed' and waves.id <> @waveId
       order by waves.created_at, waves.id, consignments.position`,
      { waveId },
    )
    .map(consignmentOf)

export const selectRoutes = (sql: Sql, waveId: string): readonly RoutePlan[] =>
  sql
    .all<RouteRow>('select * from route_plans where shop_id = @shop and wave_id = @waveId order by position', {
      waveId,
    })
    .map((row) => ({
      waveId: row.wave_id,
      carrierCode: row.carrier_code,
      collectionDay: row.collection_day,
      stops: row.stops,
      distanceM: row.distance_m,
      lowerBoundM: row.lower_bound_m,
      isOptimal: row.is_optimal === 1,
    }))

export function replaceConsignments(sql: Sql, waveId: string, consignments: readonly Consignment[]): void {
  sql.run('delete from consignments where shop_id = @shop and wave_id = @waveId', { waveId })
  consignments.forEach(({ parcelIds, ...consignment }, position) =>
    sql.run(
      `insert into consignments (shop_id, id, wave_id, position, order_id, carrier_code, collection_day,
         parcel_ids_json, sequence, routing_code, route)
       values (@shop, @id, @waveId, @position, @orderId, @carrierCode, @collectionDay,
         @parcelIds, @sequence, @routingCode, @route)`,
      { ...consignment, position, parcelIds: toJson(parcelIds) },
    ),
  )
}

export function replaceRoutes(sql: Sql, waveId: string, routes: readonly RoutePlan[]): void {
  sql.run('delete from route_plans where shop_id = @shop and wave_id = @waveId', { waveId })
  routes.forEach((route, position) =>
    sql.run(
      `insert into route_plans (shop_id, wave_id, position, carrier_code, collection_day, stops, distance_m,
         lower_bound_m, is_optimal)
       values (@shop, @waveId, @position, @carrierCode, @collectionDay, @stops, @distanceM, @lowerBoundM, @isOptimal)`,
      { ...route, position },
    ),
  )
}
