import type { Floor, Location } from '../../../domain/floor.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'

interface LocationRow {
  code: string
  aisle: number
  along_mm: number
  side: Location['side']
  shelf: number
}

export function replaceFloor(sql: Sql, floor: Floor, locations: readonly Location[]): void {
  sql.run(
    `insert into floors (shop_id, floor_json) values (@shop, @floor)
     on conflict (shop_id) do update set floor_json = excluded.floor_json`,
    { floor: toJson(floor) },
  )
  sql.run('delete from locations where shop_id = @shop')
  for (const { code, place, side, shelf } of locations) {
    sql.run(
      `insert into locations (shop_id, code, aisle, along_mm, side, shelf)
       values (@shop, @code, @aisle, @along, @side, @shelf)`,
      { code, aisle: place[0], along: place[1], side, shelf },
    )
  }
}

/** Locations in order of their code. */
export function selectFloor(sql: Sql): { floor: Floor; locations: readonly Location[] } | undefined {
  const row = sql.get<{ floor_json: string }>('select floor_json from floors where shop_id = @shop')
  return row && { floor: fromJson<Floor>(row.floor_json), locations: selectLocations(sql) }
}

const selectLocations = (sql: Sql): readonly Location[] =>
  sql
    .all<LocationRow>('select code, aisle, along_mm, side, shelf from locations where shop_id = @shop order by code')
    .map((row) => ({ code: row.code, place: [row.aisle, row.along_mm], side: row.side, shelf: row.shelf }))
