import { AppError } from '../kernel/errors.ts'
import { canTake, type Printer, type PrinterUse, type PrintSetup } from '../domain/print-printer.ts'
import { auditEntry, newId } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

export type NewPrinter = Omit<Printer, 'id'> & { readonly id?: string | undefined }

/** Adds a printer, or replaces the one with this id. Throws ERR_PRINTER_NOT_FOUND, ERR_INPUT_INVALID for a name taken. */
export async function savePrinter(deps: Deps, caller: Caller, wanted: NewPrinter): Promise<Printer> {
  const setup = await deps.store.loadPrintSetup()
  if (wanted.id !== undefined) getPrinter(setup, wanted.id)
  const printer: Printer = { ...wanted, id: wanted.id ?? newId(deps.system) }
  const others = setup.printers.filter(({ id }) => id !== printer.id)
  if (others.some(({ name }) => name.toLowerCase() === printer.name.toLowerCase()))
    throw new AppError('ERR_INPUT_INVALID', { path: 'name', expected: 'a name that no other printer has' })
  const unfit = setup.uses.filter((use) => use.printerId === printer.id && !canTake(printer, use.kind))
  if (unfit.length > 0) throw new AppError('ERR_PRINTER_UNFIT', { printer: printer.name, kind: unfit[0]?.kind })
  // It keeps its place in the list.
  const printers = wanted.id === undefined ? [...others, printer] : setup.printers.map((one) => (one.id === printer.id ? printer : one)) // prettier-ignore
  await save(deps, caller, { ...setup, printers }, { action: 'save-printer', entityId: printer.id })
  return printer
}

/** Takes a printer away, and what it was chosen for. What was printed stays listed. */
export async function removePrinter(deps: Deps, caller: Caller, id: string): Promise<void> {
  const setup = await deps.store.loadPrintSetup()
  getPrinter(setup, id)
  const printers = setup.printers.filter((printer) => printer.id !== id)
  const uses = setup.uses.filter((use) => use.printerId !== id)
  await save(deps, caller, { ...setup, printers, uses }, { action: 'remove-printer', entityId: id })
}

export type PrinterChoice = Omit<PrinterUse, 'printerId'> & { readonly printerId?: string | undefined }

/**
 * Which printer a kind of document goes to, for the shop or for one terminal; without a printer the choice is taken back.
 * Throws ERR_PRINTER_NOT_FOUND, ERR_PRINTER_UNFIT.
 */
export async function choosePrinter(deps: Deps, caller: Caller, choice: PrinterChoice): Promise<void> {
  const setup = await deps.store.loadPrintSetup()
  const { kind, terminal, printerId } = choice
  const others = setup.uses.filter((use) => use.kind !== kind || use.terminal !== terminal)
  if (printerId !== undefined) {
    const printer = getPrinter(setup, printerId)
    if (!canTake(printer, kind)) throw new AppError('ERR_PRINTER_UNFIT', { printer: printer.name, kind })
  }
  const uses = printerId === undefined ? others : [...others, { kind, terminal, printerId }]
  await save(deps, caller, { ...setup, uses }, { action: 'choose-printer', entityId: kind })
}

/** Windows: where SumatraPDF lies; without a path it is looked for in its usual places. */
export async function setPrintProgram(deps: Deps, caller: Caller, program: string | undefined): Promise<void> {
  const setup = await deps.store.loadPrintSetup()
  await save(deps, caller, { ...setup, program }, { action: 'set-print-program', entityId: 'program' })
}

/** By id or, for the command line, by name. Throws ERR_PRINTER_NOT_FOUND. */
export function getPrinter(setup: PrintSetup, idOrName: string): Printer {
  const printer =
    setup.printers.find(({ id }) => id === idOrName) ??
    setup.printers.find(({ name }) => name.toLowerCase() === idOrName.toLowerCase())
  if (!printer) throw new AppError('ERR_PRINTER_NOT_FOUND', { printer: idOrName })
  return printer
}

// eslint-disable-next-line max-params -- whose change, to what, and what it was
async function save(
  deps: Deps,
  caller: Caller,
  setup: PrintSetup,
  { action, entityId }: { readonly action: string; readonly entityId: string },
): Promise<void> {
  await deps.store.savePrintSetup(setup, auditEntry(deps.system, caller, { action, entity: 'printer', entityId }))
}
