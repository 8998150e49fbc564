import type { PhotoType, ProductPhoto } from '../../../domain/product-photo.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

interface PhotoColumns {
  readonly sku: string
  readonly media_type: PhotoType
  readonly width_px: number
  readonly height_px: number
  readonly taken_at: number
  readonly bytes: Uint8Array
}

export function selectPhoto(sql: Sql, sku: string): ProductPhoto | undefined {
  const row = sql.get<PhotoColumns>(
    'select sku, media_type, width_px, height_px, taken_at, bytes from product_photos where shop_id = @shop and sku = @sku',
    { sku },
  )
  if (!row) return undefined
  const { media_type: mediaType, width_px: widthPx, height_px: heightPx, taken_at: takenAt } = row
  // Plain bytes, not Node's own kind of them.
  return { sku: row.sku, mediaType, widthPx, heightPx, takenAt, bytes: new Uint8Array(row.bytes) }
}

export function upsertPhoto(sql: Sql, { sku, mediaType, widthPx, heightPx, takenAt, bytes }: ProductPhoto): void {
  sql.run(
    `insert into product_photos (shop_id, sku, media_type, width_px, height_px, taken_at, bytes)
     values (@shop, @sku, @mediaType, @widthPx, @heightPx, @takenAt, @bytes)
     on conflict (sku, shop_id) do update set media_type = excluded.media_type, width_px = excluded.width_px,
       height_px = excluded.height_px, taken_at = excluded.taken_at, bytes = excluded.bytes`,
    { sku, mediaType, widthPx, heightPx, takenAt, bytes },
  )
}

export function deletePhotos(sql: Sql, skus: readonly string[]): void {
  sql.run('delete from product_photos where shop_id = @shop and sku in (select value from json_each(@skus))', {
    skus: idList(skus),
  })
}
