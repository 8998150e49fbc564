import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { strict } from './strict.ts'

/**
 * `safeStorage` as its documentation tells, asynchronous calls only. Without a password manager, as on a machine with
 * no desktop, Linux answers `basic_text` and encryption is "available" all the same. STAND_IN_KEYCHAIN names a file
 * that plays the user's keyring: `gnome_libsecret`, and what it protected opens as long as the file is the same.
 */
const keyring = (): string | undefined => process.env['STAND_IN_KEYCHAIN']

/** What Chromium does without a keyring: a password that everybody knows. */
const publicKey = Buffer.alloc(32, 'peanuts')

function key(): Buffer {
  const path = keyring()
  if (path === undefined) return publicKey
  if (!existsSync(path)) writeFileSync(path, randomBytes(32))
  return readFileSync(path)
}

export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend: () => (keyring() === undefined ? 'basic_text' : 'gnome_libsecret'),
  isAsyncEncryptionAvailable: async () => true,
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key(), iv)
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([iv, sealed, cipher.getAuthTag()])
  },
  async decryptStringAsync(encrypted: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    const decipher = createDecipheriv('aes-256-gcm', key(), encrypted.subarray(0, 12))
    decipher.setAuthTag(encrypted.subarray(-16))
    const result = Buffer.concat([decipher.update(encrypted.subarray(12, -16)), decipher.final()])
    return { shouldReEncrypt: false, result: result.toString('utf8') }
  },
})
