import { createServer, type Server } from 'node:https'
import { serve } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Workshop } from '../../application/workshop.ts'
import { usualStations, type NetworkProblem, type StationSettings } from '../../domain/station-network.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Certificates, HostNames, ServerIdentity } from '../../ports/certificates.ts'
import type { StationNetwork } from '../../ports/station-network.ts'
import type { Room } from '../handlers.ts'
import { contractRoutes } from './contract-routes.ts'
import { documentRoute } from './document-route.ts'
import { guard } from './guard.ts'
import { pairingRoutes, remoteCookie } from './pairing-routes.ts'
import { refuse, type StationEnv } from './refuse.ts'
import { serveRenderer } from './renderer-files.ts'
import { closeGently } from './server.ts'
import { bearerOf, remoteVisitorOf, type StationVisitor } from './visitors.ts'

export interface NetworkShop {
  readonly workshop: Workshop
  readonly room: Room
  readonly certificates: Certificates
  readonly rendererFolder: string
}

/** The second listener: HTTPS on private addresses of the local network, for paired terminals alone. */
export interface NetworkDoor extends StationNetwork {
  /** From now on it can be opened; opens it at once where the shop wants it so. */
  attach(shop: NetworkShop): Promise<void>
  close(): Promise<void>
}

/** Addresses change with the router's moods, certificates with time: looked at so often. */
const lookEveryMs = 30_000
const largestBody = 8 * 1024 * 1024
/** Tablets of a shop, a few connections each; more is no shop. */
const mostConnections = 256

interface Listener {
  readonly server: Server
  readonly port: number
}

export function networkDoor(hostNames: () => HostNames): NetworkDoor {
  let shop: NetworkShop | undefined
  let wanted: StationSettings = usualStations
  let identity: ServerIdentity | undefined
  let problem: NetworkProblem | undefined = 'not-running'
  let names: readonly string[] = []
  const listeners = new Map<string, Listener>()
  let line: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setInterval> | undefined

  const closeAll = async (): Promise<void> => {
    await Promise.all([...listeners.keys()].map(closeOne))
  }
  const closeOne = async (address: string): Promise<void> => {
    const known = listeners.get(address)
    listeners.delete(address)
    if (known) await closeGently(known.server)
  }

  async function settle(open: NetworkShop): Promise<void> {
    problem = undefined
    if (!wanted.isOnNetwork) return closeAll()
    const host = hostNames()
    names = host.names
    if (host.addresses.length === 0) problem = 'no-address'
    const before = identity?.chain
    if (!problem) ({ identity, problem } = await identityOf(open, host))
    if (!identity || problem) return closeAll()
    for (const [address, { port, server }] of listeners) {
      if (!host.addresses.includes(address) || port !== wanted.port) await closeOne(address)
      else if (before !== identity.chain) server.setSecureContext(contextOf(identity))
    }
    for (const address of host.addresses.filter((one) => !listeners.has(one))) {
      const server = await listen(open, { address, port: wanted.port, identity: () => identity, names: () => names })
      if (server) listeners.set(address, { server, port: wanted.port })
    }
    if (listeners.size === 0) problem = 'port-taken'
  }
  const inLine = (work: () => Promise<void>): Promise<void> => (line = line.then(work, work))
  const look = (): Promise<void> => inLine(async () => shop && settle(shop))

  return {
    state() {
      const open = [...listeners.keys()]
      const { port } = wanted
      const named = open.length > 0 ? names.filter((name) => name.endsWith('.local')) : []
      return {
        addresses: [...open, ...named].map((host) => `https://${host}:${port}`),
        problem,
        trust: identity?.trust,
      }
    },
    async apply(next) {
      wanted = next
      await look()
    },
    async attach(given) {
      shop = given
      wanted = (await given.workshop.store.findSettings())?.stations ?? usualStations
      timer = setInterval(() => void look(), lookEveryMs)
      timer.unref()
      await look()
    },
    async close() {
      clearInterval(timer)
      shop = undefined
      await inLine(closeAll)
    },
  }
}

async function identityOf(
  { certificates, workshop }: NetworkShop,
  host: HostNames,
): Promise<{ readonly identity: ServerIdentity | undefined; readonly problem: NetworkProblem | undefined }> {
  try {
    const name = (await workshop.store.findSettings())?.shop.name ?? ''
    return { identity: await certificates.identityFor(host, name), problem: undefined }
  } catch (error) {
    // Told where the manager looks; the next look tries again, for the key may be unlocked by then.
    const isLocked = error instanceof AppError && error.code === 'ERR_SHOP_KEY_MISSING'
    return { identity: undefined, problem: isLocked ? 'shop-key' : 'certificate' }
  }
}

const contextOf = ({ chain, privateKey }: ServerIdentity) =>
  ({ cert: chain, key: privateKey, minVersion: 'TLSv1.2' }) as const // a literal: what Node's TLS options ask for

interface Listening {
  readonly address: string
  readonly port: number
  readonly identity: () => ServerIdentity | undefined
  readonly names: () => readonly string[]
}

/** Undefined where the port cannot be had. */
function listen(shop: NetworkShop, { address, port, identity, names }: Listening): Promise<Server | undefined> {
  const now = identity()
  if (!now) return Promise.resolve(undefined)
  const app = remoteApp(shop, {
    isOurs: (host) => host === address || names().includes(host),
    authority: () => identity()?.authority ?? now.authority,
  })
  return new Promise((resolve) => {
    const server = serve({
      fetch: app.fetch,
      hostname: address,
      port,
      createServer,
      serverOptions: { ...contextOf(now), handshakeTimeout: 10_000, headersTimeout: 20_000 },
    }) as Server // made by the createServer of HTTPS
    server.maxConnections = mostConnections
    server.once('listening', () => resolve(server))
    server.on('error', () => resolve(undefined))
  })
}

/** The screens lie open, since they hold nothing; whatever they ask for wants a paired terminal. */
function remoteApp(
  { workshop, room, rendererFolder }: NetworkShop,
  { isOurs, authority }: { readonly isOurs: (host: string) => boolean; readonly authority: () => string },
): Hono<StationEnv> {
  const app = new Hono<StationEnv>()
  const visitor = (context: Context<StationEnv>): Promise<StationVisitor | undefined> =>
    remoteVisitorOf(workshop, bearerOf(context) ?? getCookie(context, remoteCookie))
  guard(app, { scheme: 'https', isOurs, largestBody })
  pairingRoutes(app, { workshop, room, authority })
  for (const path of ['/me', '/call/*', '/cancel/*', '/events', '/documents/*'])
    app.use(path, async (context, next) => {
      const known = await visitor(context)
      if (!known) return refuse(context, 'ERR_NOT_PAIRED', {})
      context.set('visitor', known)
      await next()
    })
  contractRoutes(app, { room, isStillLetIn: async (context) => (await visitor(context)) !== undefined })
  documentRoute(app, workshop, room)
  serveRenderer(app, rendererFolder)
  return app
}
