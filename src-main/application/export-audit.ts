import { AppError } from '../kernel/errors.ts'
import { isoMinute } from '../kernel/time.ts'
import type { AuditQuery } from '../ports/store/people-store.ts'
import type { Caller, Workshop } from './workshop.ts'

const columns = [
  { header: 'at', kind: 'text' },
  { header: 'actor', kind: 'text' },
  { header: 'action', kind: 'text' },
  { header: 'entity', kind: 'text' },
  { header: 'id', kind: 'code' },
] as const

const page = 500

/** The audit log as CSV, newest first, times on the shop's clock; ids and actions, never values. */
export async function exportAudit(
  { store, imports }: Pick<Workshop, 'store' | 'imports'>,
  caller: Caller,
  query: Pick<AuditQuery, 'search' | 'actions'>,
): Promise<{ readonly csv: string; readonly rows: number }> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const cells: (readonly string[])[] = []
  for (;;) {
    const { rows, total } = await store.listAudit({ ...query, offset: cells.length, limit: page })
    for (const { at, actor, action, entity, entityId } of rows)
      cells.push([isoMinute(at, settings.shop.zone), actor, action, entity, entityId])
    caller.watch.report({ step: 'export-file', done: cells.length, total })
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    if (rows.length < page)
      return { csv: imports.writeTable(columns, cells, { delimiter: ',', decimal: '.' }), rows: cells.length }
  }
}
