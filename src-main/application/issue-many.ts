import { AppError } from '../kernel/errors.ts'
import type { DocumentKind, IssuedDocument } from '../domain/document.ts'
import type { Order } from '../domain/order.ts'
import type { DocumentFiles } from '../ports/documents.ts'
import { issue } from './issue.ts'
import type { Keeping } from './kept-paper.ts'
import type { Caller, Workshop } from './workshop.ts'

/** A document still to be drawn. */
export interface PaperToIssue {
  readonly kind: DocumentKind
  readonly subjectId: string
  readonly version: number
  readonly fingerprint: string
  readonly fileName: string
  /** The order whose person it names in clear. */
  readonly names?: Order | undefined
  readonly draw: () => Promise<Uint8Array>
}

/** How many are drawn ahead: enough for every thread there may be, few enough to weigh nothing. */
const mostAhead = 12

/**
 * Draws several documents at a time and issues them in their order, so that ids and versions do not depend on which was
 * drawn first. Tells how far it is; throws ERR_CANCELLED between two of them, and what a drawing throws.
 */
export async function issueMany(
  deps: Keeping & Pick<Workshop, 'files' | 'system'>,
  caller: Caller,
  { step, papers }: { readonly step: string; readonly papers: readonly PaperToIssue[] },
): Promise<readonly IssuedDocument[]> {
  const drawing: Promise<Uint8Array>[] = []
  const documents: IssuedDocument[] = []
  for (const [index, paper] of papers.entries()) {
    while (drawing.length < papers.length && drawing.length < index + mostAhead) {
      const next = papers[drawing.length]
      if (!next) break
      const bytes = next.draw()
      // Failures are met in their order below; until then nobody must think that they were overlooked.
      bytes.catch(() => undefined)
      drawing.push(bytes)
    }
    const bytes = await drawing[index]
    if (caller.watch.isCancelled()) throw new AppError('ERR_CANCELLED', {})
    const { draw: _draw, ...record } = paper
    documents.push(await issue(deps, { ...record, mediaType: 'application/pdf', bytes }))
    caller.watch.report({ step, done: documents.length, total: papers.length })
  }
  return documents
}

/**
 * Runs a job whose files count only once the job has saved their records: should it fail or be cancelled, whatever it
 * has written is removed again.
 */
export async function filesOrNone<Result>(
  files: DocumentFiles,
  job: (files: DocumentFiles) => Promise<Result>,
): Promise<Result> {
  const written: string[] = []
  try {
    return await job({
      ...files,
      async write(documentId, fileName, bytes) {
        written.push(documentId)
        await files.write(documentId, fileName, bytes)
      },
    })
  } catch (error) {
    for (const documentId of written) await files.remove(documentId)
    throw error
  }
}
