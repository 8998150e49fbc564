import { X509Certificate } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import type { Workshop } from '../../application/workshop.ts'
import { failureOf } from '../../contract/failure.ts'
import type { Room } from '../handlers.ts'
import { refuse, statusOf, type StationEnv } from './refuse.ts'
import { requestLimit } from './request-limit.ts'

/** `__Host-`: a browser takes it over HTTPS alone, for this host alone, and from nobody else. */
export const remoteCookie = '__Host-backroom'
/** Longer than any tablet stays; revoking ends it before. */
const cookieSeconds = 400 * 24 * 60 * 60
/** A code has five tries of its own; this is for who floods. */
const perMinute = { most: 20, spanMs: 60_000 }

export interface PairingRoutes {
  readonly workshop: Workshop
  readonly room: Room
  /** The authority's certificate of now, PEM. */
  readonly authority: () => string
}

/** What a terminal may fetch before it is paired: what it needs to trust us, and pairing itself. */
export function pairingRoutes(app: Hono<StationEnv>, { workshop, room, authority }: PairingRoutes): void {
  const limit = requestLimit(workshop.system.clock, perMinute)
  app.get('/trust/backroom.crt', (context) =>
    answerFile(context, 'application/x-x509-ca-cert', new X509Certificate(authority()).raw),
  )
  // Browsers take a service worker, however empty, only over a certificate they trust: so a page finds out.
  app.get('/trust/probe.js', (context) => answerFile(context, 'text/javascript', new TextEncoder().encode('\n')))
  app.get('/trust/backroom.mobileconfig', (context) => {
    const profile = appleProfile(new X509Certificate(authority()))
    return answerFile(context, 'application/x-apple-aspen-config', new TextEncoder().encode(profile))
  })
  app.post('/pair', async (context) => {
    const waitSeconds = limit.waitSeconds(getConnInfo(context).remote.address ?? '')
    if (waitSeconds > 0) return refuse(context, 'ERR_TOO_MANY_TRIES', { waitSeconds })
    const input: unknown = await context.req.json().catch(() => undefined)
    const who = { door: 'station', actor: 'station:new', isRemote: true } as const
    const reply = await room.call('terminals.redeem', input, who, 'pair')
    if (!reply.ok) return context.json(reply, statusOf(reply.error.code))
    // The operation's own output.
    const { token, name } = reply.value as { readonly token: string; readonly name: string }
    setCookie(context, remoteCookie, token, {
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: cookieSeconds,
    })
    return context.json({ ok: true, value: { name } })
  })
  app.onError((error, context) => {
    const { code, details } = failureOf(error)
    return context.json({ ok: false, error: { code, details } }, 500)
  })
}

const answerFile = (context: Context<StationEnv>, mediaType: string, bytes: Uint8Array): Response =>
  context.body(new Uint8Array(bytes).buffer, 200, { 'content-type': mediaType })

/** A configuration profile with one root certificate, as iPadOS and macOS install it. Its ids follow from the certificate. */
function appleProfile(certificate: X509Certificate): string {
  const hex = certificate.fingerprint256.replaceAll(':', '')
  const uuid = (from: number): string =>
    hex.slice(from, from + 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const id = `backroom.station.${hex.slice(0, 12).toLowerCase()}`
  const name = escaped(/^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? 'Backroom')
  const payload = (kind: string, entries: string, id_: { readonly name: string; readonly uuid: string }): string =>
    `<dict><key>PayloadType</key><string>${kind}</string><key>PayloadVersion</key><integer>1</integer>` +
    `<key>PayloadIdentifier</key><string>${id_.name}</string><key>PayloadUUID</key><string>${id_.uuid}</string>` +
    `<key>PayloadDisplayName</key><string>${name}</string>${entries}</dict>`
  const root = payload(
    'com.apple.security.root',
    `<key>PayloadContent</key><data>${certificate.raw.toString('base64')}</data>`,
    { name: `${id}.root`, uuid: uuid(0) },
  )
  const profile = payload('Configuration', `<key>PayloadContent</key><array>${root}</array>`, {
    name: id,
    uuid: uuid(32),
  })
  return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0">${profile}</plist>\n`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
