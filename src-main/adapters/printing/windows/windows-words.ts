import type { PrintReason } from '../../../domain/print-job.ts'
import type { MediaName } from '../../../domain/print-media.ts'
import type { PrinterLook } from '../../../ports/printing.ts'

/**
 * The printers of Windows as JSON. One fixed sentence: nothing typed by anybody is ever part of it. The words are those
 * of WMI's Win32_Printer, which are the same in every language of Windows.
 */
export const listPrinters =
  '[Console]::OutputEncoding = [Text.Encoding]::UTF8; ' +
  'ConvertTo-Json -Compress @(Get-CimInstance Win32_Printer | ' +
  'Select-Object Name, Default, WorkOffline, DetectedErrorState)'

export interface WindowsPrinter {
  readonly name: string
  readonly isDefault: boolean
  readonly look: PrinterLook
}

/** Win32_Printer.DetectedErrorState; low paper (3) and low toner (5) still print. */
const errorStates: { readonly [state: number]: PrintReason } = {
  4: 'paper-out',
  6: 'toner-out',
  7: 'head-open',
  8: 'needs-attention',
  9: 'not-answering',
  10: 'needs-attention',
  11: 'needs-attention',
}

/** Undefined for what is no such list. A single printer may come without its brackets. */
export function readPrinters(said: string): readonly WindowsPrinter[] | undefined {
  try {
    const json: unknown = JSON.parse(said.replace(/^\uFEFF/, '').trim() || '[]')
    return (Array.isArray(json) ? json : [json]).flatMap(printerOf)
  } catch {
    return undefined
  }
}

function printerOf(entry: unknown): readonly WindowsPrinter[] {
  if (typeof entry !== 'object' || entry === null || !('Name' in entry) || typeof entry.Name !== 'string') return []
  const state = 'DetectedErrorState' in entry ? Number(entry.DetectedErrorState) : 0
  const isOffline = 'WorkOffline' in entry && entry.WorkOffline === true
  const reason = isOffline ? 'not-answering' : errorStates[state]
  return [
    {
      name: entry.Name,
      isDefault: 'Default' in entry && entry.Default === true,
      look: { isReady: reason === undefined, reasons: reason ? [reason] : [] },
    },
  ]
}

/** Names that every driver knows. Label sizes have none: there the driver's own default is the roll that is in it. */
const paperNames: { readonly [name in MediaName]?: string } = { A6: 'A6', A5: 'A5', A4: 'A4', letter: 'letter' }

/** What SumatraPDF is told about one job. */
export const printSettings = (media: MediaName, isScaled: boolean): string =>
  [isScaled ? 'fit' : 'noscale', paperNames[media] && `paper=${paperNames[media]}`].filter(Boolean).join(',')
