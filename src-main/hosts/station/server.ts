import { serve, type ServerType } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { streamSSE } from 'hono/streaming'
import type { Workshop } from '../../application/workshop.ts'
import type { Events, Topic } from '../../contract/events.ts'
import type { Reply } from '../../contract/failure.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Room } from '../handlers.ts'
import { courierRoutes } from './courier-routes.ts'
import { documentRoute } from './document-route.ts'
import { refuse, statusOf, type StationEnv } from './refuse.ts'
import { serveRenderer } from './renderer-files.ts'
import { visitorOf, type LocalTokens } from './visitors.ts'

export interface StationOptions {
  readonly workshop: Workshop
  readonly room: Room
  readonly tokens: LocalTokens
  /** The desktop token for a code that is good once, as it stands in the address a browser is opened with. */
  readonly redeem: (code: string) => string | undefined
  /** 0 = any free one. */
  readonly port: number
  /** Loopback only: there is no plain HTTP beyond it. */
  readonly host: string
  readonly rendererFolder: string
}

export interface Station {
  readonly address: string
  close(): Promise<void>
}

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])
const cookieName = 'backroom'
const largestBody = 64 * 1024 * 1024
const lastWordsMs = 300

/** Serves the contract and the screens over loopback. Throws ERR_NOT_ALLOWED for any other address. */
export async function startStation(options: StationOptions): Promise<Station> {
  if (!loopbackHosts.has(options.host))
    throw new AppError('ERR_NOT_ALLOWED', { reason: 'plain-http-beyond-loopback', host: options.host })
  const app = new Hono<StationEnv>()
  guard(app, options)
  app.get('/me', (context) => context.json({ door: context.var.visitor.door, name: context.var.visitor.name }))
  contractRoutes(app, options)
  documentRoute(app, options.workshop)
  serveRenderer(app, options.rendererFolder)
  const { server, port } = await listen(app, options)
  const host = options.host === '::1' ? '[::1]' : options.host
  return {
    address: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Answers under way may finish, above all the one to whoever asked us to stop; open event streams may not.
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), lastWordsMs).unref()
      }),
  }
}

/** What every request passes: the right host, no foreign page, a token. Couriers have routes and tokens of their own. */
function guard(app: Hono<StationEnv>, options: StationOptions): void {
  app.use(async (context, next) => {
    const host = hostName(context.req.header('host'))
    // Another site's page must not reach us through a name that it points at this machine.
    if (host === undefined || !loopbackHosts.has(host)) return refuse(context, 'ERR_NOT_ALLOWED', { reason: 'host' })
    const origin = context.req.header('origin')
    if (origin !== undefined && origin !== `http://${context.req.header('host') ?? ''}`)
      return refuse(context, 'ERR_NOT_ALLOWED', { reason: 'origin' })
    // Nor may it send anybody here with a link of its own, which would sign them in as somebody else.
    const site = context.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return refuse(context, 'ERR_NOT_ALLOWED', { reason: 'site' })
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value)
    await next()
  })
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: (context) => refuse(context, 'ERR_INPUT_TOO_LARGE', { limitBytes: largestBody }),
    }),
  )
  courierRoutes(app, options.workshop, options.room)
  app.get('/', async (context, next) => {
    const shown = context.req.query('token')
    if (shown === undefined) return next()
    const token = options.redeem(shown) ?? shown
    const visitor = await visitorOf(options.workshop, options.tokens, token)
    if (!visitor) return refuse(context, 'ERR_NOT_PAIRED', {})
    setCookie(context, cookieName, token, { httpOnly: true, sameSite: 'Strict', path: '/' })
    return context.redirect('/')
  })
  app.use(async (context, next) => {
    const bearer = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1]
    const visitor = await visitorOf(options.workshop, options.tokens, bearer ?? getCookie(context, cookieName))
    if (!visitor) return refuse(context, 'ERR_NOT_PAIRED', {})
    context.set('visitor', visitor)
    await next()
  })
}

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

function contractRoutes(app: Hono<StationEnv>, { room }: StationOptions): void {
  let unnamed = 0
  app.post('/call/:operation', async (context) => {
    let input: unknown
    try {
      const text = await context.req.text()
      input = text === '' ? {} : JSON.parse(text)
    } catch {
      return refuse(context, 'ERR_INPUT_NOT_JSON', {})
    }
    const job = context.req.header('x-job') ?? `http-${++unnamed}`
    const { visitor } = context.var
    const reply = await room.call(context.req.param('operation'), input, visitor, jobOf(context, job))
    return context.json(reply, reply.ok ? 200 : statusOf(reply.error.code))
  })
  app.post('/cancel/:job', (context) => {
    room.cancel(jobOf(context, context.req.param('job')))
    return context.json({ ok: true, value: null } satisfies Reply<null>)
  })
  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const mine = jobOf(context, '')
      const send = (topic: Topic, event: Events[Topic]): void => {
        // Progress is for whoever asked for the job; what changed concerns everybody.
        if ('job' in event && !event.job.startsWith(mine)) return
        const told = 'job' in event ? { ...event, job: event.job.slice(mine.length) } : event
        void stream.writeSSE({ event: topic, data: JSON.stringify(told) })
      }
      const leave = room.subscribe(send)
      stream.onAbort(leave)
      while (!stream.aborted) await stream.sleep(15_000).then(() => stream.write(': here\n\n'))
    }),
  )
}

/** Job names are the caller's own; two terminals may use the same one. */
const jobOf = (context: Context<StationEnv>, job: string): string => `${context.var.visitor.actor}/${job}`

function hostName(host: string | undefined): string | undefined {
  if (host === undefined) return undefined
  return host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.split(':')[0]
}

function listen(app: Hono<StationEnv>, options: StationOptions): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: options.port, hostname: options.host }, (info) =>
      resolve({ server, port: info.port }),
    )
    server.on('error', (cause: NodeJS.ErrnoException) =>
      reject(new AppError('ERR_PORT_UNAVAILABLE', { reason: cause.code ?? 'unknown', port: options.port }, { cause })),
    )
  })
}
