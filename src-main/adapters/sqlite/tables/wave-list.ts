import { fulfilmentTable } from '../../../domain/fulfilment.ts'
import type { ParcelStatus } from '../../../domain/fulfilment.ts'
import type { WaveHead } from '../../../domain/wave.ts'
import type { ListQuery, Page } from '../../../ports/store/catalogue-store.ts'
import type { WaveRow } from '../../../ports/store/wave-store.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

const orderCount = `(select count(*) from wave_orders member
  where member.shop_id = @shop and member.wave_id = waves.id)`
const parcelCount = `(select count(*) from parcels
  where parcels.shop_id = @shop and parcels.wave_id = waves.id and parcels.status <> 'cancelled')`

const sortColumns: { readonly [sort: string]: string } = {
  created: 'created_at',
  code: 'fold(code)',
  stage: 'stage',
  orders: orderCount,
  parcels: parcelCount,
}

/** A page of waves; an unknown sort is the default one: newest first. */
export function selectWavePage(sql: Sql, query: ListQuery): Page<WaveRow> {
  const column = sortColumns[query.sort ?? 'created'] ?? 'created_at'
  const isDescending = query.descending ?? column === 'created_at'
  const where = `shop_id = @shop${query.search ? ' and has_words(@search, code)' : ''}`
  const { limit, offset, search } = query
  const rows = sql.all<HeadRow>(
    `select id, code, stage, created_at as createdAt, json_array_length(unplanned_json) as unplannedCount,
       ${orderCount} as orderCount
     from waves where ${where}
     order by ${column}${isDescending ? ' desc' : ''}, id limit @limit offset @offset`,
    { limit, offset, search },
  )
  const counts = parcelCountsOf(sql, rows)
  const count = sql.get<{ total: number }>(`select count(*) as total from waves where ${where}`, { search })
  return {
    rows: rows.map(({ orderCount: orders, unplannedCount, ...wave }) => ({
      wave,
      orderCount: orders,
      unplannedCount,
      ...(counts.get(wave.id) ?? { parcelCount: 0, pickedParcels: 0, packedParcels: 0 }),
    })),
    total: count?.total ?? 0,
  }
}

type HeadRow = WaveHead & { readonly orderCount: number; readonly unplannedCount: number }
type ParcelCounts = Pick<WaveRow, 'parcelCount' | 'pickedParcels' | 'packedParcels'>

/** By wave id; counted in an index, and in tours only where somebody is picking. */
function parcelCountsOf(sql: Sql, waves: readonly WaveHead[]): ReadonlyMap<string, ParcelCounts> {
  const rows = sql.all<{ wave_id: string; status: ParcelStatus; n: number }>(
    `select wave_id, status, count(*) as n from parcels
     where shop_id = @shop and wave_id in (select value from json_each(@waveIds)) and status <> 'cancelled'
     group by wave_id, status`,
    { waveIds: idList(waves.map(({ id }) => id)) },
  )
  const picking = rows.filter(({ status }) => status === 'picking').map((row) => row.wave_id)
  const open = parcelsStillToPick(sql, picking)
  return new Map(
    [...Map.groupBy(rows, (row) => row.wave_id)].map(([waveId, of]) => {
      const sum = (counted: (row: (typeof of)[number]) => number): number =>
        of.reduce((total, row) => total + counted(row), 0)
      const packedParcels = sum(({ status, n }) => (isPacked(status) ? n : 0))
      const inPicking = sum(({ status, n }) => (status === 'picking' ? n : 0))
      const pickedParcels = packedParcels + inPicking - (open.get(waveId) ?? 0)
      return [waveId, { parcelCount: sum(({ n }) => n), pickedParcels, packedParcels }]
    }),
  )
}

const isPacked = (status: ParcelStatus): boolean => fulfilmentTable[status].rank >= fulfilmentTable.packed.rank

/** How many parcels in picking have a stop at which not every piece is picked or known to be missing, by wave id. */
function parcelsStillToPick(sql: Sql, waveIds: readonly string[]): ReadonlyMap<string, number> {
  const rows = sql.all<{ wave_id: string; n: number }>(
    `select tour.wave_id, count(distinct parcel.id) as n
     from pick_tours tour, json_each(tour.stops_json) stop, parcels parcel
     where tour.shop_id = @shop and tour.wave_id in (select value from json_each(@waveIds))
       and stop.value ->> 'picked' + stop.value ->> 'short' < stop.value ->> 'quantity'
       and parcel.shop_id = tour.shop_id and parcel.id = stop.value ->> 'parcelId' and parcel.status = 'picking'
     group by tour.wave_id`,
    { waveIds: idList(waveIds) },
  )
  return new Map(rows.map((row) => [row.wave_id, row.n]))
}
