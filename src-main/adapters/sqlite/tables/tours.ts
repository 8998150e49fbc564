import type { PickTour, Stop } from '../../../domain/tour.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'

interface TourRow {
  id: string
  wave_id: string
  seq: number
  length_mm: number
  lower_bound_mm: number
  is_optimal: number
  method: string
  bin_order_mm: number
  stops_json: string
  path_json: string
}

/** In order of `seq`. */
export const selectTours = (sql: Sql, waveId: string): readonly PickTour[] =>
  sql
    .all<TourRow>('select * from pick_tours where shop_id = @shop and wave_id = @waveId order by seq, id', { waveId })
    .map((row) => ({
      id: row.id,
      waveId: row.wave_id,
      seq: row.seq,
      stops: fromJson<readonly Stop[]>(row.stops_json),
      lengthMm: row.length_mm,
      lowerBoundMm: row.lower_bound_mm,
      isOptimal: row.is_optimal === 1,
      method: row.method,
      binOrderMm: row.bin_order_mm,
      path: fromJson<PickTour['path']>(row.path_json),
    }))

export function upsertTours(sql: Sql, tours: readonly PickTour[]): void {
  for (const { stops, path, ...tour } of tours) {
    sql.run(
      `insert into pick_tours (shop_id, id, wave_id, seq, length_mm, lower_bound_mm, is_optimal, method, bin_order_mm,
         stops_json, path_json)
       values (@shop, @id, @waveId, @seq, @lengthMm, @lowerBoundMm, @isOptimal, @method, @binOrderMm, @stops, @path)
       on conflict (shop_id, id) do update set wave_id = excluded.wave_id, seq = excluded.seq,
         length_mm = excluded.length_mm, lower_bound_mm = excluded.lower_bound_mm, is_optimal = excluded.is_optimal,
         method = excluded.method, bin_order_mm = excluded.bin_order_mm, stops_json = excluded.stops_json,
         path_json = excluded.path_json`,
      { ...tour, stops: toJson(stops), path: toJson(path) },
    )
  }
}

export function deleteTours(sql: Sql, waveId: string): void {
  sql.run('delete from pick_tours where shop_id = @shop and wave_id = @waveId', { waveId })
}
