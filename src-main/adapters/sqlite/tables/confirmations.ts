import { AppError } from '../../../kernel/errors.ts'
import type { KeptConfirmation } from '../../../ports/store/wave-store.ts'
import type { Sql } from '../sql.ts'

/** Throws ERR_STATUS_NOT_ALLOWED for an id that is kept already. */
export function insertConfirmation(sql: Sql, confirmation: KeptConfirmation): void {
  const added = sql.run(
    `insert into confirmations (shop_id, id, wave_id, deed, at) values (@shop, @id, @waveId, @deed, @at)
     on conflict (id, shop_id) do nothing`,
    { ...confirmation },
  )
  if (added === 0) throw new AppError('ERR_STATUS_NOT_ALLOWED', { confirmation: confirmation.id })
}

export function selectConfirmation(sql: Sql, id: string): KeptConfirmation | undefined {
  return sql.get<KeptConfirmation>(
    'select id, wave_id as waveId, deed, at from confirmations where id = @id and shop_id = @shop',
    { id },
  )
}

/** Those of waves that can still be worked on stay, however old they are: told again, they must not count again. */
export const deleteConfirmations = (sql: Sql, before: number): number =>
  sql.run(
    `delete from confirmations where shop_id = @shop and at < @before and not exists
       (select 1 from waves where waves.id = wave_id and waves.shop_id = @shop and stage <> 'closed')`,
    { before },
  )
