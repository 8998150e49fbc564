import type { AuditEntry } from '../../domain/people.ts'
import type { PrintJob, PrintState } from '../../domain/print-job.ts'
import type { PrintSetup } from '../../domain/print-printer.ts'
import type { Page } from './catalogue-store.ts'

export interface PrintJobQuery {
  /** Only jobs in one of these states. */
  readonly states?: readonly PrintState[] | undefined
  readonly runId?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** Printers, and what was sent to them. Each method is one transaction. */
export interface PrintStore {
  /** Empty until the first printer is set up. */
  loadPrintSetup(): Promise<PrintSetup>
  savePrintSetup(setup: PrintSetup, audit: AuditEntry): Promise<void>
  /** Adds or replaces by id. */
  savePrintJobs(jobs: readonly PrintJob[], audit: readonly AuditEntry[]): Promise<void>
  findPrintJob(id: string): Promise<PrintJob | undefined>
  /** Newest run first; within a run by position. */
  listPrintJobs(query: PrintJobQuery): Promise<Page<PrintJob>>
  /** All jobs of these documents, oldest first. */
  loadPrintJobsOf(documentIds: readonly string[]): Promise<readonly PrintJob[]>
}
