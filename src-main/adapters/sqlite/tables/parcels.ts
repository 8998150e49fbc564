import type { HandlingMark } from '../../../domain/catalogue.ts'
import type { ParcelStatus } from '../../../domain/fulfilment.ts'
import type { ParcelReturn } from '../../../domain/parcel-return.ts'
import type { Parcel, ParcelContent, ParcelTotals, Placement, Why } from '../../../domain/parcel.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Size } from '../../../kernel/units.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import type { Sql, Values } from '../sql.ts'
import { idList } from '../sql.ts'

interface ParcelRow {
  id: string
  order_id: string
  order_code: string
  letter: string
  wave_id: string
  carton: string | null
  inner_json: string | null
  outer_json: string
  contents_json: string
  placements_json: string
  totals_json: string
  checked_by: Parcel['checkedBy']
  handling_json: string
  why_json: string
  status: ParcelStatus
  carrier_code: string | null
  number: string | null
  sequence: string | null
  routing_code: string | null
  manifest_id: string | null
  tracking: string | null
  returns_json: string | null
}

/** Upserts by id. A number once given belongs to its parcel for good: another one with it throws ERR_INTERNAL. */
export function upsertParcels(sql: Sql, parcels: readonly Parcel[]): void {
  for (const parcel of parcels) {
    if (parcel.number !== undefined) takeNumber(sql, parcel.number, parcel.id)
    upsertParcel(sql, parcel)
  }
}

function takeNumber(sql: Sql, number: string, parcelId: string): void {
  const given = { number, parcelId }
  sql.run(
    `insert into parcel_numbers (shop_id, number, parcel_id) values (@shop, @number, @parcelId)
     on conflict (shop_id, number) do nothing`,
    given,
  )
  const owner = sql.get<{ parcel_id: string }>(
    'select parcel_id from parcel_numbers where shop_id = @shop and number = @number',
    given,
  )
  if (owner?.parcel_id !== parcelId) throw new AppError('ERR_INTERNAL', { what: 'parcel-number-taken', ...given })
}

function upsertParcel(sql: Sql, parcel: Parcel): void {
  sql.run(
    `insert into parcels (shop_id, id, order_id, order_code, letter, wave_id, carton, inner_json, outer_json,
       contents_json, placements_json, totals_json, checked_by, handling_json, why_json, status, carrier_code, number,
       sequence, routing_code, manifest_id, tracking, returns_json)
     values (@shop, @id, @orderId, @orderCode, @letter, @waveId, @carton, @inner, @outer,
       @contentsText, @placementsText, @totalsText, @checkedBy, @handlingText, @whyText, @status, @carrierCode, @number,
       @sequence, @routingCode, @manifestId, @tracking, @returnsText)
     on conflict (shop_id, id) do update set order_id = excluded.order_id, order_code = excluded.order_code,
       letter = excluded.letter, wave_id = excluded.wave_id, carton = excluded.carton,
       inner_json = excluded.inner_json, outer_json = excluded.outer_json, contents_json = excluded.contents_json,
       placements_json = excluded.placements_json, totals_json = excluded.totals_json,
       checked_by = excluded.checked_by, handling_json = excluded.handling_json, why_json = excluded.why_json,
       status = excluded.status, carrier_code = excluded.carrier_code, number = excluded.number,
       sequence = excluded.sequence, routing_code = excluded.routing_code, manifest_id = excluded.manifest_id,
       tracking = excluded.tracking, returns_json = excluded.returns_json`,
    valuesOf(parcel),
  )
}

function valuesOf(parcel: Parcel): Values {
  const { innerMm, outerMm, contents, placements, totals, handling, why, returns, ...plain } = parcel
  return {
    ...plain,
    inner: innerMm && toJson(innerMm),
    outer: toJson(outerMm),
    contentsText: toJson(contents),
    placementsText: toJson(placements),
    totalsText: toJson(totals),
    handlingText: toJson(handling),
    whyText: toJson(why),
    returnsText: returns && toJson(returns),
  }
}

