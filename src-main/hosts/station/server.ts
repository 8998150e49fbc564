import { serve, type ServerType } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Workshop } from '../../application/workshop.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Room } from '../handlers.ts'
import { contractRoutes } from './contract-routes.ts'
import { courierRoutes } from './courier-routes.ts'
import { documentRoute } from './document-route.ts'
import { guard } from './guard.ts'
import { refuse, type StationEnv } from './refuse.ts'
import { serveRenderer } from './renderer-files.ts'
import { bearerOf, visitorOf, type LocalTokens, type StationVisitor } from './visitors.ts'

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
  guard(app, { scheme: 'http', isOurs: (host) => loopbackHosts.has(host), largestBody })
  courierRoutes(app, options.workshop, options.room)
  const visitor = (context: Context<StationEnv>): Promise<StationVisitor | undefined> =>
    visitorOf(options.workshop, options.tokens, bearerOf(context) ?? getCookie(context, cookieName))
  letIn(app, options, visitor)
  contractRoutes(app, {
    room: options.room,
    isStillLetIn: async (context) => (await visitor(context)) !== undefined,
  })
  documentRoute(app, options.workshop, options.room)
  serveRenderer(app, options.rendererFolder)
  const { server, port } = await listen(app, options)
  const host = options.host === '::1' ? '[::1]' : options.host
  return { address: `http://${host}:${port}`, close: () => closeGently(server) }
}

/** A link opens a browser once; everything else wants a token. Couriers have routes and tokens of their own, before this. */
function letIn(
  app: Hono<StationEnv>,
  options: StationOptions,
  visitor: (context: Context<StationEnv>) => Promise<StationVisitor | undefined>,
): void {
  app.get('/', async (context, next) => {
    const shown = context.req.query('token')
    if (shown === undefined) return next()
    const token = options.redeem(shown) ?? shown
    if (!(await visitorOf(options.workshop, options.tokens, token))) return refuse(context, 'ERR_NOT_PAIRED', {})
    setCookie(context, cookieName, token, { httpOnly: true, sameSite: 'Strict', path: '/' })
    return context.redirect('/')
  })
  app.use(async (context, next) => {
    // Browsers ask for it on their own account, at times without the cookie; it is the same file in every shop.
    if (context.req.path === '/service-worker.js') return next()
    const known = await visitor(context)
    if (!known) return refuse(context, 'ERR_NOT_PAIRED', {})
    context.set('visitor', known)
    await next()
  })
}

export const closeGently = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    // Answers under way may finish, above all the one to whoever asked us to stop; open event streams may not.
    setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), lastWordsMs).unref()
  })

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
