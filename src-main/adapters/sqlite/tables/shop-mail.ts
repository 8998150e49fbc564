import { shopMailOwner, type ShopMail } from '../../../domain/shop-mail.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { putSealed, selectSealed } from './sealed-records.ts'

/** One record; the password beside it, sealed. Undefined = none. */
export function putShopMail(sql: Sql, mail: ShopMail | undefined): void {
  if (!mail) {
    sql.run('delete from mail_settings where shop_id = @shop')
    return putSealed(sql, { kind: 'shop-mail', id: shopMailOwner }, undefined)
  }
  const { sealedPassword, ...settings } = mail
  sql.run(
    `insert into mail_settings (shop_id, mail_json) values (@shop, @json)
     on conflict (shop_id) do update set mail_json = excluded.mail_json`,
    { json: toJson(settings) },
  )
  putSealed(sql, { kind: 'shop-mail', id: shopMailOwner }, sealedPassword)
}

export function selectShopMail(sql: Sql): ShopMail | undefined {
  const row = sql.get<{ mail_json: string }>('select mail_json from mail_settings where shop_id = @shop')
  if (!row) return undefined
  const sealedPassword = selectSealed(sql, 'shop-mail', [shopMailOwner]).get(shopMailOwner)
  return { ...fromJson<ShopMail>(row.mail_json), ...(sealedPassword && { sealedPassword }) }
}
