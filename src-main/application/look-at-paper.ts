import type { IssuedDocument } from '../domain/document.ts'
import { auditEntry } from './audit.ts'
import { keptDelivery } from './kept-paper.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * Writes down that somebody was handed a paper on which a recipient can be read; called by whatever hands one out.
 * Papers that name nobody leave no trace: the log is of looks at persons.
 */
export async function recordLook(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Pick<Caller, 'actor'>,
  document: IssuedDocument,
): Promise<void> {
  if (!namesSomebody(document)) return
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'look-at-paper',
      entity: document.kind,
      entityId: document.id,
      facts: { subject: document.subjectId },
    }),
  )
}

/** True when whoever is handed the document reads a person in clear: then it lies sealed here. */
function namesSomebody(document: IssuedDocument): boolean {
  if (document.keptFor !== undefined) return true
  const stops = keptDelivery(document)?.routes.flatMap((route) => route.stops) ?? []
  return stops.some(({ parcels }) => parcels.some(({ recipient }) => 'kept' in recipient))
}
