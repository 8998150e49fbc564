import type { Context, Hono } from 'hono'
import type { Workshop } from '../../application/workshop.ts'
import type { Carrier } from '../../domain/carrier.ts'
import { failureOf } from '../../contract/failure.ts'
import type { Room } from '../handlers.ts'
import { refuse, type StationEnv } from './refuse.ts'

/**
 * The courier's way in, with a token of their own: pick up a closed manifest (ciphertext only), hand in a signed status
 * file. A courier sees only manifests made out to them.
 */
export function courierRoutes(app: Hono<StationEnv>, workshop: Workshop, room: Room): void {
  app.get('/courier/:manifest', async (context) => {
    const carrier = await carrierOf(context, workshop)
    if (!carrier) return refuse(context, 'ERR_NOT_PAIRED', {})
    try {
      const { manifest } = await workshop.store.loadManifest(context.req.param('manifest'))
      if (manifest.carrierCode !== carrier.code)
        return refuse(context, 'ERR_MANIFEST_NOT_FOUND', { manifest: context.req.param('manifest') })
      const document = await workshop.store.getDocument(manifest.documentId)
      const now = workshop.system.clock.now()
      await workshop.store.saveDocumentFetch({ documentId: document.id, terminal: `courier:${carrier.code}`, at: now })
      await workshop.store.saveManifestSent(manifest.id, { sentAt: manifest.sentAt ?? now })
      return context.body(document.text ?? '', 200, {
        'content-type': document.mediaType,
        'content-disposition': `attachment; filename="${document.fileName}"`,
      })
    } catch (error) {
      const { code, details } = failureOf(error)
      return refuse(context, code, details)
    }
  })
  app.post('/courier/status', async (context) => {
    const carrier = await carrierOf(context, workshop)
    if (!carrier) return refuse(context, 'ERR_NOT_PAIRED', {})
    const reply = await room.call(
      'status.import',
      { file: await context.req.text() },
      { door: 'cli', actor: `courier:${carrier.code}` },
      'courier-status',
    )
    return context.json(reply, reply.ok ? 200 : 422)
  })
}

async function carrierOf(context: Context, workshop: Workshop): Promise<Carrier | undefined> {
  const token = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (token === undefined) return undefined
  const hash = workshop.system.hasher.sha256(token)
  return (await workshop.store.loadCarriers()).find((carrier) => carrier.pickUpTokenHash === hash)
}
