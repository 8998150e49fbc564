import type { PrintJob } from '../../domain/print-job.ts'
import type { PrintStore } from '../../ports/store/print-store.ts'
import { kept, type MemoryState, saveAll, saveAudit } from './state.ts'
import { compareText } from './stock.ts'

/** Printers and what was sent to them, over the shared state. */
export const printingInMemory = (state: MemoryState): PrintStore => ({
  loadPrintSetup: async () => state.printSetup,
  async savePrintSetup(setup, audit) {
    state.printSetup = kept(setup)
    saveAudit(state, audit)
  },
  async savePrintJobs(jobs, audit) {
    saveAll(state.printJobs, jobs, ({ id }) => id)
    for (const entry of audit) saveAudit(state, entry)
  },
  findPrintJob: async (id) => state.printJobs.get(id),
  async listPrintJobs({ states, runId, offset, limit }) {
    const rows = [...state.printJobs.values()]
      .filter((job) => (states?.includes(job.state) ?? true) && (runId === undefined || job.runId === runId))
      .sort(newestRunFirst)
    return { rows: rows.slice(offset, offset + limit), total: rows.length }
  },
  async loadPrintJobsOf(documentIds) {
    return [...state.printJobs.values()]
      .filter(({ documentId }) => documentId !== undefined && documentIds.includes(documentId))
      .sort((a, b) => a.createdAt - b.createdAt)
  },
})

const newestRunFirst = (a: PrintJob, b: PrintJob): number =>
  b.createdAt - a.createdAt || compareText(a.runId, b.runId) || a.position - b.position
