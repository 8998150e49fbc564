import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { RandomBytes } from '../../kernel/ids.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'
import { slotsFileName } from './slots-file.ts'

/**
 * The keys that do the work, sealed under the shop key. A rotation replaces what wraps data keys and seals backups.
 * Tokens and PIN hashes cannot be made anew from what is kept, and couriers have pinned the key pairs: these stay.
 */
export interface KeyRing {
  readonly dataKeys: Uint8Array
  /** What the data keys were wrapped under before a rotation that has not been finished. */
  readonly formerDataKeys?: Uint8Array | undefined
  readonly tokens: Uint8Array
  readonly pins: Uint8Array
  readonly pairs: Uint8Array
  /** X25519 private key that opens the backups. */
  readonly backups: Uint8Array
}

const about = 'key ring'
const key = z.string().regex(/^[\w-]{43}$/)
const shape = z.object({
  dataKeys: key,
  formerDataKeys: key.optional(),
  tokens: key,
  pins: key,
  pairs: key,
  backups: key,
})

export const derivedFrom = (shopKey: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', shopKey, new Uint8Array(), `backroom ${use}`, 32))

/**
 * The ring of a shop that never changed its key: everything follows from it, so that a shop made before there were
 * rings opens as it is.
 */
export const firstRing = (shopKey: Uint8Array): KeyRing => ({
  dataKeys: derivedFrom(shopKey, 'data keys'),
  tokens: derivedFrom(shopKey, 'tokens'),
  pins: derivedFrom(shopKey, 'pins'),
  pairs: derivedFrom(shopKey, 'shop keys'),
  backups: derivedFrom(shopKey, 'backups'),
})

/** A new ring for a new shop key: what seals is new, what was hashed keeps its key. */
export const nextRing = (former: KeyRing, shopKey: Uint8Array): KeyRing => ({
  ...firstRing(shopKey),
  tokens: former.tokens,
  pins: former.pins,
  pairs: former.pairs,
  formerDataKeys: former.dataKeys,
})

export function sealRing(ring: KeyRing, shopKey: Uint8Array, random: RandomBytes): string {
  const entries = Object.entries(ring).filter(([, value]) => value !== undefined)
  const plain = Object.fromEntries(entries.map(([name, value]) => [name, Buffer.from(value).toString('base64url')]))
  return sealBytes(Buffer.from(JSON.stringify(plain), 'utf8'), { key: derivedFrom(shopKey, about), about, random })
}

/** Throws ERR_STORE_DAMAGED for a ring that this shop key did not seal. */
export function openRing(sealed: string | undefined, shopKey: Uint8Array): KeyRing {
  if (sealed === undefined) return firstRing(shopKey)
  const opened = openBytes(sealed, { key: derivedFrom(shopKey, about), about })
  const parsed = opened && shape.safeParse(JSON.parse(opened.toString('utf8')))
  if (!parsed?.success) throw new AppError('ERR_STORE_DAMAGED', { file: slotsFileName, what: 'key-ring' })
  const { dataKeys, formerDataKeys, tokens, pins, pairs, backups } = parsed.data
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))
  return {
    dataKeys: bytes(dataKeys),
    formerDataKeys: formerDataKeys === undefined ? undefined : bytes(formerDataKeys),
    tokens: bytes(tokens),
    pins: bytes(pins),
    pairs: bytes(pairs),
    backups: bytes(backups),
  }
}
