import type { Settings } from '../../../domain/settings.ts'
import { AppError } from '../../../kernel/errors.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'

export function selectSettings(sql: Sql): Settings | undefined {
  const row = sql.get<{ settings_json: string }>('select settings_json from settings where shop_id = @shop')
  return row && fromJson<Settings>(row.settings_json)
}

export function upsertSettings(sql: Sql, settings: Settings): void {
  sql.run(
    `insert into settings (shop_id, settings_json) values (@shop, @settings)
     on conflict (shop_id) do update set settings_json = excluded.settings_json`,
    { settings: toJson(settings) },
  )
}

/** Throws ERR_SHOP_NOT_INITIALISED. */
export function getSettings(sql: Sql): Settings {
  const settings = selectSettings(sql)
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED')
  return settings
}
