import type { Context, Hono } from 'hono'
import { readCarrierLabel } from '../../application/read-carrier-label.ts'
import { recordLook } from '../../application/look-at-paper.ts'
import { readInvoice, type ReadDocument } from '../../application/read-invoice.ts'
import { readPaper } from '../../application/read-paper.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { DocumentKind, IssuedDocument } from '../../domain/document.ts'
import { failureOf } from '../../contract/failure.ts'
import { refuse, type StationEnv } from './refuse.ts'

/** What the floor may fetch. Labels only while nothing on them is readable: see `mayFetch`. */
const forStations: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  'selection',
  'pick-sheet',
  'slip',
  'counter-slip',
])

/** Bytes of an issued document by id; who fetched which version, and when, is recorded. */
export function documentRoute(app: Hono<StationEnv>, workshop: Workshop): void {
  app.get('/documents/:id', async (context) => {
    const { store, system } = workshop
    const { door, actor } = context.var.visitor
    try {
      // Invoices name people: no station gets one.
      const invoice = door === 'station' ? undefined : await readInvoice(workshop, { actor }, context.req.param('id'))
      if (invoice) return answer(context, invoice)
      const document = await store.getDocument(context.req.param('id'))
      const label = await readCarrierLabel(workshop, { actor, isStation: door === 'station' }, document)
      if (label) return answer(context, label)
      if (door === 'station' && !(await mayFetch(workshop, document)))
        return refuse(context, 'ERR_NOT_ALLOWED', { kind: document.kind })
      const bytes =
        document.text === undefined ? await readPaper(workshop, document) : new TextEncoder().encode(document.text)
      await recordLook(workshop, { actor }, document)
      await store.saveDocumentFetch({ documentId: document.id, terminal: actor, at: system.clock.now() })
      return answer(context, { ...document, bytes })
    } catch (error) {
      const { code, details } = failureOf(error)
      return context.json(
        { ok: false, error: { code, details } },
        code === 'ERR_INTERNAL' ? 500 : code === 'ERR_NOT_ALLOWED' ? 403 : 404,
      )
    }
  })
}

const answer = (context: Context<StationEnv>, { bytes, mediaType, fileName }: ReadDocument): Response =>
  context.body(new Uint8Array(bytes).buffer, 200, {
    'content-type': mediaType,
    'content-disposition': `inline; filename="${fileName}"`,
  })

/** A label is sealed when a block was sealed for this very version; what the shop's settings say today is no proof. */
async function mayFetch({ store }: Workshop, document: IssuedDocument): Promise<boolean> {
  if (forStations.has(document.kind)) return true
  if (document.kind !== 'label') return false
  const papers = await store.listDocuments([document.subjectId])
  return papers.some(({ kind, fingerprint }) => kind === 'sealed-block' && fingerprint === document.fingerprint)
}
