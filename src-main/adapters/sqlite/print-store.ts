import type { PrintStore } from '../../ports/store/print-store.ts'
import type { Sql } from './sql.ts'
import { insertAudit } from './tables/audit.ts'
import {
  selectPrintJob,
  selectPrintJobs,
  selectPrintJobsOf,
  selectPrintSetup,
  upsertPrintJobs,
  upsertPrintSetup,
} from './tables/print-jobs.ts'

export const printStore = (sql: Sql): PrintStore => ({
  loadPrintSetup: () => sql.read(() => selectPrintSetup(sql)),
  savePrintSetup: (setup, audit) =>
    sql.write(() => {
      upsertPrintSetup(sql, setup)
      insertAudit(sql, audit)
    }),
  savePrintJobs: (jobs, audit) =>
    sql.write(() => {
      upsertPrintJobs(sql, jobs)
      for (const entry of audit) insertAudit(sql, entry)
    }),
  findPrintJob: (id) => sql.read(() => selectPrintJob(sql, id)),
  listPrintJobs: (query) => sql.read(() => selectPrintJobs(sql, query)),
  loadPrintJobsOf: (documentIds) => sql.read(() => selectPrintJobsOf(sql, documentIds)),
})
