import type { IssuedDocument } from '../domain/document.ts'
import type { Workshop } from './workshop.ts'

const pdf = 'application/pdf'

/**
 * The bytes of an issued document that is kept as a file (`text` undefined), as they may be shown: a PDF that is no longer in force is crossed out on every page.
 * What is stored stays as it was issued.
 */
export async function readPaper(
  deps: Pick<Workshop, 'documents' | 'files' | 'store'>,
  document: IssuedDocument,
): Promise<Uint8Array> {
  const bytes = await deps.files.read(document.id)
  if (document.withdrawnAt === undefined || document.mediaType !== pdf) return bytes
  const settings = await deps.store.findSettings()
  return deps.documents.crossedOut(bytes, settings?.shop.locale ?? 'en')
}
