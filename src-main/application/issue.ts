import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import type { EpochMs } from '../kernel/time.ts'
import { newId } from './audit.ts'
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
}

/** Makes an immutable document: bytes go to the file store now, the record to the store with whatever it belongs to. */
export async function issue(deps: Pick<Workshop, 'files' | 'system'>, made: NewDocument): Promise<IssuedDocument> {
  const { bytes, ...record } = made
  const id = newId(deps.system)
  if (bytes) await deps.files.write(id, made.fileName, bytes)
  return {
    id,
    issuedAt: deps.system.clock.now(),
    sha256: deps.system.hasher.sha256(bytes ?? made.text ?? ''),
    ...record,
  }
}

/** What is issued together is issued at one moment: its order must not depend on how fast each paper was drawn. */
export const issuedTogether = (documents: readonly IssuedDocument[], issuedAt: EpochMs): readonly IssuedDocument[] =>
  documents.map((document) => ({ ...document, issuedAt }))

/** Ids of those documents that are still in force and now give way. */
export const withdrawnIds = (documents: readonly IssuedDocument[]): readonly string[] =>
  documents.filter((document) => document.withdrawnAt === undefined).map((document) => document.id)
