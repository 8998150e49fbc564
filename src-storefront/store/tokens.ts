import { createHash, randomBytes } from 'node:crypto'
import { scope, type WireScope } from '../../src-protocol/index.ts'
import type { Db } from './database.ts'

/** As tokens of the first version named them. */
const earlierNames: Readonly<Record<string, WireScope>> = {
  products: 'products:read',
  orders: 'orders:read',
  erasures: 'erasures:read',
  stock: 'stock:write',
  reports: 'reports:write',
  'packaging-rules': 'rules:write',
}

/** A token as it may be shown: its id is the beginning of its hash. */
export interface TokenEntry {
  readonly id: string
  readonly scopes: readonly WireScope[]
  readonly createdAt: number
}

interface TokenRow {
  readonly hash: string
  readonly scopes: string
  readonly created_at: number
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
/** Hexadecimal: a base64url text may begin with a dash, which a command line reads as an option. */
const idOf = (hash: string): string => Buffer.from(hash, 'base64url').toString('hex').slice(0, 8)

function readScopes(text: string): readonly WireScope[] {
  return text.split(' ').flatMap((name) => {
    const known = scope.safeParse(earlierNames[name] ?? name)
    return known.success ? [known.data] : []
  })
}

/** What a bearer token may do; undefined for an unknown one. */
export function scopesOf(db: Db, token: string): readonly WireScope[] | undefined {
  const row = db.prepare<[string], TokenRow>('SELECT * FROM token WHERE hash = ?').get(hashOf(token))
  return row && readScopes(row.scopes)
}

export const hasTokens = (db: Db): boolean => db.prepare('SELECT 1 FROM token LIMIT 1').get() !== undefined

/** Lets a token in, for everything the protocol offers unless told; only its hash is kept. */
export function allowToken(db: Db, token: string, given: { nowMs: number; scopes?: readonly WireScope[] }): TokenEntry {
  const { nowMs, scopes = scope.options } = given
  const hash = hashOf(token)
  db.prepare('INSERT INTO token VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET scopes = excluded.scopes').run(
    hash,
    scopes.join(' '),
    nowMs,
  )
  return { id: idOf(hash), scopes, createdAt: nowMs }
}

/** Oldest first. */
export const listTokens = (db: Db): readonly TokenEntry[] =>
  db
    .prepare<[], TokenRow>('SELECT * FROM token ORDER BY created_at, hash')
    .all()
    .map((row) => ({
      id: idOf(row.hash),
      scopes: readScopes(row.scopes),
      createdAt: row.created_at,
    }))

/** Shuts the token with that id out from now on; false when there is none. */
export function revokeToken(db: Db, id: string): boolean {
  const rows = db.prepare<[], TokenRow>('SELECT * FROM token').all()
  const found = rows.filter(({ hash }) => idOf(hash) === id)
  for (const { hash } of found) db.prepare('DELETE FROM token WHERE hash = ?').run(hash)
  return found.length > 0
}

/** Begins with a letter: a dash at the beginning would be taken for an option wherever the token is typed. */
export const newToken = (): string => `sf-${randomBytes(32).toString('base64url')}`
