import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refuse, type StationEnv } from './refuse.ts'

export interface GuardOptions {
  readonly scheme: 'http' | 'https'
  /** Whether a host header, without its port, is one of our own names. */
  readonly isOurs: (host: string) => boolean
  readonly largestBody: number
}

/** What every request passes, whoever sends it: the right host, no foreign page, no more than fits. */
export function guard(app: Hono<StationEnv>, { scheme, isOurs, largestBody }: GuardOptions): void {
  app.use(async (context, next) => {
    const host = hostName(context.req.header('host'))
    // Another site's page must not reach us through a name that it points at this machine.
    if (host === undefined || !isOurs(host)) return refuse(context, 'ERR_NOT_ALLOWED', { reason: 'host' })
    const origin = context.req.header('origin')
    if (origin !== undefined && origin !== `${scheme}://${context.req.header('host') ?? ''}`)
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
}

const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

function hostName(host: string | undefined): string | undefined {
  if (host === undefined) return undefined
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.split(':')[0]
  return name?.toLowerCase()
}
