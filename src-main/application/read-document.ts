import { utf8Bytes } from '../kernel/utf8.ts'
import { AppError } from '../kernel/errors.ts'
import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import { keptDelivery, openKeptDelivery } from './kept-paper.ts'
import { recordLook } from './look-at-paper.ts'
import { readInvoice, type ReadDocument } from './read-invoice.ts'
import { readPaper } from './read-paper.ts'
import type { Caller, Workshop } from './workshop.ts'

export interface Reader extends Pick<Caller, 'actor'> {
  /** Which terminal it is handed to. */
  readonly terminal: string
  /** The reader stands at a station: see `mayReadAtStation`. */
  readonly isStation: boolean
}

type Deps = Pick<Workshop, 'store' | 'files' | 'documents' | 'vault' | 'system'>

/** What the floor may read whatever the shop seals. */
const forStations: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'selection',
  'pick-sheet',
  'slip',
  'counter-slip',
])

/**
 * Any document by its id, or an invoice by its number, for whoever asks through whichever door. That it was read is
 * recorded, and where it names a person the look is written to the audit log. Throws ERR_DOCUMENT_NOT_FOUND (`forgotten`
 * once its order is), ERR_NOT_ALLOWED for what no station may read, and what the vault throws.
 */
export async function readDocument(deps: Deps, reader: Reader, id: string): Promise<ReadDocument> {
  const invoice = reader.isStation ? undefined : await readInvoice(deps, reader, id)
  if (invoice) return invoice
  const document = await deps.store.getDocument(id)
  if (reader.isStation && !(await mayReadAtStation(deps, document)))
    throw new AppError('ERR_NOT_ALLOWED', { kind: document.kind })
  const bytes = await bytesOf(deps, document)
  await recordRead(deps, reader, document)
  return { fileName: document.fileName, mediaType: document.mediaType, bytes }
}

/** Writes down which version a terminal was handed, and in the audit log when it names a person. */
export async function recordRead(
  deps: Pick<Deps, 'store' | 'system'>,
  reader: Reader,
  document: IssuedDocument,
): Promise<void> {
  await recordLook(deps, reader, document)
  await deps.store.saveDocumentFetch({
    documentId: document.id,
    terminal: reader.terminal,
    at: deps.system.clock.now(),
  })
}

/**
 * Invoices and delivery information name people: no station gets one. A label only while its recipient is sealed; a
 * courier's own where the shop has said so for that courier.
 */
export async function mayReadAtStation({ store }: Pick<Deps, 'store'>, document: IssuedDocument): Promise<boolean> {
  if (forStations.has(document.kind)) return true
  if (document.kind === 'label') return document.keptFor === undefined
  if (document.kind !== 'carrier-label') return false
  const parcel = await store.findParcel(document.subjectId)
  const carrier = (await store.loadCarriers()).find(({ code }) => code === parcel?.carrierCode)
  return carrier?.ownLabels?.shownAtStations === true
}

async function bytesOf(deps: Deps, document: IssuedDocument): Promise<Uint8Array> {
  if (document.text === undefined) return readPaper(deps, document)
  const kept = keptDelivery(document)
  return utf8Bytes(kept ? JSON.stringify(await openKeptDelivery(deps, kept)) : document.text)
}
