import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { StorefrontKeys } from './key-file.ts'

/** A personal record at rest: AES-256-GCM under its own data key, which the shop's key wraps. */
export interface SealedRow {
  readonly wrapped_key: Buffer
  readonly sealed: Buffer
}

const nonceBytes = 12
const tagBytes = 16

/** Seals a record to its owner's id: moved to another row it does not open. */
export function seal(keys: StorefrontKeys, owner: string, record: unknown): SealedRow {
  const dataKey = randomBytes(32)
  return {
    wrapped_key: encrypt(keys.wrapping, `key:${owner}`, dataKey),
    sealed: encrypt(dataKey, owner, Buffer.from(JSON.stringify(record), 'utf8')),
  }
}

/** Opens a record; throws when it was changed, moved, or sealed under another key. */
export function unseal(keys: StorefrontKeys, owner: string, row: SealedRow): unknown {
  const dataKey = decrypt(keys.wrapping, `key:${owner}`, row.wrapped_key)
  return JSON.parse(decrypt(dataKey, owner, row.sealed).toString('utf8'))
}

/** A keyed hash by which an e-mail address is found without being stored. */
export function emailIndex(keys: StorefrontKeys, email: string): string {
  return createHmac('sha256', keys.emailIndex).update(email.trim().toLowerCase().normalize('NFC')).digest('base64url')
}

function encrypt(key: Buffer, context: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, context: string, box: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(box.subarray(box.length - tagBytes))
  return Buffer.concat([decipher.update(box.subarray(nonceBytes, box.length - tagBytes)), decipher.final()])
}
