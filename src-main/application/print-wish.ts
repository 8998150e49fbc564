import { AppError } from '../kernel/errors.ts'
import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import { inFloorOrder } from '../domain/print-order.ts'
import { isOnParcel, isPrintKind, type PrintKind } from '../domain/print-printer.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { readKeptPaper } from './kept-paper.ts'
import { mayReadAtStation } from './read-document.ts'
import { readInvoice } from './read-invoice.ts'
import { getWave } from './run-wave.ts'
import type { Caller, Workshop } from './workshop.ts'

/** `label`: also the carriers' own, each behind ours. */
export type WaveKind = 'pick-sheet' | 'slip' | 'label' | 'counter-slip'

/** What somebody wants on paper: named documents, all of a kind of a wave, a parcel's labels, a manifest's run sheet. */
export type PrintWish =
  | { readonly documents: readonly string[] }
  | { readonly wave: string; readonly kind: WaveKind }
  | { readonly parcel: string }
  | { readonly manifest: string }

/** One document to print. */
export interface Paper {
  readonly documentId: string
  readonly kind: PrintKind
  /** Its file name: a code. */
  readonly title: string
  /** The parcel, order, wave or manifest it is about. */
  readonly subjectId: string
  /** It names a person in clear: printing it is a look, and is audited. */
  readonly isPersonal: boolean
  /** Reading it is a look that is audited where it is read: not for a mere question. */
  readonly isLook: boolean
  pdf(): Promise<Uint8Array>
}

type Deps = Pick<Workshop, 'store' | 'files' | 'vault' | 'documents' | 'system'>

/**
 * The documents of a wish, in the order in which they shall come out. Throws ERR_DOCUMENT_NOT_FOUND, ERR_WAVE_NOT_FOUND,
 * ERR_MANIFEST_NOT_FOUND, and ERR_PRINT_WITHDRAWN for one that a newer version has replaced.
 */
export async function papersOf(deps: Deps, caller: Caller, wish: PrintWish): Promise<readonly Paper[]> {
  const documents = await documentsOf(deps, wish)
  if (documents.length === 0) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { ...detailsOf(wish) })
  return documents.map((document) => paperOf(deps, caller, document))
}

const detailsOf = (wish: PrintWish): { readonly [name: string]: string } => ('documents' in wish ? {} : { ...wish })

interface InvoiceRef {
  readonly invoiceId: string
  readonly number: string
  readonly orderId: string
}

async function documentsOf(deps: Deps, wish: PrintWish): Promise<readonly (IssuedDocument | InvoiceRef)[]> {
  if ('documents' in wish) return Promise.all(wish.documents.map((id) => namedDocument(deps, id)))
  if ('parcel' in wish) {
    const parcel = await deps.store.findParcel(wish.parcel)
    const issued = parcel ? await deps.store.listDocuments([parcel.id]) : []
    return inForce(issued)
      .filter(({ kind }) => isPrintKind(kind) && isOnParcel(kind))
      .toSorted(oursFirst)
  }
  if ('manifest' in wish) {
    const { documents } = await deps.store.loadManifest(wish.manifest)
    return inForce(documents).filter(({ kind }) => kind === 'run-sheet')
  }
  const { id } = await getWave(deps.store, wish.wave)
  return ofWave(await deps.store.loadWave(id), wish.kind)
}

async function namedDocument(deps: Deps, id: string): Promise<IssuedDocument | InvoiceRef> {
  const invoice = await deps.store.findInvoice(id)
  if (invoice) return { invoiceId: invoice.id, number: invoice.number, orderId: invoice.orderId }
  const document = await deps.store.getDocument(id)
  if (!isPrintKind(document.kind)) throw new AppError('ERR_PRINT_KIND', { kind: document.kind, document: document.fileName }) // prettier-ignore
  if (document.withdrawnAt !== undefined) throw new AppError('ERR_PRINT_WITHDRAWN', { document: document.fileName })
  return document
}

const inForce = (documents: readonly IssuedDocument[]): readonly IssuedDocument[] =>
  documents.filter(({ withdrawnAt }) => withdrawnAt === undefined)

function ofWave(bundle: WaveBundle, wanted: WaveKind): readonly IssuedDocument[] {
  const kinds: readonly DocumentKind[] = wanted === 'label' ? ['label', 'carrier-label'] : [wanted]
  const documents = inForce(bundle.documents).filter(({ kind }) => kinds.includes(kind))
  const of = (subjectId: string): readonly IssuedDocument[] =>
    documents.filter((document) => document.subjectId === subjectId)
  const parcels = inFloorOrder(bundle.parcels, bundle.tours)
  switch (wanted) {
    case 'pick-sheet':
      return documents.toSorted((a, b) => tourOf(a) - tourOf(b))
    case 'slip':
      return [...new Set(parcels.map(({ orderId }) => orderId))].flatMap(of)
    case 'label':
    case 'counter-slip':
      return parcels.flatMap(({ id }) => of(id).toSorted(oursFirst))
  }
}

/** A carrier's own label comes behind ours. */
export const oursFirst = (a: IssuedDocument, b: IssuedDocument): number =>
  Number(a.kind === 'carrier-label') - Number(b.kind === 'carrier-label')

/** `W-231-12.pdf` is the sheet of tour 12. */
const tourOf = ({ fileName }: IssuedDocument): number => Number(/(\d+)\.pdf$/.exec(fileName)?.[1] ?? 0)

function paperOf(deps: Deps, caller: Caller, document: IssuedDocument | InvoiceRef): Paper {
  if (!('kind' in document)) return invoicePaper(deps, caller, document)
  const { id, kind, fileName, subjectId } = document
  if (!isPrintKind(kind)) throw new AppError('ERR_PRINT_KIND', { kind, document: fileName })
  return {
    documentId: id,
    kind,
    title: fileName,
    subjectId,
    isPersonal: document.keptFor !== undefined,
    isLook: false,
    async pdf() {
      // Our own label is printed where the parcel is packed, whatever it shows; a courier's own where the shop allows it.
      if (kind === 'carrier-label' && caller.source === 'station' && !(await mayReadAtStation(deps, document)))
        throw new AppError('ERR_NOT_ALLOWED', { kind })
      return readKeptPaper(deps, document)
    },
  }
}

const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | undefined
  return () => (made ??= make())
}

/** Drawn when it is needed, once: each reading is a look of its own. */
function invoicePaper(deps: Deps, caller: Caller, { invoiceId, number, orderId }: InvoiceRef): Paper {
  const draw = async (): Promise<Uint8Array> => {
    const paper = await readInvoice(deps, caller, invoiceId)
    if (!paper) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: number })
    return paper.bytes
  }
  return {
    documentId: invoiceId,
    kind: 'invoice',
    title: `${number}.pdf`,
    subjectId: orderId,
    isPersonal: false,
    isLook: true,
    pdf: once(draw),
  }
}
