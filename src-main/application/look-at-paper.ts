import type { IssuedDocument } from '../domain/document.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/**
 * Writes down that somebody was handed a paper on which a recipient can be read; called by every door before it hands
 * one out. Papers that name nobody leave no trace: the log is of looks at persons.
 */
export async function recordLook(deps: Deps, caller: Pick<Caller, 'actor'>, document: IssuedDocument): Promise<void> {
  if (!(await tellsRecipient(deps, document))) return
  await deps.store.saveAudit(
    auditEntry(deps.system, caller, {
      action: 'look-at-paper',
      entity: document.kind,
      entityId: document.id,
      facts: { subject: document.subjectId },
    }),
  )
}

/**
 * A label names its recipient unless a block was sealed for this very version of it; a slip may wherever the shop does
 * not seal for the courier; selection and delivery information by what stands in them.
 */
async function tellsRecipient({ store }: Deps, document: IssuedDocument): Promise<boolean> {
  switch (document.kind) {
    case 'label': {
      const papers = await store.listDocuments([document.subjectId])
      return !papers.some(({ kind, fingerprint }) => kind === 'sealed-block' && fingerprint === document.fingerprint)
    }
    case 'slip':
      return (await store.findSettings())?.privacy.sealing !== 'delivery'
    case 'selection':
    case 'delivery':
      return document.text !== undefined && hasClearRecipient(JSON.parse(document.text))
    default:
      return false
  }
}

/** True when anything called `recipient` in it is an address instead of a sealed block. */
function hasClearRecipient(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]: [string, unknown]) =>
    key === 'recipient' && typeof inner === 'object' && inner !== null
      ? !('sealed' in inner)
      : hasClearRecipient(inner),
  )
}
