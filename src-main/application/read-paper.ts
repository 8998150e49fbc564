import type { IssuedDocument } from '../domain/document.ts'
import { readKeptPaper } from './kept-paper.ts'
import type { Workshop } from './workshop.ts'

const pdf = 'application/pdf'

/**
 * The bytes of an issued document that is kept as a file (`text` undefined), as they may be shown: a PDF that is no
 * longer in force is crossed out on every page. What is stored stays as it was issued. Throws as readKeptPaper does.
 */
export async function readPaper(
  deps: Pick<Workshop, 'documents' | 'files' | 'store' | 'vault'>,
  document: IssuedDocument,
): Promise<Uint8Array> {
  const bytes = await readKeptPaper(deps, document)
  if (document.withdrawnAt === undefined || document.mediaType !== pdf) return bytes
  const settings = await deps.store.findSettings()
  return deps.documents.crossedOut(bytes, settings?.shop.locale ?? 'en')
}
