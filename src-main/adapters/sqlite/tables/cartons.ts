import type { Carton, StockedCarton } from '../../../domain/carton.ts'
import { orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'

interface CartonRow {
  code: string
  name: string
  inner_length_mm: number
  inner_width_mm: number
  inner_height_mm: number
  outer_length_mm: number
  outer_width_mm: number
  outer_height_mm: number
  tare_g: number
  max_gross_g: number
  max_volume_cm3: number | null
  cost_minor: number
  is_insulated: number
  padding_mm: number
  coolant_mm3: number
  coolant_g: number
  on_hand: number
  reserved: number
  warn_below: number | null
}

/** In order of inner volume, then code. */
export function selectCartons(sql: Sql): readonly StockedCarton[] {
  const rows = sql.all<CartonRow>(
    `select cartons.*, coalesce(sum(level.on_hand), 0) as on_hand, coalesce(sum(level.reserved), 0) as reserved
     from cartons left join stock_levels level on level.shop_id = cartons.shop_id and level.item_kind = 'carton'
       and level.sku = cartons.code
     where cartons.shop_id = @shop group by cartons.code
     order by inner_length_mm * inner_width_mm * inner_height_mm, cartons.code`,
  )
  return rows.map((row) => ({ carton: cartonOf(row), onHand: row.on_hand, reserved: row.reserved }))
}

const cartonOf = (row: CartonRow): Carton => ({
  code: row.code,
  name: row.name,
  innerMm: [row.inner_length_mm, row.inner_width_mm, row.inner_height_mm],
  outerMm: [row.outer_length_mm, row.outer_width_mm, row.outer_height_mm],
  tareG: row.tare_g,
  maxGrossG: row.max_gross_g,
  maxVolumeCm3: orUndefined(row.max_volume_cm3),
  costMinor: row.cost_minor,
  insulated: row.is_insulated === 1,
  paddingMm: row.padding_mm,
  coolantMm3: row.coolant_mm3,
  coolantG: row.coolant_g,
  warnBelow: orUndefined(row.warn_below),
})

export const deleteCarton = (sql: Sql, code: string): void =>
  void sql.run('delete from cartons where shop_id = @shop and code = @code', { code })

export function upsertCarton(sql: Sql, { innerMm, outerMm, ...carton }: Carton): void {
  sql.run(
    `insert into cartons (shop_id, code, name, inner_length_mm, inner_width_mm, inner_height_mm, outer_length_mm,
       outer_width_mm, outer_height_mm, tare_g, max_gross_g, max_volume_cm3, cost_minor, is_insulated, padding_mm,
       coolant_mm3, coolant_g, warn_below)
     values (@shop, @code, @name, @innerLength, @innerWidth, @innerHeight, @outerLength, @outerWidth, @outerHeight,
       @tareG, @maxGrossG, @maxVolumeCm3, @costMinor, @insulated, @paddingMm, @coolantMm3, @coolantG,
       @warnBelow)
     on conflict (shop_id, code) do update set name = excluded.name, inner_length_mm = excluded.inner_length_mm,
       inner_width_mm = excluded.inner_width_mm, inner_height_mm = excluded.inner_height_mm,
       outer_length_mm = excluded.outer_length_mm, outer_width_mm = excluded.outer_width_mm,
       outer_height_mm = excluded.outer_height_mm, tare_g = excluded.tare_g, max_gross_g = excluded.max_gross_g,
       max_volume_cm3 = excluded.max_volume_cm3, cost_minor = excluded.cost_minor,
       is_insulated = excluded.is_insulated, padding_mm = excluded.padding_mm, coolant_mm3 = excluded.coolant_mm3,
       coolant_g = excluded.coolant_g, warn_below = excluded.warn_below`,
    {
      ...carton,
      innerLength: innerMm[0],
      innerWidth: innerMm[1],
      innerHeight: innerMm[2],
      outerLength: outerMm[0],
      outerWidth: outerMm[1],
      outerHeight: outerMm[2],
    },
  )
}
