import { exportReport } from '../../application/export-report.ts'
import { listDue } from '../../application/list-due.ts'
import { reportFlow } from '../../application/report-flow.ts'
import { reportWork } from '../../application/report-work.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { reportOperations } from '../../contract/operations/reports.ts'
import type { Handlers } from '../handlers.ts'

/** Handlers of contract/operations/reports.ts. */
export const reportHandlers = (workshop: Workshop): Pick<Handlers, keyof typeof reportOperations> => ({
  'reports.due': () => listDue(workshop),
  'reports.flow': (input) => reportFlow(workshop, input),
  'reports.work': (input) => reportWork(workshop, input),
  'reports.export': (input) => exportReport(workshop, input),
})
