import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createShopKey } from '../../../src-main/adapters/vault/shop-key.ts'
import { shopVault, type ShopVaultOptions } from '../../../src-main/adapters/vault/shop-vault.ts'
import type { Keychain } from '../../../src-main/ports/vault-keychain.ts'

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const parent = mkdtempSync(join(tmpdir(), 'backroom-ways-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
let count = 0

/** A keychain that keeps everything in memory, or one that is locked. */
const memoryKeychain = (isAvailable = true): Keychain => {
  const kept = new Map<string, string>()
  return {
    status: async () => ({ isAvailable, backend: 'memory', ...(isAvailable ? {} : { lack: 'locked' as const }) }),
    async protect(secret) {
      const held = `held-${kept.size}`
      kept.set(held, secret)
      return held
    },
    async reveal(held) {
      const secret = kept.get(held)
      return secret === undefined ? undefined : { secret, shouldRenew: false }
    },
  }
}

async function newShop(options: Partial<ShopVaultOptions> = {}) {
  const folder = join(parent, String(++count))
  const { recoveryKey } = await createShopKey({ folder, random })
  return { folder, recoveryKey, ...(await shopVault({ folder, random, ...options })) }
}

const closed = { code: 'ERR_SHOP_KEY_MISSING' }

describe('the ways in of a running shop', () => {
  test('are listed with what they can do here', async () => {
    const { folder, keys } = await newShop()
    expect(await keys.state()).toMatchObject({
      hasKey: true,
      isOpen: true,
      openedBy: 'key-file',
      keychain: { isAvailable: false, lack: 'none' },
      ways: [
        { kind: 'recovery-key', state: 'asks' },
        { kind: 'key-file', state: 'opens' },
      ],
    })
    rmSync(join(folder, 'shop.key'))
    expect((await keys.state()).ways).toContainEqual({ kind: 'key-file', state: 'not-here' })
  })

  test('can be a passphrase, asked at the start, and then the key file may go', async () => {
    const { folder, vault, keys } = await newShop()
    const record = vault.seal('o', 'personal')
    await expect(keys.setPassphrase('too short')).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    await keys.setPassphrase('correct horse battery')
    await keys.remove('key-file')
    expect(existsSync(join(folder, 'shop.key'))).toBe(false)
    const without = await shopVault({ folder, random })
    expect(() => without.vault.open('o', record)).toThrow('ERR_SHOP_KEY_MISSING')
    expect((await without.keys.state()).isOpen).toBe(false)
    await expect(without.keys.unlock({ passphrase: 'wrong horse battery' })).rejects.toMatchObject(closed)
    await without.keys.unlock({ passphrase: 'correct horse battery' })
    expect(without.vault.open('o', record)).toBe('personal')
    const given = await shopVault({ folder, random, passphrase: 'correct horse battery' })
    expect(given.vault.open('o', record)).toBe('personal')
    await keys.setPassphrase('another horse battery')
    await expect(without.keys.unlock({ passphrase: 'correct horse battery' })).rejects.toMatchObject(closed)
  })

  test('can be the keychain, and without it the shop says so instead of pretending', async () => {
    const keychain = memoryKeychain()
    const { folder, vault, keys } = await newShop({ keychain })
    const record = vault.seal('o', 'personal')
    await keys.addKeychain()
    await keys.remove('key-file')
    const again = await shopVault({ folder, random, keychain })
    expect(again.vault.open('o', record)).toBe('personal')
    expect((await again.keys.state()).openedBy).toBe('keychain')
    const elsewhere = await shopVault({ folder, random, keychain: memoryKeychain() })
    expect((await elsewhere.keys.state()).isOpen).toBe(false)
    const commandLine = await shopVault({ folder, random })
    expect(await commandLine.keys.state()).toMatchObject({ isOpen: false, ways: expect.arrayContaining([{ kind: 'keychain', state: 'not-here' }]) }) // prettier-ignore
    const { keys: plain } = await newShop()
    await expect(plain.addKeychain()).rejects.toMatchObject({ code: 'ERR_KEYCHAIN_MISSING' })
  })

  test('always leave one besides the recovery key, and the recovery key itself', async () => {
    const { keys } = await newShop()
    await expect(keys.remove('key-file')).rejects.toMatchObject({ code: 'ERR_LAST_WAY_IN' })
    await expect(keys.remove('recovery-key')).rejects.toMatchObject({ code: 'ERR_LAST_WAY_IN' })
    await keys.setPassphrase('correct horse battery')
    await keys.remove('key-file')
    await expect(keys.remove('passphrase')).rejects.toMatchObject({ code: 'ERR_LAST_WAY_IN' })
  })

  test('are closed to whoever has not opened the shop: nothing can be added or taken away', async () => {
    const { folder } = await newShop()
    rmSync(join(folder, 'shop.key'))
    const { keys } = await shopVault({ folder, random })
    for (const act of [
      () => keys.setPassphrase('correct horse battery'),
      () => keys.addKeyFile(),
      () => keys.addKeychain(),
      () => keys.remove('key-file'),
      () => keys.newRecoveryKey(),
      () => keys.rotate({}),
      () => keys.backupKeys(),
    ])
      await expect((async () => act())()).rejects.toMatchObject(closed)
  })

  test('get a new recovery key that ends the old one', async () => {
    const { folder, keys, recoveryKey } = await newShop()
    const { recoveryKey: next } = await keys.newRecoveryKey()
    rmSync(join(folder, 'shop.key'))
    const { keys: fresh } = await shopVault({ folder, random })
    await expect(fresh.unlock({ recoveryKey })).rejects.toMatchObject(closed)
    await fresh.unlock({ recoveryKey: next })
    await fresh.addKeyFile()
    expect((await (await shopVault({ folder, random })).keys.state()).isOpen).toBe(true)
  })
})

describe('a new shop key', () => {
  test('opens what the old one wrapped until all is wrapped anew, finds what was hashed, and ends every old way', async () => {
    const { folder, vault, keys, recoveryKey } = await newShop()
    await keys.setPassphrase('correct horse battery')
    const record = vault.seal('o', 'personal')
    const [token, pin] = [vault.token('email', 'a@b.c'), await vault.hashPin('4711')]
    const signing = await vault.shopKeys.signingKey()
    const before = {
      slots: readFileSync(join(folder, 'shop-key.slots.json')),
      key: readFileSync(join(folder, 'shop.key')),
    }
    await expect(keys.rotate({})).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    const { recoveryKey: next } = await keys.rotate({ passphrase: 'another horse battery' })
    expect(keys.needsRewrap()).toBe(true)
    expect(vault.open('o', record)).toBe('personal')
    // As after a crash: another start, still between the two.
    const again = await shopVault({ folder, random })
    expect(again.keys.needsRewrap()).toBe(true)
    const rewrapped = { ...record, wrappedKey: again.vault.rewrap('o', record.wrappedKey) }
    await again.keys.rewrapped()
    expect(again.vault.open('o', rewrapped)).toBe('personal')
    expect(() => again.vault.open('o', record)).toThrow('ERR_STORE_DAMAGED')
    expect(again.vault.token('email', 'a@b.c')).toBe(token)
    expect(await again.vault.checkPin('4711', pin)).toBe(true)
    expect(await again.vault.shopKeys.signingKey()).toEqual(signing)
    for (const words of [{ recoveryKey }, { passphrase: 'correct horse battery' }])
      await expect(again.keys.unlock(words)).rejects.toMatchObject(closed)
    for (const words of [{ recoveryKey: next }, { passphrase: 'another horse battery' }]) await again.keys.unlock(words)
    // Whoever stole the old files opens nothing that is wrapped from now on.
    const stolen = join(parent, 'stolen')
    await createShopKey({ folder: stolen, random })
    writeFileSync(join(stolen, 'shop-key.slots.json'), before.slots)
    writeFileSync(join(stolen, 'shop.key'), before.key)
    const thief = await shopVault({ folder: stolen, random })
    expect(thief.vault.open('o', record)).toBe('personal')
    expect(() => thief.vault.open('o', rewrapped)).toThrow('ERR_STORE_DAMAGED')
  })

  test('that was cut off after its key file was written leaves the shop open by the former one', async () => {
    const { folder, vault } = await newShop()
    const record = vault.seal('o', 'personal')
    copyFileSync(join(folder, 'shop.key'), join(folder, 'shop.key.former'))
    writeFileSync(join(folder, 'shop.key'), `backroom-shop-key-file-1 ${Buffer.alloc(32, 7).toString('base64url')}\n`)
    expect((await shopVault({ folder, random })).vault.open('o', record)).toBe('personal')
  })

  test('opens no shop of before there were key rings any differently', async () => {
    const { folder, vault } = await newShop()
    const record = vault.seal('o', 'personal')
    const slots = JSON.parse(readFileSync(join(folder, 'shop-key.slots.json'), 'utf8')) as { ring?: string }
    delete slots.ring
    writeFileSync(join(folder, 'shop-key.slots.json'), JSON.stringify(slots))
    const again = await shopVault({ folder, random })
    expect(again.vault.open('o', record)).toBe('personal')
    expect(again.vault.token('word', 'a')).toBe(vault.token('word', 'a'))
  })
})
