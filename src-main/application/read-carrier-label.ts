import { AppError } from '../kernel/errors.ts'
import { asciiText, fromBase64 } from '../kernel/base64.ts'
import type { IssuedDocument } from '../domain/document.ts'
import { auditEntry } from './audit.ts'
import type { ReadDocument } from './read-invoice.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'files' | 'system'>

/**
 * A carrier's own label, opened: it shows the address, so the look is written to the audit log. Undefined for any other
 * document. Throws ERR_DOCUMENT_NOT_FOUND once its order is forgotten, ERR_NOT_ALLOWED at a station for a carrier whose
 * labels are not shown there, and what the vault throws.
 */
export async function readCarrierLabel(
  deps: Deps,
  caller: Pick<Caller, 'actor'> & { readonly isStation?: boolean | undefined },
  document: IssuedDocument,
): Promise<ReadDocument | undefined> {
  if (document.kind !== 'carrier-label') return undefined
  if (caller.isStation && !(await isShownAtStations(deps, document)))
    throw new AppError('ERR_NOT_ALLOWED', { kind: document.kind })
  const wrappedKey = await deps.store.findLabelKey(document.id)
  if (wrappedKey === undefined)
    throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: document.id, why: 'forgotten' })
  const ciphertext = asciiText(await deps.files.read(document.id))
  // What the vault opens is what take-carrier-answer sealed: the page, bound to this document's id.
  const { pdf } = deps.vault.open(document.id, { wrappedKey, ciphertext }) as { pdf: string }
  const bytes = fromBase64(pdf)
  if (!bytes) throw new AppError('ERR_STORE_DAMAGED', { what: 'carrier-label', document: document.id })
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'look-at-carrier-label',
      entity: 'parcel',
      entityId: document.subjectId,
    }),
  )
  return { fileName: document.fileName, mediaType: document.mediaType, bytes }
}

async function isShownAtStations({ store }: Pick<Deps, 'store'>, { subjectId }: IssuedDocument): Promise<boolean> {
  const parcel = await store.findParcel(subjectId)
  const carrier = (await store.loadCarriers()).find(({ code }) => code === parcel?.carrierCode)
  return carrier?.ownLabels?.shownAtStations === true
}
