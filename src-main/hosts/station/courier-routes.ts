import type { Context, Hono } from 'hono'
import { listForCourier, pickManifestUp } from '../../application/pick-manifest-up.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { Carrier } from '../../domain/carrier.ts'
import { failureOf } from '../../contract/failure.ts'
import type { Room } from '../handlers.ts'
import { refuse, statusOf, type StationEnv } from './refuse.ts'
import { requestLimit } from './request-limit.ts'

/** One courier's program asks now and then; a loop that has gone wrong stops here. Strangers share one count. */
const perMinute = { most: 60, spanMs: 60_000 }
/** A receipt is a few hundred signs, a status file of 100,000 parcels some megabytes. */
const mostReceipt = 10_000
const mostStatusFile = 5_000_000
const stranger = ''

/**
 * The courier's way in, with a token of their own: which manifests wait, pick one up (ciphertext only), hand in its
 * signed receipt and signed status files. A courier sees only manifests made out to them; what is another's and what
 * does not exist get the same answer.
 */
export function courierRoutes(app: Hono<StationEnv>, workshop: Workshop, room: Room): void {
  const limit = requestLimit(workshop.system.clock, perMinute)
  type Work = (context: Context, carrier: Carrier) => Promise<Response>

  const forCouriers = (work: Work) => async (context: Context) => {
    const carrier = await carrierOf(context, workshop)
    const waitSeconds = limit.waitSeconds(carrier?.code ?? stranger)
    if (waitSeconds > 0) {
      context.header('retry-after', String(waitSeconds))
      return refuse(context, 'ERR_TOO_MANY_TRIES', { waitSeconds })
    }
    if (!carrier) return refuse(context, 'ERR_NOT_PAIRED', {})
    try {
      return await work(context, carrier)
    } catch (error) {
      const { code, details } = failureOf(error)
      return code === 'ERR_MANIFEST_NOT_FOUND'
        ? context.json({ ok: false, error: { code, details } }, 404)
        : refuse(context, code, details)
    }
  }

  /** A courier's file goes the way of every command, as the courier. */
  const handIn =
    (operation: string, most: number, inputOf: (text: string, carrier: Carrier) => object): Work =>
    async (context, carrier) => {
      const text = await context.req.text()
      if (text.length > most) return refuse(context, 'ERR_INPUT_TOO_LARGE', { limitBytes: most })
      const who = { door: 'cli', actor: `courier:${carrier.code}` } as const
      const reply = await room.call(operation, inputOf(text, carrier), who, `courier ${carrier.code}`)
      return context.json(reply, reply.ok ? 200 : statusOf(reply.error.code))
    }

  app.get(
    '/courier',
    forCouriers(async (context, carrier) => context.json({ manifests: await listForCourier(workshop, carrier) })),
  )
  app.get(
    '/courier/:manifest',
    forCouriers(async (context, carrier) => {
      const document = await pickManifestUp(workshop, carrier, context.req.param('manifest') ?? '')
      return context.body(document.text ?? '', 200, {
        'content-type': document.mediaType,
        'content-disposition': `attachment; filename="${document.fileName}"`,
      })
    }),
  )
  app.post(
    '/courier/receipt',
    forCouriers(
      handIn('receipts.import', mostReceipt, (receipt, carrier) => ({
        receipt: receipt.trim(),
        courier: carrier.code,
      })),
    ),
  )
  app.post('/courier/status', forCouriers(handIn('status.import', mostStatusFile, (file) => ({ file }))))
}

async function carrierOf(context: Context, workshop: Workshop): Promise<Carrier | undefined> {
  const token = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (token === undefined) return undefined
  const hash = workshop.system.hasher.sha256(token)
  return (await workshop.store.loadCarriers()).find((carrier) => carrier.pickUpTokenHash === hash)
}
