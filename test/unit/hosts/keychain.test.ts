import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, describe, expect, test, vi } from 'vitest'

const { electronKeychain } = await import('../../../src-main/hosts/electron/keychain.ts')
const folder = mkdtempSync(join(tmpdir(), 'backroom-keyring-'))
vi.mock('electron', async () => import('../../stand-in/safe-storage.ts'))

/** The window's keychain on a system with, or without, a keyring of its user. */
function keychainOn(platform: NodeJS.Platform, keyring: string | undefined) {
  if (keyring === undefined) delete process.env['STAND_IN_KEYCHAIN']
  else process.env['STAND_IN_KEYCHAIN'] = join(folder, keyring)
  return electronKeychain(platform)
}

afterAll(() => {
  delete process.env['STAND_IN_KEYCHAIN']
  rmSync(folder, { recursive: true, force: true })
})

describe("the window's keychain", () => {
  test('gives back what it protected, to the same user on the same system only', async () => {
    const keychain = keychainOn('linux', 'anna')
    expect(await keychain.status()).toEqual({ isAvailable: true, backend: 'gnome_libsecret' })
    const held = await keychain.protect('a secret')
    expect(Buffer.from(held, 'base64').includes('a secret')).toBe(false)
    expect(await keychain.reveal(held)).toEqual({ secret: 'a secret', shouldRenew: false })
    expect(await keychain.reveal('AAAA')).toBeUndefined()
    expect(await keychainOn('linux', 'ben').reveal(held)).toBeUndefined()
  })

  test('is none where the system would keep secrets in plain text, whatever it says of itself', async () => {
    const keychain = keychainOn('linux', undefined)
    expect(await keychain.status()).toEqual({ isAvailable: false, backend: 'basic_text', lack: 'plain-text' })
    await expect(keychain.protect('a secret')).rejects.toMatchObject({ code: 'ERR_KEYCHAIN_MISSING' })
    expect(await keychain.reveal('AAAA')).toBeUndefined()
  })

  test('asks for no backend where there is but one', async () => {
    expect(await keychainOn('darwin', 'anna').status()).toEqual({ isAvailable: true, backend: 'system' })
  })
})