const parcelOf = (row: ParcelRow): Parcel => ({
  id: row.id,
  orderId: row.order_id,
  orderCode: row.order_code,
  letter: row.letter,
  waveId: row.wave_id,
  carton: orUndefined(row.carton),
  innerMm: row.inner_json === null ? undefined : fromJson<Size>(row.inner_json),
  outerMm: fromJson<Size>(row.outer_json),
  contents: fromJson<readonly ParcelContent[]>(row.contents_json),
  placements: fromJson<readonly Placement[]>(row.placements_json),
  totals: fromJson<ParcelTotals>(row.totals_json),
  checkedBy: row.checked_by,
  handling: fromJson<readonly HandlingMark[]>(row.handling_json),
  why: fromJson<Why>(row.why_json),
  status: row.status,
  carrierCode: orUndefined(row.carrier_code),
  number: orUndefined(row.number),
  sequence: orUndefined(row.sequence),
  routingCode: orUndefined(row.routing_code),
  manifestId: orUndefined(row.manifest_id),
  tracking: orUndefined(row.tracking),
  returns: row.returns_json === null ? undefined : fromJson<readonly ParcelReturn[]>(row.returns_json),
})

/** Orders by short code, then A to Z, then AA. */
const byCodeAndLetter = 'order by order_code, length(letter), letter, id'

/** All parcels of these orders, in order of short code and letter. */
export const selectParcelsOfOrders = (sql: Sql, orderIds: readonly string[]): readonly Parcel[] =>
  sql
    .all<ParcelRow>(
      `select * from parcels where shop_id = @shop and order_id in (select value from json_each(@orderIds))
       ${byCodeAndLetter}`,
      { orderIds: idList(orderIds) },
    )
    .map(parcelOf)

export const selectParcelsOfWave = (sql: Sql, waveId: string): readonly Parcel[] =>
  sql
    .all<ParcelRow>(`select * from parcels where shop_id = @shop and wave_id = @waveId ${byCodeAndLetter}`, { waveId })
    .map(parcelOf)

/** Packed, with this carrier, and on no manifest yet. */
export const selectParcelsToHandOver = (sql: Sql, carrierCode: string): readonly Parcel[] =>
  sql
    .all<ParcelRow>(
      `select * from parcels
       where shop_id = @shop and carrier_code = @carrierCode and status = 'packed' and manifest_id is null
       ${byCodeAndLetter}`,
      { carrierCode },
    )
    .map(parcelOf)

/** In the order of the ids; what is not there is left out. */
export function selectParcels(sql: Sql, ids: readonly string[]): readonly Parcel[] {
  const rows = sql.all<ParcelRow>(
    'select * from parcels where shop_id = @shop and id in (select value from json_each(@ids))',
    { ids: idList(ids) },
  )
  const parcelById = new Map(rows.map((row) => [row.id, parcelOf(row)]))
  return [...new Set(ids)].flatMap((id) => parcelById.get(id) ?? [])
}

/** By id, else by the number it carries now. */
export function selectParcelByNumber(sql: Sql, numberOrId: string): Parcel | undefined {
  const row =
    sql.get<ParcelRow>('select * from parcels where shop_id = @shop and id = @numberOrId', { numberOrId }) ??
    sql.get<ParcelRow>(
      `select parcels.* from parcel_numbers taken
       join parcels on parcels.shop_id = taken.shop_id and parcels.id = taken.parcel_id
       where taken.shop_id = @shop and taken.number = @numberOrId and parcels.number = @numberOrId`,
      { numberOrId },
    )
  return row && parcelOf(row)
}

/** Ids grow with time: the greatest is the newest. */
export function selectTracked(sql: Sql, tracking: string): Parcel | undefined {
  const row = sql.get<ParcelRow>(
    'select * from parcels where shop_id = @shop and tracking = @tracking order by +id desc limit 1',
    { tracking },
  )
  return row && parcelOf(row)
}

/** Their papers are void and belong to the order from now on: it is by its orders that a purge finds papers. */
export function deletePlannedParcels(sql: Sql, waveId: string, at: number): void {
  sql.run(
    `update documents set withdrawn_at = coalesce(withdrawn_at, @at), subject_id =
       (select order_id from parcels where parcels.shop_id = @shop and parcels.id = documents.subject_id)
     where shop_id = @shop and subject_id in
       (select id from parcels where shop_id = @shop and wave_id = @waveId and status = 'planned')`,
    { waveId, at },
  )
  sql.run("delete from parcels where shop_id = @shop and wave_id = @waveId and status = 'planned'", { waveId })
}
