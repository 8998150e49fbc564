import type { ReportStore } from '../../ports/store/report-store.ts'
import type { Sql } from './sql.ts'
import {
  countWindows,
  selectFlow,
  selectLate,
  selectPacked,
  selectStockNeeds,
  selectUnpacked,
  selectWalks,
} from './tables/reports.ts'

export const reportStore = (sql: Sql): ReportStore => ({
  countFlow: (span) => sql.read(() => selectFlow(sql, span)),
  sumWalks: (span) => sql.read(() => selectWalks(sql, span)),
  countPacked: (span) => sql.read(() => selectPacked(sql, span)),
  findLate: (span, now) => sql.read(() => selectLate(sql, span, now)),
  findStockNeeds: (question) => sql.read(() => selectStockNeeds(sql, question)),
  countUnpacked: () => sql.read(() => selectUnpacked(sql)),
  countWindows: (span) => sql.read(() => countWindows(sql, span)),
})
