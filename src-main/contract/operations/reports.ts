import { z } from 'zod'
import type { DueToday, FlowReport, WorkReport } from '../../domain/report.ts'
import { managers, query } from '../operation.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** Local days of the shop, both included; left out, the last seven. */
const period = z.object({ from: day.optional(), to: day.optional() })

/** How it goes: figures over any period, and the same as CSV. */
export const reportOperations = {
  /** Collections with what is packed for them and what is not, and problems with what mends them. */
  'reports.due': query<DueToday>()(managers, z.object({})),
  'reports.flow': query<FlowReport>()(managers, period),
  'reports.work': query<WorkReport>()(managers, period),
  'reports.export': query<{ readonly fileName: string; readonly csv: string; readonly rows: number }>()(
    managers,
    period.extend({ part: z.enum(['days', 'hours', 'walks', 'cartons', 'late', 'reorder', 'count']) }),
  ),
}
