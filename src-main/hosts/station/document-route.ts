import type { Hono } from 'hono'
import type { Workshop } from '../../application/workshop.ts'
import type { DocumentKind } from '../../domain/document.ts'
import { failureOf } from '../../contract/failure.ts'
import { refuse, type StationEnv } from './refuse.ts'

/** What the floor may fetch. Labels only while nothing on them is readable: see `mayFetch`. */
const forStations: ReadonlySet<DocumentKind> = new Set<DocumentKind>(['selection', 'pick-sheet', 'slip'])

/** Bytes of an issued document by id; who fetched which version, and when, is recorded. */
export function documentRoute(app: Hono<StationEnv>, workshop: Workshop): void {
  app.get('/documents/:id', async (context) => {
    const { store, system } = workshop
    const { door, actor } = context.var.visitor
    try {
      const document = await store.getDocument(context.req.param('id'))
      if (door === 'station' && !(await mayFetch(workshop, document.kind)))
        return refuse(context, 'ERR_NOT_ALLOWED', { kind: document.kind })
      const bytes =
        document.text === undefined ? await workshop.files.read(document.id) : new TextEncoder().encode(document.text)
      await store.saveDocumentFetch({ documentId: document.id, terminal: actor, at: system.clock.now() })
      return context.body(new Uint8Array(bytes).buffer, 200, {
        'content-type': document.mediaType,
        'content-disposition': `inline; filename="${document.fileName}"`,
      })
    } catch (error) {
      const { code, details } = failureOf(error)
      return context.json({ ok: false, error: { code, details } }, code === 'ERR_INTERNAL' ? 500 : 404)
    }
  })
}

async function mayFetch(workshop: Workshop, kind: DocumentKind): Promise<boolean> {
  if (forStations.has(kind)) return true
  const settings = await workshop.store.findSettings()
  return kind === 'label' && settings?.privacy.sealing === 'delivery'
}
