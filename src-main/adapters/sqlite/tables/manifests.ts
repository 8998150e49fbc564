import type { HandOver, Manifest } from '../../../domain/manifest.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ListQuery, Page } from '../../../ports/store/catalogue-store.ts'
import type { ManifestRow } from '../../../ports/store/dispatch-store.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'

interface ManifestColumns {
  id: string
  number: string
  carrier_code: string
  collection_day: string
  closed_at: number
  parcel_ids_json: string
  document_id: string
  sent_at: number | null
  received_at: number | null
  last_status_sequence: number
  hand_over_json: string
}

const manifestOf = (row: ManifestColumns): Manifest => ({
  id: row.id,
  number: row.number,
  carrierCode: row.carrier_code,
  collectionDay: row.collection_day,
  closedAt: row.closed_at,
  parcelIds: fromJson<readonly string[]>(row.parcel_ids_json),
  documentId: row.document_id,
  sentAt: orUndefined(row.sent_at),
  receivedAt: orUndefined(row.received_at),
  lastStatusSequence: row.last_status_sequence,
  handOver: row.hand_over_json === '{}' ? undefined : fromJson<HandOver>(row.hand_over_json),
})

export function upsertManifest(sql: Sql, { parcelIds, handOver, ...manifest }: Manifest): void {
  sql.run(
    `insert into manifests (shop_id, id, number, carrier_code, collection_day, closed_at, parcel_ids_json, document_id,
       sent_at, received_at, last_status_sequence, hand_over_json)
     values (@shop, @id, @number, @carrierCode, @collectionDay, @closedAt, @parcelIds, @documentId,
       @sentAt, @receivedAt, @lastStatusSequence, @handOver)
     on conflict (shop_id, id) do update set number = excluded.number, carrier_code = excluded.carrier_code,
       collection_day = excluded.collection_day, closed_at = excluded.closed_at,
       parcel_ids_json = excluded.parcel_ids_json, document_id = excluded.document_id, sent_at = excluded.sent_at,
       received_at = excluded.received_at, last_status_sequence = excluded.last_status_sequence,
       hand_over_json = excluded.hand_over_json`,
    { ...manifest, parcelIds: toJson(parcelIds), handOver: toJson(handOver ?? {}) },
  )
}

/** By id, else by number. */
export function selectManifest(sql: Sql, idOrNumber: string): Manifest | undefined {
  const row =
    sql.get<ManifestColumns>('select * from manifests where shop_id = @shop and id = @idOrNumber', { idOrNumber }) ??
    sql.get<ManifestColumns>('select * from manifests where shop_id = @shop and number = @idOrNumber', { idOrNumber })
  return row && manifestOf(row)
}

/** Throws ERR_MANIFEST_NOT_FOUND. */
export function getManifest(sql: Sql, idOrNumber: string): Manifest {
  const manifest = selectManifest(sql, idOrNumber)
  if (!manifest) throw new AppError('ERR_MANIFEST_NOT_FOUND', { manifest: idOrNumber })
  return manifest
}

const carrierName = 'coalesce(carriers.name, manifests.carrier_code)'

const sortColumns: { readonly [sort: string]: string } = {
  closed: 'closed_at',
  number: 'fold(number)',
  carrier: `fold(${carrierName})`,
  parcels: 'json_array_length(parcel_ids_json)',
}

/** A page of manifests; an unknown sort is the default one: the last closed first. */
export function selectManifestPage(sql: Sql, query: ListQuery): Page<ManifestRow> {
  const column = sortColumns[query.sort ?? 'closed'] ?? 'closed_at'
  const isDescending = query.descending ?? column === 'closed_at'
  const from = `from manifests left join carriers
      on carriers.shop_id = manifests.shop_id and carriers.code = manifests.carrier_code
    where manifests.shop_id = @shop${query.search ? ` and has_words(@search, number || ' ' || ${carrierName})` : ''}`
  const { limit, offset, search } = query
  const rows = sql.all<ManifestColumns & { carrier_name: string }>(
    `select manifests.*, ${carrierName} as carrier_name ${from}
     order by ${column}${isDescending ? ' desc' : ''}, manifests.id limit @limit offset @offset`,
    { limit, offset, search },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total ${from}`, { search })
  const page = rows.map((row) => {
    const manifest = manifestOf(row)
    return { manifest, carrierName: row.carrier_name, parcelCount: manifest.parcelIds.length }
  })
  return { rows: page, total: count?.total ?? 0 }
}
