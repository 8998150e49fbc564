import type { DocumentKind } from './document.ts'
import type { MediaName } from './print-media.ts'

/** What a printer is chosen for. */
export const printKinds = [
  'pick-sheet',
  'slip',
  'label',
  'carrier-label',
  'counter-slip',
  'run-sheet',
  'invoice',
] as const
export type PrintKind = (typeof printKinds)[number]

/** How a printer is reached: a queue of the system, which takes PDF, or a socket that takes ZPL. */
export type PrinterWay =
  | { readonly kind: 'queue'; readonly queue: string }
  | {
      readonly kind: 'zpl'
      readonly host: string
      readonly port: number
      /** It never answers the question for its state: what is sent to it stays handed over. */
      readonly isSilent: boolean
    }

export const zplPort = 9100

/** Dots per inch of label printers; a queue's own driver knows its own. */
export type Dpi = 203 | 300

export interface Printer {
  readonly id: string
  readonly name: string
  readonly way: PrinterWay
  readonly media: MediaName
  readonly dpi: Dpi
}

/** Which printer a kind of document goes to, at one terminal or, without one, everywhere else. */
export interface PrinterUse {
  readonly kind: PrintKind
  /** `station:<id>` as in the audit log, `desktop` for this machine's windows, `cli`. */
  readonly terminal?: string | undefined
  readonly printerId: string
}

/** The shop's printers; one record, replaced as a whole. */
export interface PrintSetup {
  readonly printers: readonly Printer[]
  readonly uses: readonly PrinterUse[]
  /** Windows: where SumatraPDF lies, when not in its usual places. */
  readonly program?: string | undefined
}

export const emptyPrintSetup: PrintSetup = { printers: [], uses: [] }

export const isPrintKind = (kind: DocumentKind | PrintKind): kind is PrintKind =>
  (printKinds as readonly string[]).includes(kind)

/** What sticks on a parcel. */
export const isOnParcel = (kind: PrintKind): boolean => keepsSize(kind) || kind === 'counter-slip'

/** Couriers' machines read labels: another size is refused, never scaled. */
export const keepsSize = (kind: PrintKind): boolean => kind === 'label' || kind === 'carrier-label'

/** ZPL is made for our own labels only; everything else is PDF. */
export const canTake = (printer: Printer, kind: PrintKind): boolean => printer.way.kind === 'queue' || kind === 'label'

/** The terminal's own printer for a kind, else the shop's; undefined when none is chosen. */
export function printerFor(setup: PrintSetup, kind: PrintKind, terminal: string): Printer | undefined {
  const uses = setup.uses.filter((use) => use.kind === kind)
  const use =
    uses.find((candidate) => candidate.terminal === terminal) ??
    uses.find((candidate) => candidate.terminal === undefined)
  return setup.printers.find(({ id }) => id === use?.printerId)
}

/** Two printers are one device when they are reached the same way. */
export const deviceOf = ({ way }: Printer): string =>
  way.kind === 'queue' ? `queue ${way.queue}` : `zpl ${way.host.toLowerCase()}:${way.port}`
