import { Buffer } from 'node:buffer'
import { auditEntry } from '../../application/audit.ts'
import { exportCatalogue } from '../../application/export-catalogue.ts'
import { exportOrders } from '../../application/export-orders.ts'
import { importCatalogue, namedProblems } from '../../application/import-catalogue.ts'
import { importOrderFile, previewOrders } from '../../application/import-order-file.ts'
import { previewCatalogue } from '../../application/preview-import.ts'
import { undoImport } from '../../application/undo-import.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { fileOperations } from '../../contract/operations/files.ts'
import type { Handlers } from '../handlers.ts'

type FileHandlers = Pick<Handlers, keyof typeof fileOperations>

/** The bytes of a file that came as base64, and what was chosen about it. */
function opened<Input extends { readonly base64: string }>(input: Input) {
  const { base64, ...choices } = input
  return { ...choices, csv: new Uint8Array(Buffer.from(base64, 'base64')) }
}

export function fileHandlers(workshop: Workshop): FileHandlers {
  const { store, system } = workshop
  return {
    'files.preview-catalogue': (input, caller) => previewCatalogue(workshop, caller, opened(input)),
    async 'files.import-catalogue'({ allOrNothing, ...input }, caller) {
      const taken = await importCatalogue(workshop, caller, { ...opened(input), skipInvalid: !allOrNothing })
      const { problems, notes, warnings, ...counts } = taken
      return {
        ...counts,
        refused: new Set(problems.map(({ line }) => line)).size,
        problems: problems.slice(0, namedProblems),
        notes: notes.slice(0, namedProblems),
        warnings: warnings.slice(0, namedProblems),
      }
    },
    'files.preview-orders': (input, caller) => previewOrders(workshop, caller, opened(input)),
    'files.import-orders': (input, caller) => importOrderFile(workshop, caller, opened(input)),
    'files.imports': (input) => store.listImports(input),
    'files.undo-import': (input, caller) => undoImport(workshop, caller, input.import),
    'files.mappings': () => store.listMappings(),
    async 'files.forget-mapping'({ kind, signature }, caller) {
      const deed = { action: 'forget-mapping', entity: 'import', entityId: kind }
      await store.forgetMapping(kind, signature, auditEntry(system, caller, deed))
      return null
    },
    'files.export-catalogue': (input, caller) => exportCatalogue(workshop, caller, input),
    'files.export-orders': (input, caller) => exportOrders(workshop, caller, input),
  }
}
