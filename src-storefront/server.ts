import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { AppError } from '../src-main/kernel/errors.ts'
import { limits } from '../src-protocol/index.ts'
import type { Configuration } from './configuration.ts'
import { customerRoutes } from './customer/routes.ts'
import type { Mailer } from './mail/mailer.ts'
import { startPostman } from './mail/postman.ts'
import { smtpAccess } from './mail/settings.ts'
import { smtpMailer } from './mail/smtp-mailer.ts'
import { closeShop, openShop, tidy, type ShopOptions } from './open-shop.ts'
import { oneATurn } from './one-a-turn.ts'
import { isBackOffice, protocolRoutes } from './protocol/routes.ts'

export interface ServerOptions extends ShopOptions {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  /** True behind a TLS proxy: cookies are then sent over HTTPS only. */
  readonly isSecure: boolean
  /** Instead of the mail server of the configuration. */
  readonly mailer?: Mailer | undefined
}

export interface RunningStorefront {
  readonly address: string
  readonly newBackOfficeToken: string | undefined
  stop(): Promise<void>
}

const hourMs = 3_600_000
/** Requests under way get this long to end when the server stops. */
const graceMs = 3000

/** A request that trickles in holds its connection no longer than this; answers may take as long as they need. */
const serverOptions = {
  headersTimeout: 20_000,
  requestTimeout: limits.requestSeconds * 1000,
  connectionsCheckingInterval: 5000,
  maxHeaderSize: 16 * 1024,
}

const mailerOf = ({ mail }: Configuration): Mailer | undefined => mail && smtpMailer(smtpAccess(mail, process.env))

/** Starts the storefront and resolves once it accepts connections. */
export async function startStorefront(options: ServerOptions): Promise<RunningStorefront> {
  // Before anything is opened: settings that cannot work are said at once.
  const mailer = options.mailer ?? mailerOf(options.configuration)
  const { shop, newBackOfficeToken } = openShop(options)
  const protocol = protocolRoutes(shop)
  const customer = customerRoutes(shop, options.isSecure)
  const answer = oneATurn(({ request, env }: { request: Request; env: object }) =>
    (isBackOffice(request) ? protocol : customer).fetch(request, env),
  )
  const fetch = (request: Request, env: object): Promise<Response> => answer({ request, env })
  const server = serve({ fetch, hostname: options.host, port: options.port, serverOptions })
  const tidying = setInterval(() => tidy(shop), hourMs)
  tidying.unref()
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('listening', () => resolve(server.address() as AddressInfo)) // a TCP server's address is no string
    server.once('error', (error) =>
      reject(new AppError('ERR_PORT_UNAVAILABLE', { host: options.host, port: options.port }, { cause: error })),
    )
  }).catch((error: unknown) => {
    closeShop(shop)
    throw error
  })
  const postman = shop.mailing && mailer && startPostman(shop, shop.mailing, { mailer, random: Math.random })
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    address: `http://${host}:${address.port}`,
    newBackOfficeToken,
    async stop() {
      clearInterval(tidying)
      const posted = postman?.stop()
      shop.news.close()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      })
      await posted
      closeShop(shop)
    },
  }
}
