import type { PrintJob } from '../../../domain/print-job.ts'
import { emptyPrintSetup, type PrintSetup } from '../../../domain/print-printer.ts'
import type { Page } from '../../../ports/store/catalogue-store.ts'
import type { PrintJobQuery } from '../../../ports/store/print-store.ts'
import { fromJson, orUndefined, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

interface JobRow {
  id: string
  run_id: string
  position: number
  created_at: number
  changed_at: number
  actor: string
  kind: string
  document_id: string | null
  title: string
  printer_id: string
  printer_name: string
  state: string
  reason: string | null
  spooler_job: string | null
  is_again: number
  is_scaled: number
}

const jobColumns = `id, run_id, position, created_at, changed_at, actor, kind, document_id, title, printer_id,
  printer_name, state, reason, spooler_job, is_again, is_scaled`

/** Kinds, states and reasons were written from a PrintJob: the types say so again. */
const jobOf = (row: JobRow): PrintJob => ({
  id: row.id,
  runId: row.run_id,
  position: row.position,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  actor: row.actor,
  kind: row.kind as PrintJob['kind'],
  documentId: orUndefined(row.document_id),
  title: row.title,
  printerId: row.printer_id,
  printerName: row.printer_name,
  state: row.state as PrintJob['state'],
  reason: orUndefined(row.reason) as PrintJob['reason'],
  spoolerJob: orUndefined(row.spooler_job),
  isAgain: row.is_again === 1,
  isScaled: row.is_scaled === 1,
})

export function upsertPrintSetup(sql: Sql, setup: PrintSetup): void {
  sql.run(
    `insert into print_setup (shop_id, setup_json) values (@shop, @json)
     on conflict (shop_id) do update set setup_json = excluded.setup_json`,
    { json: toJson(setup) },
  )
}

export function selectPrintSetup(sql: Sql): PrintSetup {
  const row = sql.get<{ setup_json: string }>('select setup_json from print_setup where shop_id = @shop')
  return row ? fromJson<PrintSetup>(row.setup_json) : emptyPrintSetup
}

export function upsertPrintJobs(sql: Sql, jobs: readonly PrintJob[]): void {
  for (const job of jobs)
    sql.run(
      `insert into print_jobs (shop_id, ${jobColumns}) values (@shop, @id, @runId, @position, @createdAt, @changedAt,
         @actor, @kind, @documentId, @title, @printerId, @printerName, @state, @reason, @spoolerJob, @isAgain, @isScaled)
       on conflict (shop_id, id) do update set changed_at = excluded.changed_at, state = excluded.state,
         reason = excluded.reason, spooler_job = excluded.spooler_job`,
      { ...job },
    )
}

export function selectPrintJob(sql: Sql, id: string): PrintJob | undefined {
  const row = sql.get<JobRow>(`select ${jobColumns} from print_jobs where shop_id = @shop and id = @id`, { id })
  return row && jobOf(row)
}

/** Newest run first; within a run by position. */
export function selectPrintJobs(sql: Sql, query: PrintJobQuery): Page<PrintJob> {
  const where = [
    'shop_id = @shop',
    query.runId !== undefined && 'run_id = @runId',
    query.states && 'state in (select value from json_each(@states))',
  ]
  const from = `from print_jobs where ${where.filter(Boolean).join(' and ')}`
  const values = { runId: query.runId, states: query.states && idList(query.states) }
  const rows = sql.all<JobRow>(
    `select ${jobColumns} ${from} order by created_at desc, run_id, position limit @limit offset @offset`,
    { ...values, limit: query.limit, offset: query.offset },
  )
  const count = sql.get<{ total: number }>(`select count(*) as total ${from}`, values)
  return { rows: rows.map(jobOf), total: count?.total ?? 0 }
}

export const selectPrintJobsOf = (sql: Sql, documentIds: readonly string[]): readonly PrintJob[] =>
  sql
    .all<JobRow>(
      `select ${jobColumns} from print_jobs where shop_id = @shop
         and document_id in (select value from json_each(@documentIds)) order by created_at, row_number`,
      { documentIds: idList(documentIds) },
    )
    .map(jobOf)
