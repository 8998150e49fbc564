import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DemoOptions } from './options.ts'

export interface Summary {
  readonly seed: number
  readonly sealing: string
  readonly orders: number
  readonly parcels: number
  readonly provenFewest: number
  readonly provenBest: number
  readonly unplanned: number
  readonly cartons: Readonly<Record<string, number>>
  readonly tours: number
  readonly metres: number
  readonly metresBinOrder: number
  readonly documents: number
  readonly manifests: number
  readonly reports: number
  readonly wrongScansRefused: number
  readonly shortPicks: number
  readonly recipientsOpened: number
  /** What one customer's order page showed, look by look. */
  readonly states: readonly string[]
  readonly secondsByStage: Readonly<Record<string, number>>
  readonly labels: readonly {
    readonly parcel: string
    readonly order: string
    readonly courier: string
    readonly file: string
  }[]
}

export const writeSummary = (options: DemoOptions, summary: Summary): Promise<void> =>
  writeFile(join(options.out, 'summary.json'), JSON.stringify(summary, null, 2) + '\n')

const documentFolders = ['pick-sheets', 'slips', 'labels', 'run-sheets', 'manifests', 'documents']

/** What really lies in the output folder; an order that only gets collected leaves some folders out. */
export async function countDocuments(out: string): Promise<number> {
  const counts = documentFolders.map(async (folder) => (await readdir(join(out, folder)).catch(() => [])).length)
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

/** The table a person reads at the end. */
export function tableOf(summary: Summary): string {
  const saved = summary.metresBinOrder === 0 ? 0 : Math.round(100 - (summary.metres / summary.metresBinOrder) * 100)
  const rows: readonly (readonly [string, string])[] = [
    ['orders', `${summary.orders}${summary.unplanned > 0 ? ` (${summary.unplanned} on hold)` : ''}`],
    ['parcels', String(summary.parcels)],
    ['proven fewest / best', `${summary.provenFewest} / ${summary.provenBest} of ${summary.orders}`],
    [
      'cartons',
      Object.entries(summary.cartons)
        .map(([code, count]) => `${code} ${count}`)
        .join(', '),
    ],
    [
      'walked',
      `${summary.metres} m in ${summary.tours} tours; in bin-name order ${summary.metresBinOrder} m (${saved} % saved)`,
    ],
    ['documents', String(summary.documents)],
    [
      'manifests',
      `${summary.manifests} sealed and signed, ${summary.recipientsOpened} recipients opened by their couriers`,
    ],
    ['reports to the storefront', String(summary.reports)],
    ['refused scans, short picks', `${summary.wrongScansRefused}, ${summary.shortPicks}`],
    ['one parcel, as its customer saw it', summary.states.join(' > ')],
    [
      'seconds',
      Object.entries(summary.secondsByStage)
        .map(([stage, seconds]) => `${stage} ${seconds}`)
        .join(', '),
    ],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n') + '\n'
}
