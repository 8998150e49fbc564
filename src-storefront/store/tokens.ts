import { createHash, randomBytes } from 'node:crypto'
import type { Db } from './database.ts'

export const scopes = ['products', 'orders', 'stock', 'reports', 'erasures', 'packaging-rules'] as const
export type Scope = (typeof scopes)[number]

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** What a bearer token may do; undefined for an unknown one. */
export function scopesOf(db: Db, token: string): readonly string[] | undefined {
  const row = db.prepare<[string], { scopes: string }>('SELECT scopes FROM token WHERE hash = ?').get(hashOf(token))
  return row?.scopes.split(' ')
}

export const hasTokens = (db: Db): boolean => db.prepare('SELECT 1 FROM token LIMIT 1').get() !== undefined

/** Lets a token in, for everything the protocol offers; only its hash is kept. */
export function allowToken(db: Db, token: string, nowMs: number): void {
  db.prepare('INSERT INTO token VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET scopes = excluded.scopes').run(
    hashOf(token),
    scopes.join(' '),
    nowMs,
  )
}

export const newToken = (): string => randomBytes(32).toString('base64url')
