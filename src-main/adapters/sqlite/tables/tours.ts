import type { PickTour, Stop, TourWalk } from '../../../domain/tour.ts'
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
  done_json: string | null
  finished_at: number | null
  walked_mm: number | null
  worked_ms: number | null
  planned_ms: number | null
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
      ...walkOf(row),
    }))

function walkOf(row: TourRow): Pick<PickTour, 'walk'> {
  if (row.done_json === null) return {}
  const done = fromJson<TourWalk['done']>(row.done_json)
  const { finished_at: at, walked_mm: walkedMm, worked_ms: workedMs, planned_ms: plannedMs } = row
  if (at === null || walkedMm === null || workedMs === null || plannedMs === null) return { walk: { done } }
  return { walk: { done, finished: { at, walkedMm, workedMs, plannedMs } } }
}

export function upsertTours(sql: Sql, tours: readonly PickTour[]): void {
  for (const { stops, path, walk, ...tour } of tours) {
    sql.run(
      `insert into pick_tours (shop_id, id, wave_id, seq, length_mm, lower_bound_mm, is_optimal, method, bin_order_mm,
         stops_json, path_json, done_json, finished_at, walked_mm, worked_ms, planned_ms)
       values (@shop, @id, @waveId, @seq, @lengthMm, @lowerBoundMm, @isOptimal, @method, @binOrderMm, @stops, @path,
         @done, @finishedAt, @walkedMm, @workedMs, @plannedMs)
       on conflict (shop_id, id) do update set wave_id = excluded.wave_id, seq = excluded.seq,
         length_mm = excluded.length_mm, lower_bound_mm = excluded.lower_bound_mm, is_optimal = excluded.is_optimal,
         method = excluded.method, bin_order_mm = excluded.bin_order_mm, stops_json = excluded.stops_json,
         path_json = excluded.path_json, done_json = excluded.done_json, finished_at = excluded.finished_at,
         walked_mm = excluded.walked_mm, worked_ms = excluded.worked_ms, planned_ms = excluded.planned_ms`,
      {
        ...tour,
        stops: toJson(stops),
        path: toJson(path),
        done: walk && toJson(walk.done),
        finishedAt: walk?.finished?.at,
        walkedMm: walk?.finished?.walkedMm,
        workedMs: walk?.finished?.workedMs,
        plannedMs: walk?.finished?.plannedMs,
      },
    )
  }
}

export function deleteTours(sql: Sql, waveId: string): void {
  sql.run('delete from pick_tours where shop_id = @shop and wave_id = @waveId', { waveId })
}
