import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { RandomBytes } from '../../kernel/ids.ts'

const ivBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM: IV, ciphertext and tag together as base64url. A random IV of 96 bits is safe for 2^32 uses of one
 * key (NIST SP 800-38D, 8.3); a shop wraps one data key per order, far fewer.
 */
export function sealBytes(plain: Uint8Array, options: { key: Uint8Array; about: string; random: RandomBytes }): string {
  const iv = options.random.bytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', options.key, iv, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(options.about, 'utf8'))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** What `sealBytes` sealed under the same key and about the same thing; undefined for everything else. */
export function openBytes(sealed: string, options: { key: Uint8Array; about: string }): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < ivBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', options.key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(options.about, 'utf8'))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
