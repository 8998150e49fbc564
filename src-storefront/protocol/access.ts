import type { Context } from 'hono'
import { protocolVersion, versionHeader, type WireScope } from '../../src-protocol/index.ts'
import { Refusal } from '../refusal.ts'
import type { Shop } from '../shop/shop.ts'
import { scopesOf } from '../store/tokens.ts'

/** Refuses 401 without a known token, 403 where the token was not made for this. */
export function allow(shop: Shop, c: Context, scope: WireScope): void {
  const token = /^bearer ([\x21-\x7e]{1,500})$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const granted = token === undefined ? undefined : scopesOf(shop.db, token)
  if (granted === undefined) throw new Refusal(401, 'unauthorised')
  if (!granted.includes(scope)) throw new Refusal(403, 'scope-missing', { details: { scope } })
}

/** A client that names a version gets that one or a no; one that names none gets the present one. */
export function checkVersion(c: Context): void {
  const asked = c.req.header(versionHeader)
  if (asked === undefined || asked === protocolVersion) return
  throw new Refusal(400, 'version-not-supported', { details: { supported: [protocolVersion] } })
}
