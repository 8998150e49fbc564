import { AppError } from '../kernel/errors.ts'
import type { AuditEntry } from '../domain/people.ts'
import { isoMinute } from '../kernel/time.ts'
import type { AuditQuery } from '../ports/store/people-store.ts'
import { dayAfter, startOfDay } from './local-day.ts'
import { lookActions } from './looks.ts'
import type { Caller, Workshop } from './workshop.ts'

const columns = [
  { header: 'at', kind: 'text' },
  { header: 'actor', kind: 'text' },
  { header: 'action', kind: 'text' },
  { header: 'entity', kind: 'text' },
  { header: 'id', kind: 'code' },
  { header: 'facts', kind: 'text' },
] as const

const page = 500

/** The audit log as CSV, newest first, times on the shop's clock; ids and actions, never values. */
export async function exportAudit(
  { store, imports }: Pick<Workshop, 'store' | 'imports'>,
  caller: Caller,
  query: Omit<AuditQuery, 'offset' | 'limit' | 'sort' | 'descending'>,
): Promise<{ readonly csv: string; readonly rows: number }> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const cells: (readonly string[])[] = []
  for (;;) {
    const { rows, total } = await store.listAudit({ ...query, offset: cells.length, limit: page })
    for (const { at, actor, action, entity, entityId, facts } of rows)
      cells.push([isoMinute(at, settings.shop.zone), actor, action, entity, entityId, factsText(facts)])
    caller.watch.report({ step: 'export-file', done: cells.length, total })
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    if (rows.length < page)
      return { csv: imports.writeTable(columns, cells, { delimiter: ',', decimal: '.' }), rows: cells.length }
  }
}

const factsText = (facts: AuditEntry['facts']): string =>
  Object.entries(facts ?? {})
    .map(([name, fact]) => `${name}=${fact}`)
    .join(' ')

/** How people ask the log, as the store is asked: one action or all looks at personal data, local days as instants. */
export async function auditFilter(
  { store }: Pick<Workshop, 'store'>,
  asked: {
    readonly looks: boolean
    readonly action?: string | undefined
    readonly from?: string | undefined
    readonly to?: string | undefined
  },
): Promise<Pick<AuditQuery, 'actions' | 'from' | 'to'>> {
  const { looks, action, from, to } = asked
  const chosen = looks ? lookActions : undefined
  const actions = action === undefined ? chosen : (chosen?.includes(action) ?? true) ? [action] : []
  if (from === undefined && to === undefined) return { actions }
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  const { zone } = settings.shop
  return {
    actions,
    from: from === undefined ? undefined : startOfDay(from, zone),
    to: to === undefined ? undefined : startOfDay(dayAfter(to), zone),
  }
}
