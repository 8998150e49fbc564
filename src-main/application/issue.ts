import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import type { Order } from '../domain/order.ts'
import type { EpochMs } from '../kernel/time.ts'
import { newId } from './audit.ts'
import { keepPaper, type Keeping } from './kept-paper.ts'
import type { Workshop } from './workshop.ts'

interface NewDocument {
  readonly kind: DocumentKind
  readonly subjectId: string
  readonly version: number
  readonly fingerprint: string
  readonly fileName: string
  readonly mediaType: string
  /** Kept in the store. */
  readonly text?: string | undefined
  /** Kept as a file. */
  readonly bytes?: Uint8Array | undefined
  /** The order whose person the bytes name in clear: they lie sealed. */
  readonly names?: Order | undefined
}

/**
 * Makes an immutable document: bytes go to the file store now, the record to the store with whatever it belongs to. Its
 * hash is of what is written, so that nobody can try out addresses against the hash of a sealed one.
 */
export async function issue(
  deps: Keeping & Pick<Workshop, 'files' | 'system'>,
  made: NewDocument,
): Promise<IssuedDocument> {
  const { bytes, names, ...record } = made
  const id = newId(deps.system)
  const written = bytes && names ? keepPaper(deps, names, { id, bytes }) : bytes
  if (written) await deps.files.write(id, made.fileName, written)
  return {
    id,
    issuedAt: deps.system.clock.now(),
    sha256: deps.system.hasher.sha256(written ?? made.text ?? ''),
    ...record,
    keptFor: names?.id,
  }
}

/** What is issued together is issued at one moment: its order must not depend on how fast each paper was drawn. */
export const issuedTogether = (documents: readonly IssuedDocument[], issuedAt: EpochMs): readonly IssuedDocument[] =>
  documents.map((document) => ({ ...document, issuedAt }))

/** Ids of those documents that are still in force and now give way. */
export const withdrawnIds = (documents: readonly IssuedDocument[]): readonly string[] =>
  documents.filter((document) => document.withdrawnAt === undefined).map((document) => document.id)
