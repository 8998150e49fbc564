import type { Context, Hono } from 'hono'
import { readDocument } from '../../application/read-document.ts'
import type { ReadDocument } from '../../application/read-invoice.ts'
import type { Workshop } from '../../application/workshop.ts'
import { failureOf } from '../../contract/failure.ts'
import type { Room } from '../handlers.ts'
import { refuse, type StationEnv } from './refuse.ts'

/** Bytes of an issued document by id; who fetched which version, and when, is recorded. */
export function documentRoute(app: Hono<StationEnv>, workshop: Workshop, room: Room): void {
  app.get('/documents/:id', async (context) => {
    const { door, actor: terminal } = context.var.visitor
    const { actor, standing } = await room.present(context.var.visitor)
    if (standing === 'nobody') return refuse(context, 'ERR_SIGN_IN_NEEDED', {})
    const reader = { actor, terminal, isStation: door === 'station' }
    try {
      return answer(context, await readDocument(workshop, reader, context.req.param('id')))
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
