import { fulfilmentTable } from '../../../domain/fulfilment.ts'
import type { Parcel } from '../../../domain/parcel.ts'
import type { Wave } from '../../../domain/wave.ts'
import type { ListQuery, Page } from '../../../ports/store/catalogue-store.ts'
import type { WaveRow } from '../../../ports/store/wave-store.ts'
import type { Sql } from '../sql.ts'
import { selectParcelsOfWave } from './parcels.ts'
import { selectTours } from './tours.ts'
import type { WaveColumns } from './waves.ts'
import { waveColumns, wavesOf } from './waves.ts'

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
  const rows = sql.all<WaveColumns>(
    `select ${waveColumns} from waves where ${where}
     order by ${column}${isDescending ? ' desc' : ''}, id limit @limit offset @offset`,
    { limit, offset, search },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total from waves where ${where}`, { search })
  return { rows: wavesOf(sql, rows).map((wave) => rowOf(sql, wave)), total: count?.total ?? 0 }
}

function rowOf(sql: Sql, wave: Wave): WaveRow {
  const parcels = selectParcelsOfWave(sql, wave.id).filter(({ status }) => status !== 'cancelled')
  const open = parcelsStillToPick(sql, wave)
  const isPicked = (parcel: Parcel): boolean =>
    isPacked(parcel) || (parcel.status === 'picking' && !open.has(parcel.id))
  return {
    wave,
    orderCount: wave.orderIds.length,
    parcelCount: parcels.length,
    pickedParcels: parcels.filter(isPicked).length,
    packedParcels: parcels.filter(isPacked).length,
  }
}

const isPacked = ({ status }: Parcel): boolean => fulfilmentTable[status].rank >= fulfilmentTable.packed.rank

/** Ids of parcels with a stop at which not every piece is picked or known to be missing. */
function parcelsStillToPick(sql: Sql, wave: Wave): ReadonlySet<string> {
  const stops = selectTours(sql, wave.id).flatMap((tour) => tour.stops)
  return new Set(stops.filter((stop) => stop.picked + stop.short < stop.quantity).map((stop) => stop.parcelId))
}
