import type { IssuedDocument } from '../domain/document.ts'
import type { Parcel } from '../domain/parcel.ts'
import { mayBeOnPaper, type PrintJob } from '../domain/print-job.ts'
import { isPrintKind } from '../domain/print-printer.ts'
import { AppError } from '../kernel/errors.ts'
import { oursFirst } from './print-wish.ts'
import { findScanned } from './find-scanned.ts'
import type { Workshop } from './workshop.ts'

/** A paper in force that goes with parcels, and how often it may have come out of a printer. */
export interface FoundPaper {
  readonly document: IssuedDocument
  /** Code of the parcel, order or manifest that it is about. */
  readonly of: string
  readonly printed: number
  /** The last of these. */
  readonly last: Pick<PrintJob, 'createdAt' | 'printerName' | 'state' | 'actor'> | undefined
}

export interface FoundPapers {
  /** The code of the manifest, order or parcel that was meant. */
  readonly name: string
  readonly papers: readonly FoundPaper[]
}

/**
 * What stands on paper of a manifest (by its number: its run sheet and the labels in delivery order), of a parcel or of
 * an order (see `findScanned`). Throws ERR_ORDER_NOT_FOUND when the code names none of them.
 */
export async function findPapers({ store }: Pick<Workshop, 'store'>, code: string): Promise<FoundPapers> {
  const { name, codes } = await subjectsOf(store, code)
  const documents = (await store.listDocuments([...codes.keys()])).filter(
    ({ kind, withdrawnAt }) => withdrawnAt === undefined && isPrintKind(kind),
  )
  const jobs = (await store.loadPrintJobsOf(documents.map(({ id }) => id))).filter(mayBeOnPaper)
  const jobsByDocument = Map.groupBy(jobs, ({ documentId }) => documentId)
  const papers = documents.map((document): FoundPaper => {
    const own = jobsByDocument.get(document.id)?.toSorted((a, b) => b.createdAt - a.createdAt) ?? []
    return { document, of: codes.get(document.subjectId) ?? name, printed: own.length, last: own[0] }
  })
  const inOrder = [...codes.keys()]
  const placeOf = ({ document }: FoundPaper): number => inOrder.indexOf(document.subjectId)
  return { name, papers: papers.toSorted((a, b) => placeOf(a) - placeOf(b) || oursFirst(a.document, b.document)) }
}

interface Subjects {
  readonly name: string
  /** Codes of manifest, parcels and order by id, in the order in which their papers are listed. */
  readonly codes: ReadonlyMap<string, string>
}

async function subjectsOf(store: Workshop['store'], code: string): Promise<Subjects> {
  const bundle = await unlessUnknown(store.loadManifest(code.trim()))
  if (bundle) {
    // Its parcels are listed in delivery order.
    const { id, number, parcelIds } = bundle.manifest
    const parcels = parcelIds.flatMap((one) => bundle.parcels.find((parcel) => parcel.id === one) ?? [])
    return { name: number, codes: new Map([[id, number], ...parcels.map(codeById)]) }
  }
  const { file, parcel } = await findScanned(store, code)
  const living = ({ status }: Parcel): boolean => status !== 'cancelled'
  const parcels = parcel ? [parcel] : file.parcels.filter(living)
  const { id, code: orderCode } = file.order
  return { name: parcel ? codeOf(parcel) : orderCode, codes: new Map([...parcels.map(codeById), [id, orderCode]]) }
}

const codeOf = ({ orderCode, letter }: Parcel): string => `${orderCode}${letter}`
const codeById = (parcel: Parcel): readonly [string, string] => [parcel.id, codeOf(parcel)]

async function unlessUnknown<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_MANIFEST_NOT_FOUND') return undefined
    throw error
  }
}
